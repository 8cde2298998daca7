import type { Client } from '../../api/client.js'
import type { WriteAnswer, WriteOptions } from '../../api/contract/operation.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { parseDays } from '../../domain/time/weekdays.js'
import { Zone } from '../../domain/time/zone.js'
import {
  type CommandSpec,
  defineCommand,
  type EditFlags,
  FROM_OPTION,
  WRITE_FIELDS,
  WRITE_OPTIONS,
  type WriteFlags,
} from '../command.js'
import type { Context } from '../context.js'
import { readRanges } from '../flags/day-ranges.js'
import { naming } from '../flags/values.js'
import {
  askWaiting,
  BUSINESS_HOURS,
  forTeam,
  type OfTeam,
  ofTeam,
  TEAM_HOURS,
  type WhoseHours,
  waitingWords,
} from '../flags/whose-hours.js'
import { EDITED_FILE_OPTION, withEditable } from '../session/edited-file.js'
import { editVersioned, writeOptions, writeResult } from '../session/with-profile.js'
import { defineWrite } from '../session/workspace-command.js'

interface SetOptions extends WriteFlags, OfTeam {
  readonly days: string
  readonly ranges: readonly string[]
}

export const hoursSet = setCommand(BUSINESS_HOURS)
export const teamHoursSet = setCommand(TEAM_HOURS)

function setCommand(whose: WhoseHours): CommandSpec {
  return defineWrite<SetOptions>({
    name: `${whose.noun} set`,
    summary: `set ${whose.words} of one or more days of the week`,
    arguments: [
      ...whose.arguments,
      { name: '<days>', summary: 'mon, mon-fri, sat,sun, weekdays, weekend or all', completes: 'days' },
      { name: '<ranges...>', summary: '09:00-12:00 13:00-17:00, or closed' },
    ],
    examples: [
      whose.example('set', 'mon-fri 09:00-12:00 13:00-17:00'),
      whose.example('set', 'sat closed'),
      whose.example('set', 'fri 22:00-02:00 --dry-run'),
    ],
    write: async (client, { team, ...options }, writing) => {
      const days = parseDays(options.days)
      const [ranges, how] = readRanges(options.ranges)
      const [answer, waiting] = await editHours(client, team, writing, {
        change: (hours) => ({
          ...hours,
          weekly: { ...hours.weekly, ...Object.fromEntries(days.map((day) => [day, ranges])) },
        }),
        touched: ({ weekly }) => days.map((day) => weekly[day]),
      })
      const whose = team === undefined ? 'Hours of' : `Hours${ofTeam(team)} on`
      return [answer, `${whose} ${days.join(', ')}: ${[ranges].flat().join(', ')}${how}${waiting}`]
    },
  })
}

const DATE = {
  name: '<date>',
  summary: '2026-12-24, "24 Dec", tomorrow, fri; FROM..TO for several days; 12-25 and 12-24..01-02 for every year',
} as const

interface CloseOptions extends WriteFlags, OfTeam {
  readonly date: string
  readonly name?: string
}

export const hoursClose = closeCommand(BUSINESS_HOURS)
export const teamHoursClose = closeCommand(TEAM_HOURS)

function closeCommand(whose: WhoseHours): CommandSpec {
  return defineWrite<CloseOptions>({
    name: `${whose.noun} close`,
    summary: `close ${whose.words} on a date, a date range, or a date of every year`,
    arguments: [...whose.arguments, DATE],
    options: [{ flags: '--name <name>', summary: 'what it is, e.g. Christmas' }],
    examples: [
      whose.example('close', '"28 Dec..30 Dec" --name "Winter break"'),
      whose.example('close', 'tomorrow --dry-run'),
      whose.example('close', '08-01..08-14 --name "Summer break"'),
    ],
    write: async (client, options, writing, context) => {
      const { team } = options
      const date = await readDates(options.date, client, context)
      const waiting = await askWaiting(team, client)
      const answer = await client.putException(exceptionRequest(date, options, 'closed'), writing)
      return [answer, `${team === undefined ? 'Closed' : `Team ${team} is closed`} on ${date}${waiting}`]
    },
  })
}

export const hoursOpen = openCommand(BUSINESS_HOURS)
export const teamHoursOpen = openCommand(TEAM_HOURS)

function openCommand(whose: WhoseHours): CommandSpec {
  return defineWrite<CloseOptions & { readonly ranges: readonly string[] }>({
    name: `${whose.noun} open`,
    summary: `set ${whose.words} of a date instead of the weekly ones`,
    arguments: [...whose.arguments, DATE, { name: '<ranges...>', summary: '09:00-12:00' }],
    options: [{ flags: '--name <name>', summary: 'what it is, e.g. "Christmas Eve"' }],
    examples: [whose.example('open', '2026-12-24 09:00-12:00 --name "Christmas Eve"')],
    write: async (client, options, writing, context) => {
      const { team } = options
      const [ranges, how] = readRanges(options.ranges)
      const date = await readDates(options.date, client, context)
      const waiting = await askWaiting(team, client)
      const answer = await client.putException(exceptionRequest(date, options, ranges), writing)
      const open = team === undefined ? 'Open' : `Team ${team} is open`
      return [answer, `${open} on ${date}: ${[ranges].flat().join(', ')}${how}${waiting}`]
    },
  })
}

