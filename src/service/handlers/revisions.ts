import type { RevisionAnswer } from '../../api/contract/answers.js'
import { DriftStatusError } from '../../domain/errors.js'
import { parseInstant } from '../../domain/instant.js'
import { isEqual, isOrderPath, isSameOrder, parsePath, patch, valueAt } from '../diff.js'
import type { Draft } from '../draft.js'
import type { HandlersOf } from '../handler.js'
import { type Change, type ReadTransaction, type Revision, SECTION_NAMES, type SectionName } from '../store/store.js'
import { parseAgent, parseSection } from '../validate.js'

const PAGE = 20

export const revisionHandlers: HandlersOf<'listRevisions' | 'getRevision' | 'revert'> = {
  listRevisions: {
    kind: 'read',
    async handle({ since, limit = PAGE, ...filter }, transaction) {
      const page = await transaction.revisions({
        ...filter,
        since: since === undefined ? undefined : parseInstant(since),
        limit: limit + 1,
      })
      const revisions = page.slice(0, limit)
      return { revisions: revisions.map(revisionAnswer), next: page.length > limit ? revisions.at(-1)!.number : null }
    },
  },
  getRevision: {
    kind: 'read',
    handle: async ({ number }, transaction) => revisionAnswer(await findRevision(transaction, number)),
  },
  revert: {
    kind: 'edit',
    etag: 'workspace',
    async handle({ number, force = false }, draft) {
      const { changes } = await findRevision(draft.transaction, number)
      if (number === 1) {
        throw new DriftStatusError('invalid-input', 'revision 1 made the workspace', {
          hint: 'there is nothing before it',
        })
      }
      if (changes.some(({ path }) => path.startsWith('tokens['))) {
        throw new DriftStatusError('invalid-input', `revision ${number} changed a token, which cannot be undone`, {
          hint: 'end a token with "drift-status token revoke ID", or make another with "drift-status token create"',
        })
      }
      // Items first: an order may name items that have to come back.
      const items = changes.filter(({ path }) => !isOrderPath(path))
      const orders = changes.filter(({ path }) => isOrderPath(path))
      for (const change of [...items, ...orders]) await undo(change, number, draft, force)
    },
  },
}

async function findRevision(transaction: ReadTransaction, number: number): Promise<Revision> {
  const revision = await transaction.revision(number)
  if (revision) return revision
  const last = await transaction.lastRevision()
  throw new DriftStatusError('not-found', `there is no revision ${number}`, {
    hint: `the last one is ${last}: run "drift-status log"`,
  })
}

/** Undoes one change; refuses when what it wrote is no longer there, unless forced. */
async function undo(change: Change, number: number, draft: Draft, force: boolean): Promise<void> {
  const steps = parsePath(change.path)
  const [first, second] = steps
  if (first?.name === 'agents' && second) {
    const current = await draft.agent(second.name)
    const inner = steps.slice(2)
    if (!force) await checkUnchanged(change, valueAt(current, inner), number, draft)
    const after = patch(current, inner, change.before)
    if (!current && after !== undefined) draft.add(parseAgent(after))
    else if (current && after === undefined) draft.remove(current)
    else if (current) draft.update(current, parseAgent(after))
    return
  }
  const section = SECTION_NAMES.find((name) => name === first?.name) ?? 'general'
  const inner = section === 'general' ? steps : steps.slice(1)
  const value = await draft.section(section)
  if (!force) await checkUnchanged(change, valueAt(value, inner), number, draft)
  await putPatched(section, patch(value, inner, change.before), draft)
}

async function putPatched<Name extends SectionName>(name: Name, value: unknown, draft: Draft): Promise<void> {
  await draft.put(name, parseSection(name, value))
}

async function checkUnchanged({ path, after }: Change, current: unknown, number: number, draft: Draft): Promise<void> {
  if (isOrderPath(path) ? isSameOrder(current, after) : isEqual(current, after)) return
  const [later] = await draft.transaction.revisions({ path, limit: 1 })
  const who = later && later.number > number ? `revision ${later.number} changed it since` : 'it has changed since'
  throw new DriftStatusError('conflict', `revision ${number} wrote ${path}, and ${who}`, {
    hint: `look at it with "drift-status log --what ${path}"; revert with --force to overwrite it`,
  })
}

export function revisionAnswer({ number, at, actor, note, changes }: Revision): RevisionAnswer {
  return { number, at: new Date(at).toISOString(), actor, note: note ?? null, changes }
}
