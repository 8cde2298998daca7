import type { CoverageAnswer, CoverageSpan } from '../../../domain/questions/coverage/coverage.js'

/** From few to many people; fewer shades where there are fewer numbers to tell apart. */
const MAX_SHADES = 4

/** How the numbers of people that a picture shows are told apart. */
export interface Shades {
  /** From few to many: the numbers that each stands for. */
  readonly ranges: readonly { readonly from: number; readonly to: number }[]
  /** The index of the shade of a number of people. */
  readonly of: (people: number) => number
}

/** Shades for the staffed spans of an answer, as even as whole numbers allow. */
export function shadesOf({ spans, min }: CoverageAnswer): Shades {
  const most = Math.max(min, ...staffedNumbers(spans))
  const numbers = most - min + 1
  const count = Math.min(MAX_SHADES, numbers)
  const first = (shade: number) => min + Math.ceil((shade * numbers) / count)
  return {
    ranges: Array.from({ length: count }, (_, shade) => ({ from: first(shade), to: first(shade + 1) - 1 })),
    of: (people) => Math.floor(((people - min) * count) / numbers),
  }
}

function staffedNumbers(spans: readonly CoverageSpan[]): ReadonlySet<number> {
  return new Set(spans.flatMap(({ state, people }) => (state === 'staffed' && people !== null ? [people] : [])))
}

/** `1`, or `4-6`. */
export function rangeText({ from, to }: Shades['ranges'][number]): string {
  return from === to ? `${from}` : `${from}-${to}`
}
