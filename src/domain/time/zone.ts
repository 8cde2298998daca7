import { invalid } from '../errors.js'
import { didYouMean } from '../nearest.js'
import { DAY_MS } from './calendar-date.js'
import { canonicalZoneName, type Instant, type LocalTime, type ZoneClock, zoneData } from './zone-data.js'

const SECOND = 1000

/**
 * Offsets are sampled at this step and changes then found by bisection. No zone has changed
 * twice within seven days since 1970, so none is missed.
 */
const SAMPLE_STEP = 6 * DAY_MS

/** IANA names without a slash. Others of that form (`PST`, `IST`) are abbreviations that some engines accept (R6). */
const SINGLE_WORD_ZONES = new Set(
  (
    'UTC GMT EST MST HST CET MET EET WET EST5EDT CST6CDT MST7MDT PST8PDT Cuba Egypt Eire GB GB-Eire GMT0 Greenwich ' +
    'Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya NZ NZ-CHAT Navajo PRC Poland Portugal ROC ROK ' +
    'Singapore Turkey UCT Universal W-SU Zulu'
  ).split(' '),
)

export type { Instant, LocalTime }

interface YearOffsets {
  readonly end: Instant
  /** Sorted instants from which an offset holds; the first is the start of the year. */
  readonly since: readonly Instant[]
  /** Milliseconds east of UTC. */
  readonly offsets: readonly number[]
}

const zones = new Map<string, Zone>()

/**
 * The offsets of one IANA time zone, read once per year from the engine's own zone data and then
 * looked up without any date library.
 */
export class Zone {
  readonly name: string
  readonly #years = new Map<number, YearOffsets>()
  #current: YearOffsets = { since: [0], offsets: [0], end: 0 }

  private constructor(name: string) {
    this.name = name
  }

  /**
   * The zone of an IANA name.
   * @throws DriftStatusError (R6) for an unknown name, an abbreviation or a bare offset.
   * @example Zone.of('Europe/Berlin').name
   */
  static of(name: string): Zone {
    let zone = zones.get(name)
    if (!zone) {
      if (!isZoneName(name)) throw invalid('R6', `"${name}" is not an IANA time zone`, zoneHint(name))
      zone = new Zone(name)
      zones.set(name, zone)
    }
    return zone
  }

  /** Milliseconds east of UTC at an instant. */
  offsetAt(instant: Instant): number {
    let year = this.#current
    if (!(instant >= year.since[0]! && instant < year.end)) {
      year = this.#yearOffsets(new Date(instant).getUTCFullYear())
      this.#current = year
    }
    const { since, offsets } = year
    let index = since.length - 1
    while (since[index]! > instant) index--
    return offsets[index]!
  }

  /** What the wall clock shows at an instant. */
  toLocal(instant: Instant): LocalTime {
    return instant + this.offsetAt(instant)
  }

  /** Every instant at which the wall clock shows this time: none in a gap, two in a repeated hour, else one. */
  instantsOf(local: LocalTime): readonly Instant[] {
    const before = this.offsetAt(local - DAY_MS)
    const after = this.offsetAt(local + DAY_MS)
    if (before === after) return [local - before]
    return [local - before, local - after].filter((instant) => this.offsetAt(instant) === local - instant)
  }

  /**
   * The instant of a wall-clock time (R4): the first of two, and a time in a gap moves later by
   * the gap's length. [RFC 5545 / Temporal "compatible"]
   */
  toInstant(local: LocalTime): Instant {
    return this.instantsOf(local)[0] ?? local - this.offsetAt(local - DAY_MS)
  }

  /** The instants after `from` and before `to` at which the wall clock changes to another offset. */
  changesIn(from: Instant, to: Instant): readonly Instant[] {
    const [first, last] = [from, to].map((instant) => new Date(instant).getUTCFullYear())
    const years = Array.from({ length: last! - first! + 1 }, (_, index) => this.#yearOffsets(first! + index))
    return years
      .flatMap(({ since }) => since)
      .filter((at) => at > from && at < to && this.offsetAt(at) !== this.offsetAt(at - 1))
  }

  /** What the wall clock skips in a UTC year: from the first time that it does not show to the next that it does. */
  gapsIn(year: number): readonly { readonly from: LocalTime; readonly to: LocalTime }[] {
    const { since, offsets } = this.#yearOffsets(year)
    return since.flatMap((instant, index) => {
      const before = index === 0 ? this.offsetAt(instant - 1) : offsets[index - 1]!
      const after = offsets[index]!
      return after > before ? [{ from: instant + before, to: instant + after }] : []
    })
  }

  #yearOffsets(year: number): YearOffsets {
    let found = this.#years.get(year)
    if (!found) {
      found = this.#readYear(year)
      this.#years.set(year, found)
    }
    return found
  }

  #readYear(year: number): YearOffsets {
    return zoneData().read(this.name, (clock) => readOffsets(clock, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)))
  }
}

function readOffsets(clock: ZoneClock, start: Instant, end: Instant): YearOffsets {
  const offsetAt = (instant: Instant) => clock(instant) - instant
  const since = [start]
  const offsets = [offsetAt(start)]
  for (let at = start; at < end; at += SAMPLE_STEP) {
    const next = Math.min(at + SAMPLE_STEP, end - SECOND)
    const offset = offsetAt(next)
    if (offset === offsets.at(-1)) continue
    since.push(bisect(at, next, (instant) => offsetAt(instant) === offset))
    offsets.push(offset)
  }
  return { since, offsets, end }
}

/** The first second in (low, high] at which something holds that holds at `high` and not at `low`. */
function bisect(low: Instant, high: Instant, holds: (instant: Instant) => boolean): Instant {
  let [before, after] = [low / SECOND, high / SECOND]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (holds(middle * SECOND)) after = middle
    else before = middle
  }
  return after * SECOND
}

/** Whether a name is one of the IANA database: not an offset, not an abbreviation. */
export function isZoneName(name: string): boolean {
  if (!(SINGLE_WORD_ZONES.has(name) || /^[A-Z][A-Za-z_]+\/[A-Za-z0-9_+/-]+$/.test(name))) return false
  return zoneData().has(name)
}

/** Every zone name the running engine lists, for suggestions and completion. */
export function zoneNames(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')]
}

function zoneHint(name: string): string {
  if (/^(?:UTC|GMT)?[+-]\d/i.test(name)) return 'an offset has no summer time: name a place, e.g. "Asia/Kolkata"'
  const sameName = canonicalZoneName(name)
  if (sameName) return `did you mean "${sameName}"?`
  const names = zoneNames()
  const byCity = nearestCity(name, names)
  return byCity ?? didYouMean(name, names) ?? 'write an IANA name, e.g. "Europe/Berlin"'
}

/** `Berlin` alone, or `Europe/Berln`: the city says more about what was meant than the continent. */
function nearestCity(name: string, names: readonly string[]): string | undefined {
  const city = name
    .slice(name.lastIndexOf('/') + 1)
    .trim()
    .replaceAll(' ', '_')
    .toLowerCase()
  const match = names.find((candidate) => candidate.toLowerCase().endsWith(`/${city}`))
  return match === undefined ? undefined : `did you mean "${match}"?`
}
