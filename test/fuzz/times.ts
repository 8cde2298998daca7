import { parseAt } from '../../src/domain/at.js'
import { DriftStatusError } from '../../src/domain/errors.js'
import { FIRST_YEAR, LAST_YEAR } from '../../src/domain/schedule/schedule.js'
import { Zone } from '../../src/domain/schedule/zone.js'
import { NASTY_VALUES } from './nasty-values.js'
import { Random } from './random.js'

const ZONES = ['UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/Havana', 'Pacific/Apia'].map(
  Zone.of,
)
const WORDS = [
  ...'now today tomorrow yesterday mon tuesday wed thu fri friday sat sun next in ago at noon midnight am pm'.split(
    ' ',
  ),
  ...'2026-11-27 2026-03-08 2026-11-01 2026-02-30 20261127 2026-W48-5 2026-331 T17:30 T01:30Z T02:30-05:00'.split(' '),
  ...'17:30 9am 12pm 0am 24:00 25:61 02:30 01:30:59.999 2h 45m 1h30m -1d +3w 999999999w Europe/Berlin UTC PST'.split(
    ' ',
  ),
  ...NASTY_VALUES.filter((value) => typeof value === 'string'),
]

export interface TimeFuzz {
  readonly runs: number
  readonly read: number
  readonly refused: number
  readonly slowestMs: number
  readonly failures: readonly { readonly text: string; readonly reason: string }[]
}

/** Reads random times: each is an instant of the supported years, or one clear error. */
export function fuzzTimes({ runs, seed }: { readonly runs: number; readonly seed: number }): TimeFuzz {
  const random = new Random(seed)
  const failures: { text: string; reason: string }[] = []
  let [read, refused, slowestMs] = [0, 0, 0]
  for (let run = 0; run < runs; run++) {
    const text = randomTime(random)
    const zone = random.pick(ZONES)
    const now = Date.UTC(random.between(1971, 2150), 0, 1) + random.between(0, 365 * 86_400_000 - 1)
    const start = performance.now()
    try {
      const year = new Date(parseAt(text, { now, zone })).getUTCFullYear()
      if (year >= FIRST_YEAR && year <= LAST_YEAR) read++
      else failures.push({ text, reason: `read as the year ${year}` })
    } catch (error) {
      if (error instanceof DriftStatusError && error.message !== '' && error.hint) refused++
      else failures.push({ text, reason: String(error) })
    }
    slowestMs = Math.max(slowestMs, performance.now() - start)
  }
  return { runs, read, refused, slowestMs, failures }
}

/** A few words in a row, sometimes with a character changed. */
function randomTime(random: Random): string {
  const words = Array.from({ length: random.between(1, 4) }, () => random.pick(WORDS))
  const text = words.join(random.pick([' ', ' ', '', 'T']))
  if (random.between(0, 2) > 0 || text.length === 0) return text
  const at = random.between(0, text.length - 1)
  const character = String.fromCodePoint(random.between(32, 0x24f))
  return text.slice(0, at) + character + text.slice(at + random.between(0, 1))
}
