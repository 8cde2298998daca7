import { DriftStatusError } from '../../domain/errors.js'
import { MINUTE_MS } from '../../domain/time/calendar-date.js'
import { type CommandSpec, defineCommand } from '../command.js'
import { readTime } from '../flags/typed-time.js'
import { duration, wholeNumber } from '../flags/values.js'
import { BUSINESS_HOURS, type OfTeam, TEAM_HOURS, type WhoseHours, waitingText } from '../flags/whose-hours.js'
import { AT_OPTION, FILE_OPTION, type FileOptions, withWorkspace } from '../session/workspace-options.js'

const DEFAULT_CHANGES = 5

interface ShowOptions extends FileOptions, OfTeam {
  readonly week?: string
}

export const hoursShow: CommandSpec = { ...showCommand(BUSINESS_HOURS), isDefault: true }
export const teamHoursShow = showCommand(TEAM_HOURS)

function showCommand(whose: WhoseHours): CommandSpec {
  return defineCommand<ShowOptions>({
    name: `${whose.noun} show`,
    summary: `${whose.words} of a week, exceptions applied`,
    arguments: whose.arguments,
    options: [FILE_OPTION, { flags: '--week <time>', summary: 'the week that contains this time (default: now)' }],
    list: { key: 'days', fields: ['date', 'day', 'hours', 'tailUntil', 'exception', 'openMinutes'] },
    examples: [whose.example('show', '--file docs/sample/acme.yaml'), whose.example('show', '--week 2026-12-24')],
    run: (options, context) =>
      withWorkspace(options, context, async (workspace) => {
        const now = context.now()
        const { team } = options
        const at = await readTime(options.week, '--week', workspace.zone, context)
        const [answer, { exceptions }] = await Promise.all([workspace.week(at, team), workspace.exceptions(at, team)])
        return {
          json: answer,
          text: async (style) =>
            (await import('../output/views/hours.js')).renderWeek(answer, {
              name: workspace.name,
              team,
              waiting: team === undefined ? undefined : waitingText(team, answer.availability),
              exceptions,
              now,
              style,
            }),
        }
      }),
  })
}

interface ExceptionsOptions extends FileOptions, OfTeam {
  readonly at?: string
}

export const hoursExceptions = exceptionsCommand(BUSINESS_HOURS)
export const teamHoursExceptions = exceptionsCommand(TEAM_HOURS)

function exceptionsCommand(whose: WhoseHours): CommandSpec {
  return defineCommand<ExceptionsOptions>({
    name: `${whose.noun} exceptions`,
    summary: `every exception of ${whose.words}: holidays and other dates with hours of their own`,
    arguments: whose.arguments,
    options: [FILE_OPTION, AT_OPTION],
    list: { key: 'exceptions', fields: ['dates', 'name', 'calendar', 'hours', 'from', 'to', 'past'] },
    examples: [
      whose.example('exceptions', '--file docs/sample/acme.yaml'),
      whose.example('exceptions', '--format csv'),
    ],
    run: (options, context) =>
      withWorkspace(options, context, async (workspace) => {
        const at = await readTime(options.at, '--at', workspace.zone, context)
        const answer = await workspace.exceptions(at, options.team)
        return {
          json: answer,
          text: async (style) => (await import('../output/views/hours.js')).renderExceptions(answer, style),
        }
      }),
  })
}

interface NextOptions extends FileOptions, OfTeam {
  readonly at?: string
  readonly count?: number
}

export const hoursNext = nextCommand(BUSINESS_HOURS)
export const teamHoursNext = nextCommand(TEAM_HOURS)

function nextCommand(whose: WhoseHours): CommandSpec {
  return defineCommand<NextOptions>({
    name: `${whose.noun} next`,
    summary: `when ${whose.words} open or close next`,
    arguments: [...whose.arguments, { name: '[count]', summary: 'how many changes', parse: wholeNumber(1, 10_000) }],
    options: [FILE_OPTION, AT_OPTION],
    list: { key: 'changes', fields: ['at', 'open'] },
    examples: [
      whose.example('next', '--file docs/sample/acme.yaml'),
      whose.example('next', '10 --file docs/sample/acme.yaml --at 2026-12-23'),
    ],
    run: (options, context) =>
      withWorkspace(options, context, async (workspace) => {
        const { team, count = DEFAULT_CHANGES } = options
        const at = await readTime(options.at, '--at', workspace.zone, context)
        const answer = await workspace.nextHours(at, count, team)
        const name = team === undefined ? workspace.name : `team ${team} of ${workspace.name}`
        return {
          json: answer,
          text: async (style) => (await import('../output/views/hours.js')).renderHoursChanges(answer, name, style),
        }
      }),
  })
}

export const hoursAdd = addCommand(BUSINESS_HOURS)
export const teamHoursAdd = addCommand(TEAM_HOURS)

function addCommand(whose: WhoseHours): CommandSpec {
  return defineCommand<FileOptions & OfTeam & { duration: number; at?: string }>({
    name: `${whose.noun} add`,
    summary: `the time after so much open time of ${whose.words}, for deadlines`,
    description: 'While the hours are closed the clock stands still: 4h from Friday 16:00 may be Monday 12:00.',
    arguments: [...whose.arguments, { name: '<duration>', summary: 'of open time: 45m, 4h, 1h30m', parse: duration }],
    options: [FILE_OPTION, AT_OPTION],
    fields: ['at', 'timeZone', 'minutes', 'reached'],
    examples: [
      whose.example('add', '4h --file docs/sample/acme.yaml'),
      whose.example('add', '4h --at "fri 16:00" --json=reached'),
    ],
    run: (options, context) =>
      withWorkspace(options, context, async (workspace) => {
        const minutes = options.duration / MINUTE_MS
        if (!Number.isInteger(minutes)) {
          throw new DriftStatusError('usage', 'open time is counted in whole minutes', { hint: 'write 45m or 4h' })
        }
        const at = await readTime(options.at, '--at', workspace.zone, context)
        const answer = await workspace.openTimeAfter(at, minutes, options.team)
        return {
          json: answer,
          text: async (style) => (await import('../output/views/hours.js')).renderOpenTimeAfter(answer, style),
        }
      }),
  })
}

export const hoursBetween = betweenCommand(BUSINESS_HOURS)
export const teamHoursBetween = betweenCommand(TEAM_HOURS)

function betweenCommand(whose: WhoseHours): CommandSpec {
  return defineCommand<FileOptions & OfTeam & { from: string; to: string }>({
    name: `${whose.noun} between`,
    summary: `how long ${whose.words} are open between two times`,
    arguments: [
      ...whose.arguments,
      { name: '<from>', summary: 'a time: "fri 16:00", ISO 8601, now' },
      { name: '<to>', summary: 'a later time' },
    ],
    options: [FILE_OPTION],
    fields: ['from', 'to', 'timeZone', 'openMinutes'],
    examples: [whose.example('between', '"2026-11-27 16:00" "2026-11-30 12:00" --file docs/sample/acme.yaml')],
    run: (options, context) =>
      withWorkspace(options, context, async (workspace) => {
        const from = await readTime(options.from, 'argument <from>', workspace.zone, context)
        const to = await readTime(options.to, 'argument <to>', workspace.zone, context)
        const answer = await workspace.openTimeBetween(from, to, options.team)
        return {
          json: answer,
          text: async (style) => (await import('../output/views/hours.js')).renderOpenTimeBetween(answer, style),
        }
      }),
  })
}
