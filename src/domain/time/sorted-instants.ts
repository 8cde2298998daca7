import type { Instant } from './zone.js'

/** How many of the sorted instants are at or before `at`; known to be from `low` to `high`. */
export function countUpTo(instants: Float64Array, at: Instant, low = 0, high = instants.length): number {
  while (low < high) {
    const middle = (low + high) >>> 1
    if (instants[middle]! <= at) low = middle + 1
    else high = middle
  }
  return low
}
