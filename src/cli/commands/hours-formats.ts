import { BODY_BYTES } from '../../api/contract/body-bytes.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { BusinessHours, HoursException } from '../../domain/time/business-hours.js'
import { DAY_MS, type EpochDay } from '../../domain/time/calendar-date.js'
import { Zone } from '../../domain/time/zone.js'
import type { HoursFormatName } from '../../formats/hours-format.js'
import {
  type CommandSpec,
  defineCommand,
  type GlobalOptions,
  WRITE_FIELDS,
  WRITE_OPTIONS,
  type WriteFlags,
} from '../command.js'
import type { Context } from '../context.js'
import { findItem } from '../flags/named-items.js'
import {
  BUSINESS_HOURS,
  forTeam,
  type OfTeam,
  ofTeam,
  TEAM_HOURS,
  type WhoseHours,
  waitingWords,
} from '../flags/whose-hours.js'
import { Dressed } from '../output/line.js'
import { safeText } from '../output/safe-text.js'
import { EDITED_FILE_OPTION, withEditable } from '../session/edited-file.js'
import { withClient, writeOptions, writeResult } from '../session/with-profile.js'
import { FILE_OPTION, type FileOptions } from '../session/workspace-options.js'

/** As `HOURS_FORMATS` of the room that reads and writes them, which loads when one is needed. */
const FORMATS: readonly HoursFormatName[] = ['ical', 'osm', 'schema.org', 'google', 'csv', 'markdown']
const READABLE = FORMATS.filter((name) => name !== 'markdown')

interface ExportOptions extends Omit<FileOptions, 'format'>, OfTeam {
  readonly format?: HoursFormatName
}

export const hoursExport = exportCommand(BUSINESS_HOURS)
export const teamHoursExport = exportCommand(TEAM_HOURS)

function exportCommand(whose: WhoseHours): CommandSpec {
  return defineCommand<ExportOptions>({
    name: `${whose.noun} export`,
    summary: `${whose.words} in the format of another program, on standard output`,
    description:
      'ical: a calendar. osm: opening_hours of OpenStreetMap. schema.org: JSON-LD for search engines. google: regularHours and\nspecialHours of a Google Business Profile. csv: rows for a spreadsheet. markdown: tables to read.\nWhat a format cannot hold is told on standard error.',
    arguments: whose.arguments,
    options: [FILE_OPTION, { flags: '--format <format>', summary: 'the format', choices: FORMATS }],
    fields: ['format', 'text', 'notes'],
    examples: [
      whose.example('export', '--format ical > hours.ics'),
      whose.example('export', '--format osm --file docs/sample/acme.yaml'),
    ],
    run: async (options, context) => {
      const { format, ...flags } = options
      if (format === undefined) {
        throw new DriftStatusError('usage', '--format is missing: which format?', {
          hint: `add --format with one of ${FORMATS.join(', ')}`,
        })
      }
      const parts = await partsOf(flags, context)
      const [{ exportHours }, { businessHoursOf }] = await Promise.all([
        import('../../formats/hours-format.js'),
        import('../../domain/decision/compile-hours.js'),
      ])
      const hours = withSafeNames(businessHoursOf(parts.hours, parts))
      const today = todayIn(hours.zone, context)
      const { text, notes } = exportHours(format, hours, { name: safeText(parts.name), today })
      await tellNotes(notes, flags, context)
      return { json: { format, text, notes }, text: () => new Dressed(text.replace(/\n$/, '')) }
    },
  })
}

/** The text goes to the terminal as it is: names of others have nothing in them that acts on it. */
function withSafeNames({ exceptions, holidays = [], ...hours }: BusinessHours): BusinessHours {
  const safe = (days: readonly HoursException[]) =>
    days.map((day) => (day.name === undefined ? day : { ...day, name: safeText(day.name) }))
  return { ...hours, exceptions: safe(exceptions), holidays: safe(holidays) }
}

/** As much of a document as hours are made of, and the hours that are asked about. */
type HoursParts = Pick<WorkspaceDocument, 'name' | 'timeZone' | 'hours' | 'holidays'>

