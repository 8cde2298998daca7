import { DateTime, IANAZone } from 'luxon'
import type { Random } from './random.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const OFFSETS = [0, 60, -300, 330, -570, 345, 840, -720]

/** The time and the place in which a text is read. */
export interface Surroundings {
  readonly zone: string
  readonly now: number
  readonly lookIn: 'past' | 'future' | undefined
}

/** A text that people may write, and the instant that it names by the wall clock of luxon. */
export interface TimeForm {
  readonly text: string
  /** undefined where the clock skips or repeats the time, or the past is no answer: the text must be refused. */
  readonly instant: number | undefined
  readonly hasClock: boolean
}

interface Part<Value> {
  readonly text: string
  readonly value: Value
}

/** A day, a clock time, and a zone or an offset, in any of their spellings together. */
export function randomForm(random: Random, surroundings: Surroundings): TimeForm {
  const isDayAlone = random.chance(0.1)
  const clock = isDayAlone ? undefined : randomClock(random)
  const place = clock ? randomPlace(random, surroundings.zone) : { text: '', value: zoneClock(surroundings.zone) }
  const day = randomDay(random, place.value, surroundings, isDayAlone)
  const between =
    day.text === '' ? '' : clock?.isIso && day.isIso ? random.pick(['T', 't', ' ']) : random.pick([' ', ' at '])
  const text = clock ? `${day.text}${between}${clock.text}${place.text}` : day.text
  return {
    text: random.chance(0.1) ? ` ${text.replaceAll(' ', random.pick(['\u00a0', '\t', '  ']))} ` : text,
    instant: expected(day.dates, clock?.value, place.value, surroundings),
    hasClock: clock !== undefined,
  }
}

