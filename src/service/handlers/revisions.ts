import type { RevisionAnswer } from '../../api/contract/answers.js'
import { DriftStatusError } from '../../domain/errors.js'
import { parseInstant } from '../../domain/time/instant.js'
import { namesOf } from '../revisions/names.js'
import { undoAll } from '../revisions/undo.js'
import type { ReadTransaction, Revision } from '../store/store.js'
import type { HandlersOf } from './handler.js'

const PAGE = 20

export const revisionHandlers: HandlersOf<'listRevisions' | 'getRevision' | 'revert'> = {
  // A revision may name every agent.
  listRevisions: {
    kind: 'read',
    isLong: true,
    async handle({ since, limit = PAGE, ...filter }, transaction) {
      const { revisions, hasMore } = await transaction.revisions.list({
        ...filter,
        since: since === undefined ? undefined : parseInstant(since),
        limit,
      })
      const changes = revisions.flatMap((revision) => revision.changes)
      const actors = revisions.map(({ actor }) => actor)
      return {
        revisions: revisions.map(revisionAnswer),
        next: hasMore ? revisions.at(-1)!.number : null,
        names: await namesOf(transaction, changes, actors),
        timeZone: await timeZoneOf(transaction),
      }
    },
  },
  getRevision: {
    kind: 'read',
    isLong: true,
    async handle({ number }, transaction) {
      const revision = await findRevision(transaction, number)
      const names = await namesOf(transaction, revision.changes, [revision.actor])
      return { ...revisionAnswer(revision), names, timeZone: await timeZoneOf(transaction) }
    },
  },
  revert: {
    kind: 'edit',
    etag: 'workspace',
    async handle({ number, force = false }, draft, { now }) {
      const { changes } = await findRevision(draft.transaction, number)
      if (number === 1) {
        throw new DriftStatusError('invalid-input', 'revision 1 made the workspace', {
          hint: 'there is nothing before it',
        })
      }
      const settings = changes.filter(({ path }) => !path.startsWith('tokens['))
      if (settings.length === 0 && changes.length > 0) {
        throw new DriftStatusError('invalid-input', `revision ${number} changed a token, which cannot be undone`, {
          reason: 'token-not-undone',
          hint: 'revoke the token, or create another',
        })
      }
      // Tokens that ended with their agent stay ended: who comes back is given new ones.
      await undoAll(number, settings, draft, { force, now })
    },
  },
}

async function timeZoneOf(transaction: ReadTransaction): Promise<string> {
  return (await transaction.section('general')).value.timeZone
}

async function findRevision(transaction: ReadTransaction, number: number): Promise<Revision> {
  const revision = await transaction.revisions.find(number)
  if (revision) return revision
  const last = await transaction.revisions.last()
  throw new DriftStatusError('not-found', `there is no revision ${number}`, {
    reason: 'revision-not-found',
    hint: `the last one is ${last}`,
  })
}

export function revisionAnswer({ number, at, actor, note, changes, applied }: Revision): RevisionAnswer {
  return {
    number,
    at: new Date(at).toISOString(),
    actor,
    note: note ?? null,
    changes,
    ...(applied && { applied: { source: applied.source ?? null } }),
  }
}