async function partsOf({ file, team, ...options }: FileOptions & OfTeam, context: Context): Promise<HoursParts> {
  if (file !== undefined) {
    const document = await (await import('../../api/workspace-questions.js')).readDocument(file, context)
    if (team === undefined) return document
    return { ...document, hours: findItem(document.teams, team, 'team').hours ?? { weekly: {}, exceptions: [] } }
  }
  return withClient(options, context, async (client) => {
    const [settings, hours, holidays] = await Promise.all([
      client.getSettings({}),
      client.getHours(forTeam(team)),
      client.getHolidays({}),
    ])
    const { name, timeZone } = settings.value
    return { name, timeZone, hours: hours.value, holidays: holidays.value }
  })
}

function todayIn(zone: string, { now }: Context): EpochDay {
  return Math.floor(Zone.of(zone).toLocal(now()) / DAY_MS)
}

interface ImportOptions extends Omit<WriteFlags, 'format'>, OfTeam {
  readonly path: string
  readonly format?: HoursFormatName
}

export const hoursImport = importCommand(BUSINESS_HOURS)
export const teamHoursImport = importCommand(TEAM_HOURS)

function importCommand(whose: WhoseHours): CommandSpec {
  return defineCommand<ImportOptions>({
    name: `${whose.noun} import`,
    summary: `replace ${whose.words}, weekly ones and exceptions, by those of another program's file`,
    description:
      'Reads ical, osm, schema.org, google and csv, as "hours export" writes them. What is read otherwise than it is written\nis told; what is not understood is refused with its place, and nothing is changed. Holiday calendars stay as they are.',
    arguments: [
      ...whose.arguments,
      { name: '<path>', summary: 'the file; - reads standard input', completes: 'files' },
    ],
    options: [
      { flags: '--format <format>', summary: 'the format (default: by what the file begins with)', choices: READABLE },
      EDITED_FILE_OPTION,
      ...WRITE_OPTIONS,
    ],
    fields: [...WRITE_FIELDS, 'format', 'notes'],
    examples: [whose.example('import', 'docs/sample/hours.csv --dry-run')],
    run: ({ format: given, ...options }, context) =>
      withEditable(options, context, async (client) => {
        const { path, team } = options
        const [{ timeZone }, current] = await Promise.all([
          client.getSettings({}).then(({ value }) => value),
          client.getHours(forTeam(team)),
        ])
        const bytes = await context.read(path, BODY_BYTES.section)
        const { formatOf, importHours } = await import('../../formats/hours-format.js')
        const file = path === '-' ? '<stdin>' : path
        const format = given ?? formatOf(bytes, path)
        if (format === undefined || format === 'markdown') {
          throw new DriftStatusError('usage', `what ${file} holds is not certain`, {
            hint: `say its format: --format ${READABLE.join('|')}`,
          })
        }
        const { value: known, revision } = current
        const today = todayIn(known.timeZone ?? timeZone, context)
        const { hours, notes } = importHours(format, bytes, file, today)
        await tellNotes(notes, options, context)
        const kept = {
          ...(known.timeZone !== undefined && { timeZone: known.timeZone }),
          ...(known.holidays && { holidays: known.holidays }),
        }
        const imported = { ...kept, ...hours } as WorkspaceDocument['hours']
        const answer = await client.putHours(
          { hours: imported, ...forTeam(team) },
          { ...writeOptions(options), ifMatch: revision },
        )
        const what = team === undefined ? 'The business hours' : `The hours${ofTeam(team)}`
        const written = writeResult(answer, `${what} are those of ${file}, read as ${format}${waitingWords(current)}`)
        return { ...written, json: { ...answer, format, notes } }
      }),
  })
}

/** On standard error: standard output is what was asked for alone. */
async function tellNotes(notes: readonly string[], options: GlobalOptions, context: Context): Promise<void> {
  const { printAside } = await import('../output/print.js')
  const { line } = await import('../output/line.js')
  for (const note of notes) await printAside((style) => line`${style.dim('note:')} ${note}`, options, context)
}
