/** Someone whom the duty names. */
export interface Person {
  /** The agent's id. */
  readonly id: string
  /** Position among all whom the duty names. */
  readonly index: number
}

/** A place in a shift, and who holds it (R31, R33). */
export interface Place {
  readonly agent: Person
  /** Whose place it is: the agent's own, unless it is covered. */
  readonly planned: Person
  /** Of the cover. */
  readonly note: string | undefined
}

/** Whether the same people hold the same places. */
export function isSameCrew(a: readonly Place[], b: readonly Place[]): boolean {
  if (a === b) return true
  return (
    a.length === b.length &&
    a.every((place, index) => {
      const other = b[index]!
      return place.agent === other.agent && place.planned === other.planned && place.note === other.note
    })
  )
}
