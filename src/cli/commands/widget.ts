import { formatMoment } from '../../domain/time/moment.js'
import { Zone } from '../../domain/time/zone.js'
import { DISPLAYS, type Display, type Mode } from '../../domain/words.js'
import type { CommandSpec, OptionSpec } from '../command.js'
import { type PeriodFlags, readPeriod, readWorkspaceTime } from '../flags/typed-time.js'
import { duration } from '../flags/values.js'
import { defineCall, defineWrite } from '../session/workspace-command.js'

export const END_OPTIONS: readonly OptionSpec[] = [
  { flags: '--for <duration>', summary: 'end after 45m, 2h, 1h30m, 2d', parse: duration },
  { flags: '--until <time>', summary: 'end at a time: "17:30", "tomorrow 9am", ISO 8601' },
]

/** R34: the flags of what may also begin later. */
export const PERIOD_OPTIONS: readonly OptionSpec[] = [
  { flags: '--from <time>', summary: 'begin at a time instead of now: "24 dec", "mon 9am", ISO 8601' },
  ...END_OPTIONS,
]

export const widgetShow = defineCall({
  name: 'widget show',
  summary: 'the mode policy, the override, the display and auto-offline',
  isDefault: true,
  fields: ['mode', 'display', 'autoOffline', 'override', 'revision', 'current'],
  examples: ['widget'],
  call: async (client) => {
    const { value, revision } = await client.getWidget({})
    const { widget, reasons, at, timeZone } = await client.getStatus({})
    return {
      json: { ...value, revision, current: widget },
      text: async (style) =>
        (await import('../output/views/status.js')).renderWidget({ value, widget, reasons, at, timeZone }, style),
    }
  },
})

export const widgetOnline = modeCommand('online')
export const widgetOffline = modeCommand('offline')

function modeCommand(mode: Mode): CommandSpec {
  return defineWrite<PeriodFlags>({
    name: `widget ${mode}`,
    isLive: true,
    summary: `turn the widget ${mode} by hand, for good or until a time`,
    description:
      `Turns the widget ${mode} by hand. With --for or --until it is an override: after its end the\n` +
      'policy decides again, with nothing running in between; with --from it is planned, and begins by itself.\n' +
      'No agent status is touched.',
    options: PERIOD_OPTIONS,
    examples: [
      `widget ${mode}`,
      `widget ${mode} --for 2h`,
      `widget ${mode} --until "tomorrow 9am" --message "team day"`,
      `widget ${mode} --from "24 dec 14:00" --until "27 dec"`,
    ],
    write: async (client, options, writing, context) => {
      const { from, until } = await readPeriod(options, client, context)
      const request = until === undefined ? { mode } : { override: { mode, ...(from && { from }), until } }
      const answer = await client.putWidget(request, writing)
      if (from !== undefined && until !== undefined) {
        return [answer, `The widget will be ${mode} ${describePeriod(from, until, answer.timeZone, context.now())}`]
      }
      const end =
        until === undefined
          ? 'by hand, until you change it'
          : `until ${describeTime(until, answer.timeZone, context.now())}`
      return [answer, `The widget is set ${mode} ${end}`]
    },
  })
}

export const widgetAuto = defineWrite({
  name: 'widget auto',
  isLive: true,
  summary: 'let the business hours decide the mode',
  examples: ['widget auto'],
  write: async (client, _options, writing) => [
    await client.putWidget({ mode: 'automatic' }, writing),
    'The widget follows the business hours',
  ],
})

export const widgetDisplay = defineWrite<{ display: Display }>({
  name: 'widget display',
  summary: 'show the widget always, while online only, or never',
  arguments: [{ name: '<display>', summary: 'always, online-only or hidden', choices: DISPLAYS }],
  examples: ['widget display online-only', 'widget display always --dry-run'],
  write: async (client, options, writing) => [
    await client.putWidget({ display: options.display }, writing),
    `The widget is displayed: ${options.display}`,
  ],
})

export const widgetPlan = defineWrite<{ action: 'remove'; from: string }>({
  name: 'widget plan',
  isLive: true,
  summary: 'take back a mode that begins later',
  description: 'What is planned is shown by "widget show"; it is taken back by the time at which it begins.',
  arguments: [
    { name: '<action>', summary: 'remove', choices: ['remove'] },
    { name: '<from>', summary: 'when it begins: "24 dec 14:00", ISO 8601' },
  ],
  examples: ['widget plan remove "24 dec 14:00"'],
  write: async (client, options, writing, context) => {
    const from = await readWorkspaceTime(options.from, 'argument <from>', client, context, 'future')
    const answer = await client.deletePlannedMode({ from }, writing)
    return [answer, `The mode from ${describeTime(from, answer.timeZone, context.now())} is taken back`]
  },
})

/** `from Thu 24 Dec, 14:00 to Sun 27 Dec, 00:00 Europe/Berlin`. */
export function describePeriod(from: string, until: string, timeZone: string, now: number): string {
  return `from ${formatMoment(Date.parse(from), Zone.of(timeZone), now)} to ${describeTime(until, timeZone, now)}`
}

/** An instant as people say it in the workspace's zone, and as `--until` reads it: `Tue 09:00 Europe/Berlin`. */
export function describeTime(iso: string, timeZone: string, now: number): string {
  return `${formatMoment(Date.parse(iso), Zone.of(timeZone), now)} ${timeZone}`
}
