import type { Versioned } from '../../../api/contract/answers.js'
import type { DutyDocument, ShiftDocument } from '../../../domain/document/duty-schema.js'
import type { PlaceAnswer, TurnAnswer, TurnsAnswer } from '../../../domain/questions/duty-view.js'
import { DAY_MS, type EpochDay, parseDate } from '../../../domain/time/calendar-date.js'
import { formatDay, formatMoment, formatShortDay, formatTime } from '../../../domain/time/moment.js'
import { Zone } from '../../../domain/time/zone.js'
import { namesIn } from '../change-lines.js'
import { coverWords } from '../change-words/duty.js'
import type { Names } from '../change-words/topic.js'
import { type Lines, line, type Text } from '../line.js'
import { shownZone } from '../local-time.js'
import type { Style } from '../style.js'
import { table } from '../table.js'

export interface DutyView {
  readonly now: number
  readonly style: Style
}

/** The lines of `duty show`: the turns of a week, day by day. */
export function renderDutyWeek(
  answer: TurnsAnswer,
  { name, monday, now, style }: DutyView & { readonly name: string; readonly monday: EpochDay },
): Lines {
  const timeZone = shownZone(answer.timeZone, style)
  const zone = Zone.of(timeZone)
  const dayOf = (at: number) => Math.floor(zone.toLocal(at) / DAY_MS)
  const today = dayOf(now)
  const who = placeWords(namesIn(answer, style))
  const rows = answer.turns.map(({ from, to, shift, name: title, places }, index) => {
    const [start, end] = [Date.parse(from), Date.parse(to)]
    const day = dayOf(start)
    const before = answer.turns[index - 1]
    const isFirst = before === undefined || dayOf(Date.parse(before.from)) !== day
    const label = formatShortDay(day)
    const isNow = start <= now && now < end
    return [
      isFirst ? (day === today ? style.bold(`${label} (today)`) : label) : '',
      isNow ? style.good(`${clockRange(start, end, zone)} now`) : clockRange(start, end, zone),
      title === shift ? title : line`${title} ${style.dim(`(${shift})`)}`,
      places.map(who).join(', '),
    ]
  })
  const head = line`${style.bold('Duty')} ${style.dim(`${name}, week of ${formatDay(monday)} (${timeZone})`)}`
  if (rows.length === 0) return [head, '  nobody is on duty']
  const columns = [
    { title: 'day' },
    { title: 'time' },
    { title: 'shift', narrow: 'wrap' },
    { title: 'on duty', narrow: 'wrap' },
  ] as const
  return [head, ...table(columns, rows, style)]
}

/** `09:00-13:00`; over more than a day with the day of the end. */
function clockRange(start: number, end: number, zone: Zone): string {
  const [from, to] = [zone.toLocal(start), zone.toLocal(end)]
  const isLong = to - from > DAY_MS
  const isMidnight = to % DAY_MS === 0
  const last = isMidnight && !isLong ? '24:00' : formatTime(to)
  return `${formatTime(from)}-${isLong ? `${formatShortDay(Math.floor(to / DAY_MS))} ` : ''}${last}`
}

/** `Kofi Mensah for Ana Flores (dentist)`. */
function placeWords(names: Names): (place: PlaceAnswer) => string {
  return ({ agent, instead, note }) => {
    const cover = instead === null ? '' : ` for ${names.agent(instead)}`
    return `${names.agent(agent)}${cover}${note === null ? '' : ` (${note})`}`
  }
}

/** The lines of `duty next`: `your next duty: Tue 09:00-13:00, Front desk`. */
export function renderNextDuties(
  answer: TurnsAnswer,
  { whose, now, style }: DutyView & { readonly whose: string | undefined },
): readonly Text[] {
  const timeZone = shownZone(answer.timeZone, style)
  const zone = Zone.of(timeZone)
  const [first, ...rest] = answer.turns
  if (!first) return [whose === undefined ? 'you are in no coming shift' : `${whose} is in no coming shift`]
  const words = ({ from, to, name }: TurnAnswer) => {
    const [start, end] = [Date.parse(from), Date.parse(to)]
    const day = formatMoment(start, zone, now).replace(/,? ?\d\d:\d\d$/, '')
    return `${day} ${clockRange(start, end, zone)}, ${name}`
  }
  const isRunning = Date.parse(first.from) <= now
  const subject = whose === undefined ? 'your' : `${whose}'s`
  const head = isRunning
    ? line`${style.good(whose === undefined ? 'you are on duty' : `${whose} is on duty`)} until ${formatMoment(Date.parse(first.to), zone, now)}, ${first.name}`
    : line`${subject} next duty: ${style.bold(words(first))}`
  return [line`${head} ${style.dim(`(${timeZone})`)}`, ...rest.map((turn) => line`  ${words(turn)}`)]
}

/** The lines of `duty list`: the shifts, then the covers that have not ended. */
export function renderShifts(answer: Versioned<DutyDocument> & { readonly timeZone: string }, style: Style): Lines {
  const { shifts, covers } = answer.value
  if (shifts.length === 0) return 'no shifts'
  const names = namesIn(answer, style)
  const rows = shifts.map((shift) => [
    shift.id,
    shift.name ?? '',
    [shift.days].flat().join(', '),
    line`${[shift.hours].flat().join(', ')}${shift.timeZone === undefined ? '' : style.dim(` ${shift.timeZone}`)}`,
    peopleOf(shift, names),
  ])
  const coming = covers.filter(({ to }) => !isPast(to, style.now))
  return [
    ...table(
      [
        { title: 'shift', dress: style.bold },
        { title: 'name', narrow: 'wrap' },
        { title: 'days' },
        { title: 'hours', narrow: 'wrap' },
        { title: 'who', narrow: 'wrap' },
      ],
      rows,
      style,
    ),
    ...(coming.length === 0 ? [] : ['', style.bold('Covers')]),
    ...coming.map((cover) => line`  ${coverWords(cover, names)}`),
  ]
}

function peopleOf({ agents, rotate }: ShiftDocument, names: Names): string {
  if (!rotate) return (agents ?? []).map(names.agent).join(', ')
  const turn = rotate.count === undefined || rotate.count === 1 ? '' : `, ${rotate.count} at once`
  return `${rotate.agents.map(names.agent).join(', ')}; a ${rotate.every} each${turn}, from ${rotate.from}`
}

/** A day of grace covers every zone of a time without an offset. */
function isPast(to: string, now: number): boolean {
  const date = parseDate(to.slice(0, 10))
  return (date + 2) * DAY_MS < now
}
