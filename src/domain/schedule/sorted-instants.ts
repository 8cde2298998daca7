import type { Instant } from './zone.js'

/** How many of the sorted instants are at or before `at`. */
export function countUpTo(instants: Float64Array, at: Instant): number {
  let low = 0
  let high = instants.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (instants[middle]! <= at) low = middle + 1
    else high = middle
  }
  return low
}