/** Changes after which a text that has a clock time must be refused. */
export const SPOILERS: readonly ((text: string, random: Random) => string)[] = [
  (text, random) =>
    `${text} ${random.pick(['PST', 'CEST', 'EST', 'foo', 'please', 'to 5pm', 'at', '9am', '17:30', 'now'])}`,
  (text, random) => `${random.pick(['foo', 'at at', 'in', '9am', '-', '('])} ${text}`,
  (text) => `${text}[x-foo=bar]`,
  (text) => `${text}[!u-ca=hebrew]`,
  (text) => `${text}[Europe/Paris][Europe/Berlin]`,
  (text) => `${text} Europe/Paris Europe/Berlin`,
  (text) => text.replace(/\d/, (digit) => String.fromCodePoint(0x660 + Number(digit))),
  (text) => text.replace(/\d/, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
  (text) => text.replace(/:\d\d/, ':60'),
  (text) => text.replace(/\d+(?=:\d\d)/, '25'),
  (text) => text.replaceAll(/[:-]/g, (mark) => (mark === ':' ? '：' : '–')),
]

/** What a clock shows beside UTC, and which of the times with an offset are meant. */
interface WallClock {
  offsetAt(at: number): number
  readonly onlyOffset?: number
}

function zoneClock(name: string): WallClock {
  const zone = IANAZone.create(name)
  return { offsetAt: (at) => zone.offset(at) * MINUTE }
}

function randomPlace(random: Random, home: string): Part<WallClock> {
  const minutes = random.pick(OFFSETS)
  const offset = { offsetAt: () => minutes * MINUTE }
  const [sign, hh, mm] = [minutes < 0 ? '-' : '+', two(Math.floor(Math.abs(minutes) / 60)), two(Math.abs(minutes) % 60)]
  const other = random.pick(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'])
  return random.pick<() => Part<WallClock>>([
    () => ({ text: '', value: zoneClock(home) }),
    () => ({ text: random.pick(['Z', 'z', ' Z', ' UTC', ' utc', ' GMT', ' +00']), value: zoneClock('UTC') }),
    () => ({ text: ` ${sign}${hh}${random.pick([':', ''])}${mm}`, value: offset }),
    () => ({ text: ` ${random.pick(['UTC', 'GMT'])}${sign}${Number(hh)}:${mm}`, value: offset }),
    () => ({ text: ` ${other}`, value: zoneClock(other) }),
    () => ({ text: random.pick([`[${other}]`, ` [!${other}][u-ca=gregory]`]), value: zoneClock(other) }),
    () => ({ text: ` ${sign}${hh}:${mm} ${other}`, value: { ...zoneClock(other), onlyOffset: minutes * MINUTE } }),
    () => ({ text: ` ${sign}${hh}${mm}[${other}]`, value: { ...zoneClock(other), onlyOffset: minutes * MINUTE } }),
  ])()
}

function randomClock(random: Random): Part<number> & { readonly isIso: boolean } {
  // Clocks change in the first hours of a day.
  const [hour, minute, second] = [random.below(random.pick([4, 24])), random.below(60), random.below(60)]
  const value = hour * HOUR + minute * MINUTE
  const half = `${hour % 12 === 0 ? 12 : hour % 12}`
  const meridiem = random
    .pick(['am', ' am', ' AM', 'a.m.', ' a.m.'])
    .replace(/a/i, (a) => (hour < 12 ? a : a === 'a' ? 'p' : 'P'))
  const milliseconds = random.below(1000)
  return random.pick<() => Part<number> & { readonly isIso: boolean }>([
    () => ({ text: `${two(hour)}:${two(minute)}`, value, isIso: true }),
    () => ({ text: `${two(hour)}:${two(minute)}:${two(second)}`, value: value + second * 1000, isIso: true }),
    () => ({
      text: `${two(hour)}:${two(minute)}:${two(second)}.${String(milliseconds).padStart(3, '0')}`,
      value: value + second * 1000 + milliseconds,
      isIso: true,
    }),
    () => ({ text: `${half}:${two(minute)}${meridiem}`, value, isIso: false }),
    () => ({ text: `${half}${meridiem}`, value: hour * HOUR, isIso: false }),
    () => ({ text: `${hour}:${two(minute)}`, value, isIso: false }),
    () => ({ text: 'noon', value: 12 * HOUR, isIso: false }),
    () => ({ text: 'midnight', value: 0, isIso: false }),
    () => ({ text: '24:00', value: DAY, isIso: true }),
  ])()
}

/** Dates as days since 1970: those that come into question, in order; one for a day that does not come again. */
interface RandomDay {
  readonly text: string
  readonly dates: { readonly all: readonly number[]; readonly usual: number; readonly skipsWhatIsOver: boolean }
  readonly isIso: boolean
}

function randomDay(random: Random, wall: WallClock, { now }: Surroundings, isAlone: boolean): RandomDay {
  // Where an offset and a zone are named, the offset says what day it is.
  const today = Math.floor((now + (wall.onlyOffset ?? wall.offsetAt(now))) / DAY)
  const date = today + (random.chance(0.5) ? random.between(-3, 3) : random.between(-400, 400))
  const at = DateTime.fromMillis(date * DAY, { zone: 'utc', locale: 'en' })
  const once = (day: number) => ({ all: [day], usual: day, skipsWhatIsOver: false })
  const iso = (format: string): RandomDay => ({ text: at.toFormat(format), dates: once(date), isIso: true })
  return random.pick<() => RandomDay>([
    () => iso('yyyy-MM-dd'),
    () => iso('yyyyMMdd'),
    () => iso('yyyy-ooo'),
    () => iso("kkkk-'W'WW-c"),
    () => ({
      text: at.toFormat(random.pick(['d LLL yyyy', 'ccc d LLL yyyy', 'd LLLL yyyy'])),
      dates: once(date),
      isIso: false,
    }),
    () => {
      const index = random.below(3)
      return {
        text: random.pick([['Yesterday', 'today', 'tomorrow']])[index]!,
        dates: once(today + index - 1),
        isIso: false,
      }
    },
    () => {
      const ahead = random.below(7)
      const name = WEEKDAYS[(today + ahead + 3) % 7]!
      const usual = today + ahead
      return {
        text: name.slice(0, random.between(3, name.length)),
        dates: { all: [usual - 7, usual, usual + 7], usual, skipsWhatIsOver: true },
        isIso: false,
      }
    },
    () => ({
      text: isAlone ? 'today' : '',
      dates: isAlone ? once(today) : { all: [today - 1, today, today + 1], usual: today, skipsWhatIsOver: false },
      isIso: false,
    }),
  ])()
}

function expected(
  { all, usual, skipsWhatIsOver }: RandomDay['dates'],
  clock: number | undefined,
  wall: WallClock,
  { now, lookIn }: Surroundings,
): number | undefined {
  const isFirst = clock === undefined || clock === DAY
  const timesOf = (date: number) => {
    const times = instantsOf(date * DAY + (clock ?? 0), wall)
    return {
      times,
      first: times[0] ?? later(date * DAY + (clock ?? 0), wall),
      last: times.at(-1) ?? later(date * DAY + (clock ?? 0), wall),
    }
  }
  const chosen =
    lookIn === 'future'
      ? (all.find((date) => timesOf(date).last > now) ?? usual)
      : lookIn === 'past'
        ? (all.findLast((date) => timesOf(date).first <= now) ?? usual)
        : skipsWhatIsOver && clock !== undefined && timesOf(usual).last < now
          ? usual + 7
          : usual
  const { times, first } = timesOf(chosen)
  if (isFirst && wall.onlyOffset === undefined) return lookIn === 'future' && first <= now ? undefined : first
  const fitting = times.filter((at) => lookIn === undefined || (lookIn === 'past') === at <= now)
  const left = fitting.length > 0 ? fitting : times
  const [only] = left
  return left.length !== 1 || (lookIn === 'future' && only! <= now) ? undefined : only
}

function instantsOf(local: number, { offsetAt, onlyOffset }: WallClock): number[] {
  const offsets = new Set([-24, -12, 0, 12, 24].map((hours) => offsetAt(local + hours * HOUR)))
  return [...offsets]
    .filter((offset) => onlyOffset === undefined || offset === onlyOffset)
    .map((offset) => local - offset)
    .filter((at) => at + offsetAt(at) === local)
    .sort((a, b) => a - b)
}

/** R4: a time in a gap moves later by its length. */
function later(local: number, { offsetAt, onlyOffset }: WallClock): number {
  return local - (onlyOffset ?? offsetAt(local - DAY))
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
