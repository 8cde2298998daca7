import { invalid } from '../errors.js'
import { didYouMean } from '../nearest.js'

const SECOND = 1000
const DAY = 86_400_000

/**
 * Offsets are sampled at this step and changes then found by bisection. No zone has changed
 * twice within seven days since 1970, so none is missed.
 */
const SAMPLE_STEP = 6 * DAY

/** IANA names without a slash. Others of that form (`PST`, `IST`) are abbreviations that some engines accept (R6). */
const SINGLE_WORD_ZONES = new Set(
  (
    'UTC GMT EST MST HST CET MET EET WET EST5EDT CST6CDT MST7MDT PST8PDT Cuba Egypt Eire GB GB-Eire GMT0 Greenwich ' +
    'Hongkong Iceland Iran Israel Jamaica Japan Kwajalein Libya NZ NZ-CHAT Navajo PRC Poland Portugal ROC ROK ' +
    'Singapore Turkey UCT Universal W-SU Zulu'
  ).split(' '),
)

/** Wall-clock time as the milliseconds since 1970-01-01T00:00 that the wall clock shows. */
export type LocalTime = number
/** Milliseconds since 1970-01-01T00:00Z. */
export type Instant = number

interface YearOffsets {
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
  readonly #format: Intl.DateTimeFormat
  readonly #years = new Map<number, YearOffsets>()

  private constructor(name: string) {
    this.name = name
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  }

  /**
   * The zone of an IANA name.
   * @throws DriftStatusError (R6) for an unknown name, an abbreviation or a bare offset.
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
    const year = new Date(instant).getUTCFullYear()
    const { since, offsets } = this.#yearOffsets(year)
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
    const before = this.offsetAt(local - DAY)
    const after = this.offsetAt(local + DAY)
    if (before === after) return [local - before]
    return [local - before, local - after].filter((instant) => this.offsetAt(instant) === local - instant)
  }

  /**
   * The instant of a wall-clock time (R4): the first of two, and a time in a gap moves later by
   * the gap's length. [RFC 5545 / Temporal "compatible"]
   */
  toInstant(local: LocalTime): Instant {
    return this.instantsOf(local)[0] ?? local - this.offsetAt(local - DAY)
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
    const start = Date.UTC(year, 0, 1)
    const end = Date.UTC(year + 1, 0, 1)
    const since = [start]
    const offsets = [this.#readOffset(start)]
    for (let at = start; at < end; at += SAMPLE_STEP) {
      const next = Math.min(at + SAMPLE_STEP, end - SECOND)
      const offset = this.#readOffset(next)
      if (offset === offsets.at(-1)) continue
      since.push(this.#firstInstantWith(offset, at, next))
      offsets.push(offset)
    }
    return { since, offsets }
  }

  /** Bisects (unchanged, changed] to the second at which an offset begins. */
  #firstInstantWith(offset: number, unchanged: Instant, changed: Instant): Instant {
    let [low, high] = [unchanged / SECOND, changed / SECOND]
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (this.#readOffset(middle * SECOND) === offset) high = middle
      else low = middle
    }
    return high * SECOND
  }

  #readOffset(instant: Instant): number {
    const [month, day, year, hour, minute, second] = this.#format.format(instant).match(/\d+/g)!.map(Number)
    return Date.UTC(year!, month! - 1, day!, hour!, minute!, second!) - instant
  }
}

/** Whether a name is one of the IANA database: not an offset, not an abbreviation. */
export function isZoneName(name: string): boolean {
  if (!(SINGLE_WORD_ZONES.has(name) || /^[A-Z][A-Za-z_]+\/[A-Za-z0-9_+/-]+$/.test(name))) return false
  return resolvedName(name) !== undefined
}

/** Every zone name the running engine lists, for suggestions and completion. */
export function zoneNames(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')]
}

function resolvedName(name: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

function zoneHint(name: string): string {
  if (/^(?:UTC|GMT)?[+-]\d/i.test(name)) return 'an offset has no summer time: name a place, e.g. "Asia/Kolkata"'
  const sameName = resolvedName(name)
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