export const hoursClear = clearCommand(BUSINESS_HOURS)
export const teamHoursClear = clearCommand(TEAM_HOURS)

function clearCommand(whose: WhoseHours): CommandSpec {
  return defineWrite<OfTeam & { readonly date: string }>({
    name: `${whose.noun} clear`,
    summary: `let ${whose.words} be the weekly ones on a date again`,
    arguments: [...whose.arguments, { ...DATE, completes: 'exceptions' }],
    examples: [whose.example('clear', '2026-12-24')],
    write: async (client, { team, ...options }, writing, context) => {
      const date = await readDates(options.date, client, context)
      const answer = await client.deleteException({ date, ...forTeam(team) }, writing)
      const whom =
        team === undefined ? `${date} has its weekly hours again` : `Team ${team} has its weekly hours again on ${date}`
      return [answer, whom]
    },
  })
}

export const hoursZone = zoneCommand(BUSINESS_HOURS)
export const teamHoursZone = zoneCommand(TEAM_HOURS)

function zoneCommand(whose: WhoseHours): CommandSpec {
  return defineWrite<OfTeam & { readonly zone: string }>({
    name: `${whose.noun} zone`,
    summary: `set the time zone of ${whose.words}`,
    arguments: [
      ...whose.arguments,
      { name: '<zone>', summary: 'an IANA name, e.g. Europe/Berlin', completes: 'zones' },
    ],
    examples: [whose.example('zone', 'Europe/Berlin'), whose.example('zone', 'America/Chicago --dry-run')],
    write: async (client, { zone, team }, writing) => {
      const [answer, waiting] = await editHours(client, team, writing, {
        change: (hours) => ({ ...hours, timeZone: zone }),
        touched: ({ timeZone }) => timeZone,
      })
      return [answer, `The ${team === undefined ? 'business hours' : `hours${ofTeam(team)}`} are in ${zone}${waiting}`]
    },
  })
}

type HoursDocument = WorkspaceDocument['hours']

interface HoursEdit {
  readonly change: (hours: HoursDocument) => HoursDocument
  /** What the change is about. */
  readonly touched: (hours: HoursDocument) => unknown
}

/** Changes the hours of the workspace, or those of a team; and says of these whether they wait. */
async function editHours(
  client: Client,
  team: string | undefined,
  writing: WriteOptions,
  { change, touched }: HoursEdit,
): Promise<readonly [answer: WriteAnswer, waiting: string]> {
  let waiting = ''
  const answer = await editVersioned(
    async () => {
      const current = await client.getHours(forTeam(team))
      waiting = waitingWords(current)
      return current
    },
    change,
    (hours, ifMatch) => client.putHours({ hours, ...forTeam(team) }, { ...writing, ifMatch }),
    touched,
  )
  return [answer, waiting]
}

export const hoursEdit = editCommand(BUSINESS_HOURS)
export const teamHoursEdit = editCommand(TEAM_HOURS)

function editCommand(whose: WhoseHours): CommandSpec {
  return defineCommand<EditFlags & OfTeam>({
    name: `${whose.noun} edit`,
    summary: `edit ${whose.words}, weekly ones and exceptions, in your editor`,
    arguments: whose.arguments,
    options: [FROM_OPTION, EDITED_FILE_OPTION, ...WRITE_OPTIONS],
    fields: WRITE_FIELDS,
    examples: [whose.example('edit'), whose.example('edit', '--from hours.yaml --yes')],
    run: ({ team, ...options }, context: Context) =>
      withEditable(options, context, async (client: Client) => {
        const { editInEditor } = await import('../terminal/edit-section.js')
        const current = await client.getHours(forTeam(team))
        const { value, revision } = current
        const answer = await editInEditor(
          { hours: value },
          { name: 'hours.yaml', options, context },
          ({ hours }, dryRun) =>
            client.putHours(
              { hours: hours as typeof value, ...forTeam(team) },
              { ...writeOptions(options), dryRun, ifMatch: revision },
            ),
        )
        const hours = team === undefined ? 'business hours' : `hours${ofTeam(team)}`
        return writeResult(answer, `The ${hours} are edited${waitingWords(current)}`)
      }),
  })
}

/** The dates of an exception as people type them; one in words is read in the zone of the workspace. */
async function readDates(text: string, client: Client, context: Context): Promise<string> {
  const { isPlainDate, parseDates } = await import('../../domain/time/typed/parse-date.js')
  if (text.split('..').every(isPlainDate)) return text
  const { timeZone } = (await client.getSettings({})).value
  return naming('argument <date>', () => parseDates(text, { now: context.now(), zone: Zone.of(timeZone) }))
}

function exceptionRequest(date: string, { name, team }: Pick<CloseOptions, 'name' | 'team'>, hours: string | string[]) {
  return { date, hours, ...(name !== undefined && { name }), ...forTeam(team) }
}
