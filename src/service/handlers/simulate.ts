import { compileWorkspace, type Workspace } from '../../domain/decision/compile-workspace.js'
import { unknownTeam } from '../../domain/decision/routing/entry.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { type Assumptions, assume } from '../../domain/questions/assume.js'
import { askBasis, type BasisAnswer, countBasis } from '../../domain/questions/basis.js'
import { openTimeAfter, openTimeBetween } from '../../domain/questions/business-time.js'
import { checkCondition } from '../../domain/questions/check-condition.js'
import { countEveryone } from '../../domain/questions/everyone.js'
import { exceptionsOf, nextHours, weekOf } from '../../domain/questions/hours-view.js'
import { LOOK_AHEAD, lint } from '../../domain/questions/lint/lint.js'
import { findUnreadFeeds } from '../../domain/questions/lint/lint-holidays.js'
import { beginSimulation } from '../../domain/questions/simulate.js'
import { beginTimeline } from '../../domain/questions/simulate-timeline.js'
import { hoursOf } from '../../domain/questions/whose-hours.js'
import { parseInstant } from '../../domain/time/instant.js'
import type { Instant } from '../../domain/time/zone.js'
import { loadDocument, loadForDeciding } from '../load.js'
import { type AskedDocument, loadForVisitor } from '../load-for-visitor.js'
import { compileGivingWay, compileStored } from '../revisions/effect.js'
import type { ReadTransaction } from '../store/store.js'
import type { HandlersOf } from './handler.js'
import { takeAll } from './take-all.js'

const DEFAULT_CHANGES = 5

type Questions =
  | 'simulate'
  | 'simulateTimeline'
  | 'getBasis'
  | 'lint'
  | 'checkCondition'
  | 'getWeek'
  | 'nextHours'
  | 'openTimeAfter'
  | 'openTimeBetween'
  | 'listExceptions'

/**
 * What the engine answers about a document, about the stored one. What names every agent, in its
 * answer or in an error, is asked of the whole document; the others of what a decision needs, at the
 * instant that is asked about or now, whichever is earlier: statuses that have ended by now are left out.
 */
export const simulationHandlers: HandlersOf<Questions> = {
  simulate: {
    kind: 'read',
    isSteady: true,
    isLong: true,
    async handle({ at, assumptions, ...request }, transaction, { now }) {
      const document = await assumedDocument(transaction, now, assumptions)
      const { sequence, ...answer } = beginSimulation(document, { ...request, at: instantOr(at, now), now })
      return { ...answer, ...(sequence && { sequence: await takeAll(sequence) }) }
    },
  },
  simulateTimeline: {
    kind: 'read',
    isLong: true,
    async handle({ from, to, assumptions, ...request }, transaction, { now }) {
      const stretch = { from: parseInstant(from), to: parseInstant(to), now }
      // An assumption, a route and the last turn may name anybody.
      const isPlain = assumptions === undefined && request.route === undefined && request.after === undefined
      const { document, everyone }: AskedDocument = isPlain
        ? await loadForVisitor(transaction, Math.min(stretch.from, now), request.visitor)
        : { document: await assumedDocument(transaction, now, assumptions) }
      const { changes, ...answer } = beginTimeline(document, { ...request, ...stretch, everyone })
      return { ...answer, changes: await takeAll(changes) }
    },
  },
  getBasis: {
    kind: 'read',
    isSteady: true,
    isLong: true,
    async handle({ from, to, assumptions, names = true }, transaction, { now }) {
      const start = instantOr(from, now)
      const end = to === undefined ? start + LOOK_AHEAD : parseInstant(to)
      if (!names && assumptions === undefined) return countedBasis(transaction, now, start, end)
      const workspace = await compileGivingWay(await assumedDocument(transaction, now, assumptions))
      return names ? askBasis(workspace, start, end) : countBasis(workspace, start, end)
    },
  },
  lint: {
    kind: 'read',
    isSteady: true,
    isLong: true,
    async handle({ at }, transaction, { now }) {
      const when = instantOr(at, now)
      const workspace = await compileGivingWay(await lintedDocument(transaction, now, when))
      return [...lint(workspace, when), ...findUnreadFeeds(workspace, await transaction.feeds.list(), when)]
    },
  },
  checkCondition: {
    kind: 'read',
    isSteady: true,
    async handle({ condition, at, team }, transaction, { now }) {
      const when = instantOr(at, now)
      const workspace =
        team === undefined ? await compileStored(transaction, when) : await compileWithTeam(team, transaction, when)
      return checkCondition(condition, workspace, when, team)
    },
  },
  listExceptions: {
    kind: 'read',
    isSteady: true,
    async handle({ at, team }, transaction, { now }) {
      const when = instantOr(at, now)
      return exceptionsOf(hoursOf(await compileStored(transaction, when), team), when)
    },
  },
  getWeek: {
    kind: 'read',
    isSteady: true,
    async handle({ at, team }, transaction, { now }) {
      const when = instantOr(at, now)
      return weekOf(hoursOf(await compileStored(transaction, when), team), when)
    },
  },
  openTimeAfter: {
    kind: 'read',
    isSteady: true,
    async handle({ at, minutes, team }, transaction, { now }) {
      const when = instantOr(at, now)
      return openTimeAfter(hoursOf(await compileStored(transaction, when), team), when, minutes)
    },
  },
  openTimeBetween: {
    kind: 'read',
    isSteady: true,
    async handle({ from, to, team }, transaction, { now }) {
      return openTimeBetween(hoursOf(await compileStored(transaction, now), team), parseInstant(from), parseInstant(to))
    },
  },
  nextHours: {
    kind: 'read',
    isSteady: true,
    async handle({ at, count = DEFAULT_CHANGES, team }, transaction, { now }) {
      const when = instantOr(at, now)
      return nextHours(hoursOf(await compileStored(transaction, when), team), when, count)
    },
  },
}

/** How many there are is known without reading everyone. */
async function countedBasis(
  transaction: ReadTransaction,
  now: Instant,
  from: Instant,
  to: Instant,
): Promise<BasisAnswer> {
  const { document, everyone } = await loadForVisitor(transaction, Math.min(from, now), undefined)
  return countBasis(await compileGivingWay(document), from, to, countEveryone(everyone))
}

/** As much of the workspace as lint looks at: below premium each agent may have a chat limit that the plan has not (R13). */
async function lintedDocument(transaction: ReadTransaction, now: Instant, when: Instant): Promise<WorkspaceDocument> {
  const { plan } = (await transaction.section('general')).value
  return plan === 'premium' ? loadForDeciding(transaction, Math.min(when, now)) : loadDocument(transaction, now)
}

/** As much of the workspace as a question about a team needs. */
async function compileWithTeam(team: string, transaction: ReadTransaction, at: Instant): Promise<Workspace> {
  const ids = (await transaction.section('teams')).value.map(({ id }) => id)
  if (!ids.includes(team)) throw unknownTeam(team, ids)
  return compileWorkspace(await loadForDeciding(transaction, at, [{ team }]))
}

/** The whole document as it would be if the assumptions held, compiled. */
async function assumedDocument(
  transaction: ReadTransaction,
  now: Instant,
  assumptions: Assumptions | undefined,
): Promise<WorkspaceDocument> {
  const stored = await loadDocument(transaction, now)
  const document = assumptions ? assume(stored, assumptions) : stored
  await compileGivingWay(document)
  return document
}

function instantOr(at: string | undefined, now: Instant): Instant {
  return at === undefined ? now : parseInstant(at)
}
