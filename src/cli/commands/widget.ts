import { formatMoment } from '../../domain/time/moment.js'
import { Zone } from '../../domain/time/zone.js'
import { DISPLAYS, type Display, type Mode } from '../../domain/words.js'
import {
  type CommandSpec,
  defineCommand,
  type GlobalOptions,
  type OptionSpec,
  WRITE_OPTIONS,
  type WriteFlags,
} from '../command.js'
import { duration } from '../flags/duration.js'
import { type EndFlags, readEnd, withClient, writeOptions, writeResult } from '../session/live.js'

export const END_OPTIONS: readonly OptionSpec[] = [
  { flags: '--for <duration>', summary: 'end after 45m, 2h, 1h30m, 2d', parse: duration },
  { flags: '--until <time>', summary: 'end at a time: "17:30", "tomorrow 9am", ISO 8601' },
]

export const widgetShow = defineCommand<GlobalOptions>({
  name: 'widget show',
  summary: 'the mode policy, the override, the display and auto-offline',
  isDefault: true,
  options: [],
  examples: ['widget'],
  run: (options, context) =>
    withClient(options, context, async (client) => {
      const { value, revision } = await client.getWidget({})
      const { widget, reasons, at, timeZone } = await client.getStatus({})
      return {
        json: { ...value, revision, current: widget },
        text: async (style) =>
          (await import('../output/views/status.js')).renderWidget({ value, widget, reasons, at, timeZone }, style),
      }
    }),
})

export const widgetOnline = modeCommand('online')
export const widgetOffline = modeCommand('offline')

function modeCommand(mode: Mode): CommandSpec {
  return defineCommand<WriteFlags & EndFlags>({
    name: `widget ${mode}`,
    summary: `turn the widget ${mode} by hand, for good or until a time`,
    description:
      `Turns the widget ${mode} by hand. With --for or --until it is an override: after its end the\n` +
      'policy decides again, with nothing running in between. No agent status is touched.',
    options: [...END_OPTIONS, ...WRITE_OPTIONS],
    examples: [
      `widget ${mode}`,
      `widget ${mode} --for 2h`,
      `widget ${mode} --until "tomorrow 9am" --message "team day"`,
    ],
    run: (options, context) =>
      withClient(options, context, async (client) => {
        const until = await readEnd(options, client, context)
        const request = until === undefined ? { mode } : { override: { mode, until } }
        const answer = await client.putWidget(request, writeOptions(options))
        const end =
          until === undefined
            ? 'by hand, until you change it'
            : `until ${describeTime(until, answer.timeZone, context.now())}`
        return writeResult(answer, `The widget is set ${mode} ${end}`)
      }),
  })
}

export const widgetAuto = defineCommand<WriteFlags>({
  name: 'widget auto',
  summary: 'let the business hours decide the mode',
  options: WRITE_OPTIONS,
  examples: ['widget auto'],
  run: (options, context) =>
    withClient(options, context, async (client) => {
      const answer = await client.putWidget({ mode: 'automatic' }, writeOptions(options))
      return writeResult(answer, 'The widget follows the business hours')
    }),
})

export const widgetDisplay = defineCommand<WriteFlags & { display: Display }>({
  name: 'widget display',
  summary: 'show the widget always, while online only, or never',
  arguments: [{ name: '<display>', summary: 'always, online-only or hidden', choices: DISPLAYS }],
  options: WRITE_OPTIONS,
  examples: ['widget display online-only', 'widget display always --dry-run'],
  run: (options, context) =>
    withClient(options, context, async (client) => {
      const answer = await client.putWidget({ display: options.display }, writeOptions(options))
      return writeResult(answer, `The widget is displayed: ${options.display}`)
    }),
})

/** An instant as people say it in the workspace's zone, and as `--until` reads it: `Tue 09:00 Europe/Berlin`. */
export function describeTime(iso: string, timeZone: string, now: number): string {
  return `${formatMoment(Date.parse(iso), Zone.of(timeZone), now)} ${timeZone}`
}
