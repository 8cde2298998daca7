import type { Client } from '../../api/client.js'
import { parseDays } from '../../domain/time/weekdays.js'
import { Zone } from '../../domain/time/zone.js'
import { defineCommand, type EditFlags, FROM_OPTION, WRITE_FIELDS, WRITE_OPTIONS, type WriteFlags } from '../command.js'
import type { Context } from '../context.js'
import { readRanges } from '../flags/day-ranges.js'
import { naming } from '../flags/values.js'
import { editVersioned, withClient, writeOptions, writeResult } from '../session/with-profile.js'
import { defineWrite } from '../session/workspace-command.js'

interface SetOptions extends WriteFlags {
  readonly days: string
  readonly ranges: readonly string[]
}

export const hoursSet = defineWrite<SetOptions>({
  name: 'hours set',
  summary: 'set the weekly hours of one or more days',
  arguments: [
    { name: '<days>', summary: 'mon, mon-fri, sat,sun, weekdays, weekend or all', completes: 'days' },
    { name: '<ranges...>', summary: '09:00-12:00 13:00-17:00, or closed' },
  ],
  examples: [
    'hours set mon-fri 09:00-12:00 13:00-17:00',
    'hours set sat closed',
    'hours set fri 22:00-02:00 --dry-run',
  ],
  write: async (client, options, writing) => {
    const days = parseDays(options.days)
    const [ranges, how] = readRanges(options.ranges)
    const answer = await editVersioned(
      () => client.getHours({}),
      (hours) => ({ ...hours, weekly: { ...hours.weekly, ...Object.fromEntries(days.map((day) => [day, ranges])) } }),
      (hours, ifMatch) => client.putHours({ hours }, { ...writing, ifMatch }),
      ({ weekly }) => days.map((day) => weekly[day]),
    )
    return [answer, `Hours of ${days.join(', ')}: ${[ranges].flat().join(', ')}${how}`]
  },
})

const DATE = {
  name: '<date>',
  summary: '2026-12-24, "24 Dec", tomorrow, fri; FROM..TO for several days; 12-25 and 12-24..01-02 for every year',
} as const

interface CloseOptions extends WriteFlags {
  readonly date: string
  readonly name?: string
}

export const hoursClose = defineWrite<CloseOptions>({
  name: 'hours close',
  summary: 'close on a date, a date range, or a date of every year',
  arguments: [DATE],
  options: [{ flags: '--name <name>', summary: 'what it is, e.g. Christmas' }],
  examples: [
    'hours close "28 Dec..30 Dec" --name "Winter break"',
    'hours close tomorrow --dry-run',
    'hours close 08-01..08-14 --name "Summer break"',
  ],
  write: async (client, options, writing, context) => {
    const date = await readDates(options.date, client, context)
    return [await client.putException(exceptionRequest(date, options, 'closed'), writing), `Closed on ${date}`]
  },
})

export const hoursOpen = defineWrite<CloseOptions & { readonly ranges: readonly string[] }>({
  name: 'hours open',
  summary: 'set the hours of a date instead of its weekly ones',
  arguments: [DATE, { name: '<ranges...>', summary: '09:00-12:00' }],
  options: [{ flags: '--name <name>', summary: 'what it is, e.g. "Christmas Eve"' }],
  examples: ['hours open 2026-12-24 09:00-12:00 --name "Christmas Eve"'],
  write: async (client, options, writing, context) => {
    const [ranges, how] = readRanges(options.ranges)
    const date = await readDates(options.date, client, context)
    const answer = await client.putException(exceptionRequest(date, options, ranges), writing)
    return [answer, `Open on ${date}: ${[ranges].flat().join(', ')}${how}`]
  },
})

export const hoursClear = defineWrite<{ readonly date: string }>({
  name: 'hours clear',
  summary: 'return a date to its weekly hours',
  arguments: [{ ...DATE, completes: 'exceptions' }],
  examples: ['hours clear 2026-12-24'],
  write: async (client, options, writing, context) => {
    const date = await readDates(options.date, client, context)
    return [await client.deleteException({ date }, writing), `${date} has its weekly hours again`]
  },
})

export const hoursZone = defineWrite<{ readonly zone: string }>({
  name: 'hours zone',
  summary: 'set the time zone of the business hours',
  arguments: [{ name: '<zone>', summary: 'an IANA name, e.g. Europe/Berlin', completes: 'zones' }],
  examples: ['hours zone Europe/Berlin', 'hours zone America/Chicago --dry-run'],
  write: async (client, options, writing) => {
    const { zone } = options
    const answer = await editVersioned(
      () => client.getHours({}),
      (hours) => ({ ...hours, timeZone: zone }),
      (hours, ifMatch) => client.putHours({ hours }, { ...writing, ifMatch }),
      ({ timeZone }) => timeZone,
    )
    return [answer, `The business hours are in ${zone}`]
  },
})

export const hoursEdit = defineCommand<EditFlags>({
  name: 'hours edit',
  summary: 'edit the weekly hours and the exceptions in your editor',
  options: [FROM_OPTION, ...WRITE_OPTIONS],
  fields: WRITE_FIELDS,
  examples: ['hours edit', 'hours edit --from hours.yaml --yes'],
  run: (options, context: Context) =>
    withClient(options, context, async (client: Client) => {
      const { editInEditor } = await import('../terminal/edit-section.js')
      const { value, revision } = await client.getHours({})
      const answer = await editInEditor(
        { hours: value },
        { name: 'hours.yaml', options, context },
        ({ hours }, dryRun) =>
          client.putHours({ hours: hours as typeof value }, { ...writeOptions(options), dryRun, ifMatch: revision }),
      )
      return writeResult(answer, 'The business hours are edited')
    }),
})

/** The dates of an exception as people type them; one in words is read in the zone of the workspace. */
async function readDates(text: string, client: Client, context: Context): Promise<string> {
  const { isPlainDate, parseDates } = await import('../../domain/time/typed/parse-date.js')
  if (text.split('..').every(isPlainDate)) return text
  const { timeZone } = (await client.getSettings({})).value
  return naming('argument <date>', () => parseDates(text, { now: context.now(), zone: Zone.of(timeZone) }))
}

function exceptionRequest(date: string, { name }: Pick<CloseOptions, 'name'>, hours: string | string[]) {
  return { date, hours, ...(name !== undefined && { name }) }
}
