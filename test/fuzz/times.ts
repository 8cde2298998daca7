import { DateTime } from 'luxon'
import { DriftStatusError } from '../../src/domain/errors.js'
import { FIRST_YEAR, LAST_YEAR } from '../../src/domain/time/schedule.js'
import { parseAt } from '../../src/domain/time/typed/parse-at.js'
import { Zone } from '../../src/domain/time/zone.js'
import { NASTY_VALUES } from './nasty-values.js'
import { Random } from './random.js'
import { randomForm, SPOILERS, type Surroundings } from './time-forms.js'

const ZONES = ['UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Havana', 'Pacific/Apia']
/** Near these the clocks of those zones change. */
const CHANGES = ['2026-03-08', '2026-11-01', '2026-03-29', '2026-10-25', '2026-04-04', '2026-10-03', '2011-12-30'].map(
  (date) => Date.parse(date),
)
const WORDS = [
  ...'now today tomorrow yesterday mon tuesday wed thu fri friday sat sun next in ago at noon midnight am pm'.split(
    ' ',
  ),
  ...'2026-11-27 2026-03-08 2026-11-01 2026-02-30 20261127 2026-W48-5 2026-331 T17:30 T01:30Z T02:30-05:00'.split(' '),
  ...'17:30 9am 12pm 0am 24:00 25:61 02:30 01:30:59.999 2h 45m 1h30m -1d +3w 999999999w Europe/Berlin UTC PST'.split(
    ' ',
  ),
  ...'5:30 p.m. 1.5h PT2H 27 Nov Nov, -0500 +05:30 GMT+2 [Europe/Berlin] [u-ca=gregory] [x=y] – ：'.split(' '),
  ...NASTY_VALUES.filter((value) => typeof value === 'string'),
]

export interface TimeFuzz {
  readonly runs: number
  readonly read: number
  readonly refused: number
  /** Texts of a known instant that were read as it, or refused because the clock skips or repeats it. */
  readonly agreed: number
  /** Those with one thing changed that makes them no time, refused. */
  readonly spoiled: number
  readonly slowestMs: number
  readonly failures: readonly { readonly text: string; readonly reason: string }[]
}

/**
 * Reads random times: each is an instant of the supported years, or one clear error. What is written in a known form is the
 * instant that luxon's wall clock says, and is refused when it is spoiled.
 */
export function fuzzTimes({ runs, seed }: { readonly runs: number; readonly seed: number }): TimeFuzz {
  const random = new Random(seed)
  const failures: { text: string; reason: string }[] = []
  const counts = { read: 0, refused: 0, agreed: 0, spoiled: 0 }
  let slowestMs = 0
  for (let run = 0; run < runs; run++) {
    const surroundings = randomSurroundings(random)
    const start = performance.now()
    const fail = (text: string, reason: string) =>
      failures.push({ text, reason: `${reason} ${JSON.stringify(surroundings)}` })

    const words = randomWords(random)
    const outcome = read(words, surroundings)
    if (typeof outcome === 'string') fail(words, outcome)
    else if (outcome === undefined) counts.refused++
    else if (disagreesWithLuxon(words, outcome, surroundings)) fail(words, `read as ${new Date(outcome).toISOString()}`)
    else counts.read++

    const { text, instant, hasClock } = randomForm(random, surroundings)
    const at = read(text, surroundings)
    if (at === instant) counts.agreed++
    else fail(text, `is ${at}, not ${instant}`)

    const spoiled = hasClock ? random.pick(SPOILERS)(text, random) : text
    if (spoiled !== text) {
      const wrong = read(spoiled, surroundings)
      if (wrong === undefined) counts.spoiled++
      else fail(spoiled, `is ${wrong}, and no time`)
    }
    slowestMs = Math.max(slowestMs, performance.now() - start)
  }
  return { runs, ...counts, slowestMs, failures }
}

function randomSurroundings(random: Random): Surroundings {
  const now = random.chance(0.5)
    ? Date.UTC(random.between(1975, 2037), 0, 1) + random.between(0, 365 * 86_400_000 - 1)
    : random.pick(CHANGES) + random.between(-3 * 86_400_000, 3 * 86_400_000)
  return { zone: random.pick(ZONES), now, lookIn: random.pick([undefined, 'past', 'future']) }
}

/** The instant of a text, undefined for a clear error, or what is wrong. */
function read(text: string, { zone, now, lookIn }: Surroundings): number | undefined | string {
  try {
    const at = parseAt(text, { now, zone: Zone.of(zone), lookIn })
    const year = new Date(at).getUTCFullYear()
    return year >= FIRST_YEAR && year <= LAST_YEAR ? at : `read as the year ${year}`
  } catch (error) {
    return error instanceof DriftStatusError && error.message !== '' && error.hint ? undefined : String(error)
  }
}

/** Whether luxon reads the same ISO 8601 as another instant. It does not say whether a clock repeats a time. */
function disagreesWithLuxon(text: string, at: number, { zone }: Surroundings): boolean {
  const iso = DateTime.fromISO(text.trim(), { zone })
  return iso.isValid && iso.toMillis() !== at && /^\d{4}.*T/i.test(text.trim())
}

/** A few words in a row, sometimes with a character changed. */
function randomWords(random: Random): string {
  const words = Array.from({ length: random.between(1, 4) }, () => random.pick(WORDS))
  const text = words.join(random.pick([' ', ' ', '', 'T']))
  if (random.between(0, 2) > 0 || text.length === 0) return text
  const at = random.between(0, text.length - 1)
  const character = String.fromCodePoint(random.between(32, 0x24f))
  return text.slice(0, at) + character + text.slice(at + random.between(0, 1))
}
