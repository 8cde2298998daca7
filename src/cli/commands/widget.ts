import { formatMoment } from '../../domain/time/moment.js'
import { Zone } from '../../domain/time/zone.js'
import { DISPLAYS, type Display, type Mode } from '../../domain/words.js'
import type { CommandSpec, OptionSpec } from '../command.js'
import { type EndFlags, readEnd } from '../flags/typed-time.js'
import { duration } from '../flags/values.js'
import { defineCall, defineWrite } from '../session/workspace-command.js'

export const END_OPTIONS: readonly OptionSpec[] = [
  { flags: '--for <duration>', summary: 'end after 45m, 2h, 1h30m, 2d', parse: duration },
  { flags: '--until <time>', summary: 'end at a time: "17:30", "tomorrow 9am", ISO 8601' },
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
  return defineWrite<EndFlags>({
    name: `widget ${mode}`,
    summary: `turn the widget ${mode} by hand, for good or until a time`,
    description:
      `Turns the widget ${mode} by hand. With --for or --until it is an override: after its end the\n` +
      'policy decides again, with nothing running in between. No agent status is touched.',
    options: END_OPTIONS,
    examples: [
      `widget ${mode}`,
      `widget ${mode} --for 2h`,
      `widget ${mode} --until "tomorrow 9am" --message "team day"`,
    ],
    write: async (client, options, writing, context) => {
      const until = await readEnd(options, client, context)
      const request = until === undefined ? { mode } : { override: { mode, until } }
      const answer = await client.putWidget(request, writing)
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

/** An instant as people say it in the workspace's zone, and as `--until` reads it: `Tue 09:00 Europe/Berlin`. */
export function describeTime(iso: string, timeZone: string, now: number): string {
  return `${formatMoment(Date.parse(iso), Zone.of(timeZone), now)} ${timeZone}`
}
