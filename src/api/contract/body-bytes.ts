import type { OperationId } from './operations.js'

const [KB, MB] = [1024, 1024 * 1024]

/** The most bytes that a request may send: a document of a hundred thousand agents, ten thousand scenarios, a list of rules or members, anything else. */
export const BODY_BYTES = { document: 16 * MB, scenarios: 4 * MB, section: MB, other: 64 * KB } as const

/** The same in words, as errors and documentation say it. */
export const BODY_LIMITS = `a workspace document may have ${BODY_BYTES.document / MB} MB, scenarios ${BODY_BYTES.scenarios / MB} MB, a list of rules or members ${BODY_BYTES.section / MB} MB, anything else ${BODY_BYTES.other / KB} kB`

const LARGE_BODIES: Partial<Record<OperationId, number>> = {
  putWorkspace: BODY_BYTES.document,
  planWorkspace: BODY_BYTES.document,
  check: BODY_BYTES.scenarios,
  putHours: BODY_BYTES.section,
  putHolidays: BODY_BYTES.section,
  putTeams: BODY_BYTES.section,
  putRouting: BODY_BYTES.section,
  putPlaybooks: BODY_BYTES.section,
}

/** The most bytes that the body of an operation may have. */
export function bodyBytesOf(id: OperationId): number {
  return LARGE_BODIES[id] ?? BODY_BYTES.other
}
