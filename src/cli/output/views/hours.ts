import type { OpenTimeAfterAnswer, OpenTimeBetweenAnswer } from '../../../domain/questions/business-time.js'
import type { ExceptionsAnswer, HoursNextAnswer, WeekAnswer } from '../../../domain/questions/hours-view.js'
import { shellWord } from '../../../domain/shell-word.js'
import { DAY_MS, parseDate } from '../../../domain/time/calendar-date.js'
import { formatDay, formatShortDay } from '../../../domain/time/moment.js'
import { Zone } from '../../../domain/time/zone.js'
import { joined, type Lines, line, type Text } from '../line.js'
import { formatInFull, formatNear, shownZone } from '../local-time.js'
import type { Style } from '../style.js'
import { table } from '../table.js'
import { formatMinutes } from './minutes.js'

/** Exceptions that a week shows as those ahead. */
const MAX_AHEAD = 5

export interface WeekView {
  readonly name: string
  /** Whose hours they are, where it is a team. */
  readonly team?: string | undefined
  /** That the team does not follow them. */
  readonly waiting?: string | undefined
  /** Every exception, the next one first. */
  readonly exceptions: ExceptionsAnswer['exceptions']
  /** Marks today. */
  readonly now: number
  readonly style: Style
}

/** The lines of `hours show`. */
export function renderWeek(
  { timeZone, days, openMinutes }: WeekAnswer,
  { name, team, waiting, exceptions, now, style }: WeekView,
): readonly Text[] {
  const zone = Zone.of(timeZone)
  const today = Math.floor(zone.toLocal(now) / DAY_MS)
  const isSkipped = (day: number) => zone.toInstant(day * DAY_MS) === zone.toInstant((day + 1) * DAY_MS)
  const rows = days.map(({ date, hours, tailUntil, exception, openMinutes: minutes }) => {
    const day = parseDate(date)
    const label = formatShortDay(day)
    return [
      day === today ? style.bold(`${label} (today)`) : label,
      isSkipped(day)
        ? style.dim('the clock skips this day')
        : joined(
            [
              ...(tailUntil === null ? [] : [style.dim(`(until ${tailUntil})`)]),
              hours.length > 0 ? style.good(hours.join('  ')) : style.dim('closed'),
            ],
            '  ',
          ),
      style.dim(formatMinutes(minutes)),
      exception === null ? '' : style.warn(exception),
    ]
  })
  const monday = formatDay(parseDate(days[0]!.date))
  return [
    line`${team === undefined ? style.bold('Business hours') : line`${style.bold('Hours')} of team ${team}`} ${style.dim(`${name}, week of ${monday} (${timeZone})`)}`,
    ...table(
      [
        { title: 'day' },
        { title: 'open' },
        { title: 'in all', narrow: 'drop' },
        { title: 'exception', narrow: 'wrap' },
      ],
      rows,
      style,
    ),
    style.dim(`  open ${formatMinutes(openMinutes)} in all`),
    ...(waiting === undefined ? [] : [style.warn(`  Not followed: ${waiting}`)]),
    ...renderAhead(exceptions, days.at(-1)!.date, team, style),
  ]
}

/** The exceptions that come after a week. */
function renderAhead(
  exceptions: ExceptionsAnswer['exceptions'],
  lastDay: string,
  team: string | undefined,
  style: Style,
): readonly Text[] {
  const ahead = exceptions.filter(({ past, to }) => !past && to > lastDay)
  if (ahead.length === 0) return []
  const command = team === undefined ? 'hours exceptions' : `team hours exceptions ${shellWord(team)}`
  const more =
    ahead.length > MAX_AHEAD ? [style.dim(`  and ${ahead.length - MAX_AHEAD} more: drift-status ${command}`)] : []
  return ['', style.bold('Exceptions ahead'), ...exceptionRows(ahead.slice(0, MAX_AHEAD), style), ...more]
}

/** The lines of `hours exceptions`. */
export function renderExceptions({ exceptions }: ExceptionsAnswer, style: Style): Lines {
  if (exceptions.length === 0) return 'no exceptions: the weekly hours hold on every date'
  return exceptionRows(exceptions, style)
}

function exceptionRows(exceptions: ExceptionsAnswer['exceptions'], style: Style): readonly Text[] {
  const rows = exceptions.map(({ dates, name, calendar, hours, from, to, past }) => {
    const last = formatDay(parseDate(to))
    const isSameYear = from.slice(0, 4) === to.slice(0, 4)
    const first = isSameYear ? formatShortDay(parseDate(from)) : formatDay(parseDate(from))
    const days = from === to ? last : `${first} to ${last}`
    return [
      past ? style.dim(days) : days,
      hours.length === 0 ? style.dim('closed') : style.good(hours.join('  ')),
      [name, calendar].filter(Boolean).join(', '),
      [/^\d{2}-/.test(dates) ? 'every year' : '', past ? 'past' : ''].filter(Boolean).join(', '),
    ]
  })
  return table(
    [{ title: 'date' }, { title: 'open' }, { title: 'name', narrow: 'wrap' }, { title: '', dress: style.dim }],
    rows,
    style,
  )
}

/** The lines of `hours next`. */
export function renderHoursChanges(
  { at, open, changes, ...answer }: HoursNextAnswer,
  name: string,
  style: Style,
): readonly Text[] {
  const timeZone = shownZone(answer.timeZone, style)
  const state = open ? style.good(style.bold('OPEN')) : style.bad(style.bold('CLOSED'))
  const rows = changes.map((change) => [
    formatNear(change.at, at, timeZone),
    change.open ? style.good('opens') : style.bad('closes'),
    style.dim(change.at),
  ])
  const heading = line`${state} ${style.dim(`${name}, ${formatNear(at, at, timeZone)} (${timeZone})`)}`
  return [
    heading,
    ...(rows.length > 0
      ? table([{ title: 'when' }, { title: 'hours' }, { title: 'instant', narrow: 'drop' }], rows, style)
      : ['  the hours never change again']),
  ]
}

/** The line of `hours add`: `Mon 30 Nov 2026, 12:00`. */
export function renderOpenTimeAfter({ at, minutes, reached, timeZone }: OpenTimeAfterAnswer, style: Style): Text {
  const zone = shownZone(timeZone, style)
  const since = `${formatMinutes(minutes)} of open time after ${formatInFull(at, zone)} (${zone})`
  if (reached === null) return line`${style.warn('never')} ${style.dim(`within ten years: ${since}`)}`
  return line`${style.bold(formatInFull(reached, zone))} ${style.dim(since)}`
}

/** The line of `hours between`: `5 h`. */
export function renderOpenTimeBetween({ from, to, openMinutes, timeZone }: OpenTimeBetweenAnswer, style: Style): Text {
  const zone = shownZone(timeZone, style)
  const between = `open between ${formatInFull(from, zone)} and ${formatInFull(to, zone)} (${zone})`
  return line`${style.bold(formatMinutes(Math.floor(openMinutes)))} ${style.dim(between)}`
}
