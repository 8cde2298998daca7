import type { PlaybookDocument } from '../../domain/document/schema.js'
import type { DriftPlaybook } from '../documents.js'
import { integerIdOf } from './integer-id.js'

/** A playbook as Drift's. Its targeting has no place there. */
export function playbookDocument({ id, name, goal }: PlaybookDocument, orgId: number): DriftPlaybook {
  return {
    id: integerIdOf(id),
    name: name ?? id,
    orgId,
    meta: {},
    goals: goal ? [{ id: `${id}:goal` }] : [],
  }
}
