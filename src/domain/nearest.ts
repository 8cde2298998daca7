/**
 * The candidate a person most probably meant, for "did you mean": the one with the fewest
 * typing mistakes, or undefined when none is near.
 *
 * @example nearest('fridya', ['thursday', 'friday']) // 'friday'
 */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  const wanted = text.toLowerCase()
  const limit = Math.max(1, Math.floor(wanted.length * 0.4))
  let best: string | undefined
  let bestDistance = limit + 1
  for (const candidate of candidates) {
    const lower = candidate.toLowerCase()
    if (lower === wanted) return candidate
    if (Math.abs(lower.length - wanted.length) >= bestDistance) continue
    const distance = typingDistance(wanted, lower)
    const hasSomethingInCommon = distance < Math.max(wanted.length, lower.length)
    if (distance < bestDistance && hasSomethingInCommon) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** `did you mean "X"?` for the nearest candidate, or undefined. */
export function didYouMean(text: string, candidates: Iterable<string>): string | undefined {
  const match = nearest(text, candidates)
  return match === undefined ? undefined : `did you mean "${match}"?`
}

/** Optimal string alignment: insertions, deletions, replacements and swapped neighbours cost 1 each. */
function typingDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      let cost = Math.min(replaced, last[j]! + 1, row[j - 1]! + 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) cost = Math.min(cost, beforeLast[j - 2]! + 1)
      row.push(cost)
    }
    beforeLast = last
    last = row
  }
  return last[b.length]!
}
