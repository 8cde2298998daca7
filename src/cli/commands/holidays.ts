import type { Client } from '../../api/client.js'
import type { HolidaysWriteAnswer } from '../../api/contract/answers.js'
import { BODY_BYTES } from '../../api/contract/body-bytes.js'
import type { WriteOptions } from '../../api/contract/operation.js'
import type { ExceptionDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { fromEpochDay } from '../../domain/time/calendar-date.js'
import {
  type CommandResult,
  type CommandSpec,
  defineCommand,
  type EditFlags,
  FROM_OPTION,
  type GlobalOptions,
  WRITE_FIELDS,
  WRITE_OPTIONS,
  type WriteFlags,
} from '../command.js'
import type { Context } from '../context.js'
import { addItem, findItem } from '../flags/named-items.js'
import { onOrOff, wholeNumber } from '../flags/values.js'
import {
  askWaiting,
  BUSINESS_HOURS,
  forTeam,
  type OfTeam,
  ofTeam,
  TEAM_HOURS,
  type WhoseHours,
} from '../flags/whose-hours.js'
import { line } from '../output/line.js'
import { EDITED_FILE_OPTION, withEditable } from '../session/edited-file.js'
import { withClient, writeOptions, writeResult } from '../session/with-profile.js'
import { defineCall, defineWrite } from '../session/workspace-command.js'

const NOUN = 'holiday calendar'
const ID = { name: '<id>', summary: 'the id of a holiday calendar', completes: 'holidays' } as const

export const holidaysList = defineCall({
  name: 'holidays list',
  summary: 'the holiday calendars, their next days, and when their feeds were read',
  isDefault: true,
  list: { key: 'holidays', fields: ['id', 'name', 'source', 'days', 'next', 'last', 'readAt', 'failure'] },
  examples: ['holidays list', 'holidays'],
  call: async (client, _options, context) => {
    const { holidayRows, renderHolidays } = await import('../output/views/holidays.js')
    const [answer, { value }] = await Promise.all([client.getHolidays({}), client.getSettings({})])
    const rows = holidayRows(answer, value.timeZone, context.now())
    return {
      json: { holidays: rows, revision: answer.revision },
      text: (style) => renderHolidays(rows, { timeZone: value.timeZone, now: context.now() }, style),
    }
  },
})

interface ShowOptions extends GlobalOptions {
  readonly id: string
  readonly year?: number
}

export const holidaysShow = defineCall<ShowOptions>({
  name: 'holidays show',
  summary: 'the days of a holiday calendar: the next ones, or those of a year',
  arguments: [ID],
  options: [
    {
      flags: '--year <year>',
      summary: 'the days of this year (default: those of a year from today)',
      parse: wholeNumber(1900, 2199),
    },
  ],
  list: { key: 'days', fields: ['date', 'from', 'to', 'yearly', 'name', 'hours'] },
  fields: ['id', 'name', 'source', 'readAt', 'failure', 'revision'],
  examples: ['holidays show company', 'holidays show company --year 2027'],
  call: async (client, { id, year }, context) => {
    const { daysShown, renderHolidayDays } = await import('../output/views/holidays.js')
    const [answer, { value }] = await Promise.all([client.getHolidays({}), client.getSettings({})])
    const calendar = findItem(answer.value, id, NOUN)
    const { readAt = null, failure = null } = answer.feeds.find((feed) => feed.calendar === id) ?? {}
    const shown = daysShown(calendar.days, { year, timeZone: value.timeZone, now: context.now() })
    return {
      json: { ...calendar, days: shown.map(({ day }) => day), readAt, failure, revision: answer.revision },
      text: (style) => renderHolidayDays(calendar, shown, style),
    }
  },
})

interface AddOptions extends WriteFlags {
  readonly id: string
  readonly from: string
  readonly name?: string
}

export const holidaysAdd = defineCommand<AddOptions>({
  name: 'holidays add',
  summary: 'add a holiday calendar, from a file or from the address of a feed',
  description:
    'The days come from an iCalendar file, from a file of days that you wrote ("days:" and a list, as "holidays edit" shows\nthem), or from an iCalendar feed, which is read again every day by a service, or by "holidays sync".\nThe calendar applies to all hours until you say otherwise: see "hours holidays".',
  arguments: [
    { name: '<id>', summary: 'a new id, e.g. berlin' },
    { name: '<from>', summary: 'a file, - for standard input, or an address: https://…', completes: 'files' },
  ],
  options: [
    { flags: '--name <name>', summary: 'what people call it, e.g. "Public holidays of Berlin"' },
    EDITED_FILE_OPTION,
    ...WRITE_OPTIONS,
  ],
  fields: [...WRITE_FIELDS, 'days', 'skipped', 'read'],
  examples: [
    'holidays add spain docs/sample/holidays.ics --name "Public holidays of Spain"',
    'holidays add berlin https://example.com/berlin.ics --dry-run',
  ],
  run: (options, context) =>
    withEditable(options, context, async (client) => {
      const { id, from, name } = options
      const { value, revision } = await client.getHolidays({})
      addItem(value, { id, days: [] }, NOUN)
      const what = /^[a-z][a-z0-9+.-]+:\/\//i.test(from) ? { source: from } : await readDays(from, context)
      const request = { id, ...(name !== undefined && { name }), ...('days' in what ? { days: what.days } : what) }
      const answer = await client.putHolidays(request, { ...writeOptions(options), ifMatch: revision })
      const skipped = 'days' in what ? what.skipped : answer.skipped
      return daysResult({ ...answer, skipped }, `The holiday calendar ${id} is added`, options.dryRun ?? false)
    }),
})

interface Days {
  readonly days: readonly ExceptionDocument[]
  readonly skipped: HolidaysWriteAnswer['skipped']
}

/** Years for which the days of a file are kept. */
const YEARS_BACK = 1
const YEARS_AHEAD = 10

/** An iCalendar file, or days as people write them. */
async function readDays(path: string, context: Context): Promise<Days> {
  const bytes = await context.read(path, BODY_BYTES.document)
  const file = path === '-' ? '<stdin>' : path
  if (isCalendar(bytes, path)) {
    const { readHolidays } = await import('../../formats/icalendar/read-holidays.js')
    const { year } = fromEpochDay(Math.floor(context.now() / 86_400_000))
    return readHolidays(bytes, { file, firstYear: year - YEARS_BACK, lastYear: year + YEARS_AHEAD })
  }
  const [{ parseHolidayDays }, { readUtf8 }] = await Promise.all([
    import('../../domain/document/parse-holidays.js'),
    import('../../domain/utf8-text.js'),
  ])
  return { days: parseHolidayDays(readUtf8(bytes, file, 'save it as UTF-8'), file), skipped: [] }
}

function isCalendar(bytes: Uint8Array, path: string): boolean {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  return (
    isGzip ||
    /\.(?:ics|ical|ifb)$/i.test(path) ||
    /^\uFEFF?\s*BEGIN:/i.test(Buffer.from(bytes.subarray(0, 200)).toString())
  )
}

export const holidaysSync = defineCommand<WriteFlags & { readonly id?: string }>({
  name: 'holidays sync',
  summary: 'read the feed of a holiday calendar now, or of all of them',
  arguments: [{ ...ID, name: '[id]' }],
  options: WRITE_OPTIONS,
  fields: [...WRITE_FIELDS, 'days', 'skipped', 'read', 'synced', 'failed'],
  examples: ['holidays sync', 'holidays sync berlin'],
  run: (options, context) =>
    withClient(options, context, async (client) => {
      const { id } = options
      if (id === undefined) return syncAll(client, writeOptions(options), context, options)
      const answer = await client.syncHolidays({ id }, writeOptions(options))
      return daysResult(answer, syncedSentence(id, answer), options.dryRun ?? false)
    }),
})

/** Every feed, one after the other: one that cannot be read holds up none of the others. */
async function syncAll(
  client: Client,
  writing: WriteOptions,
  context: Context,
  options: GlobalOptions,
): Promise<CommandResult> {
  const { value } = await client.getHolidays({})
  const synced: { id: string; answer: HolidaysWriteAnswer }[] = []
  const failed: { id: string; message: string }[] = []
  for (const { id, source } of value) {
    if (source === undefined) continue
    try {
      synced.push({ id, answer: await client.syncHolidays({ id }, writing) })
    } catch (error) {
      if (!(error instanceof DriftStatusError && error.code === 'unreadable')) throw error
      failed.push({ id, message: error.message })
      const { printAside } = await import('../output/print.js')
      await printAside((style) => line`${style.warn('warning:')} ${error.message}`, options, context)
    }
  }
  return {
    json: { synced: synced.map(({ id, answer }) => ({ id, changed: answer.changed, read: answer.read })), failed },
    wouldChange: writing.dryRun === true && synced.some(({ answer }) => answer.changed),
    exitCode: failed.length > 0 ? 1 : 0,
    text: () =>
      synced.length + failed.length === 0
        ? 'no holiday calendar has a feed'
        : synced.map(({ id, answer }) => syncedSentence(id, answer)),
  }
}

function syncedSentence(id: string, { changed, read }: HolidaysWriteAnswer): string {
  if (changed) return `The holiday calendar ${id} has new days`
  return read
    ? `The feed of ${id} is read: its days are as they were`
    : `The feed of ${id} has not changed since it was read`
}

export const holidaysEdit = defineCommand<EditFlags & { readonly id: string }>({
  name: 'holidays edit',
  summary: 'edit the days of a holiday calendar in your editor',
  arguments: [ID],
  options: [FROM_OPTION, EDITED_FILE_OPTION, ...WRITE_OPTIONS],
  fields: WRITE_FIELDS,
  examples: ['holidays edit company', 'holidays edit company --from days.yaml --yes'],
  run: (options, context) =>
    withEditable(options, context, async (client) => {
      const { value, revision } = await client.getHolidays({})
      const { source, ...calendar } = findItem(value, options.id, NOUN)
      if (source !== undefined) {
        throw new DriftStatusError(
          'invalid-input',
          `the days of "${options.id}" come from a feed, which would undo the edit`,
          {
            rule: 'R40',
            hint: 'set the hours of a date with "drift-status hours open" or "hours close": these win over a holiday',
          },
        )
      }
      const { editInEditor } = await import('../terminal/edit-section.js')
      const answer = await editInEditor(
        { days: calendar.days },
        { name: 'holidays.yaml', options, context },
        ({ days }, dryRun) =>
          client.putHolidays(
            { ...calendar, days: days as typeof calendar.days },
            { ...writeOptions(options), dryRun, ifMatch: revision },
          ),
      )
      return writeResult(answer, `The holiday calendar ${options.id} is edited`)
    }),
})

export const holidaysRemove = defineWrite<{ readonly id: string }>({
  name: 'holidays remove',
  summary: 'remove a holiday calendar, also from the hours that name it',
  arguments: [ID],
  examples: ['holidays remove company'],
  write: async (client, { id }, writing) => [
    await client.deleteHolidays({ id }, writing),
    `The holiday calendar ${id} is removed`,
  ],
})

interface ApplyOptions extends WriteFlags, OfTeam {
  readonly id: string
  readonly state: boolean
}

export const hoursHolidays = applyCommand(BUSINESS_HOURS)
export const teamHoursHolidays = applyCommand(TEAM_HOURS)

function applyCommand(whose: WhoseHours): CommandSpec {
  return defineWrite<ApplyOptions>({
    name: `${whose.noun} holidays`,
    summary: `let a holiday calendar apply to ${whose.words}, or not`,
    arguments: [
      ...whose.arguments,
      ID,
      { name: '<state>', summary: 'on or off', choices: ['on', 'off'], parse: onOrOff },
    ],
    examples: [whose.example('holidays', 'company off'), whose.example('holidays', 'company on --dry-run')],
    write: async (client, { id, state, team }, writing) => {
      const waiting = await askWaiting(team, client)
      const answer = await client.applyHolidays({ id, applies: state, ...forTeam(team) }, writing)
      const hours = team === undefined ? 'the business hours' : `the hours${ofTeam(team)}`
      return [answer, `The holidays of ${id} ${state ? 'apply' : 'do not apply'} to ${hours}${waiting}`]
    },
  })
}

/** What was written; a dry run shows each day. */
function daysResult(answer: HolidaysWriteAnswer, sentence: string, showsDays: boolean): CommandResult {
  const written = writeResult(answer, sentence)
  return {
    ...written,
    text: async (style) => {
      const { renderReadDays } = await import('../output/views/holidays.js')
      return [...[await written.text(style)].flat(), ...renderReadDays(answer, showsDays, style)]
    },
  }
}
