import type { AssignmentAnswer, CursorListAnswer } from '../../api/contract/answers.js'
import type { Agent } from '../../domain/decision/agent.js'
import { compileWorkspace, type Workspace } from '../../domain/decision/compile-workspace.js'
import { visitorOf } from '../../domain/decision/conditions/facts.js'
import { type Decision, decide } from '../../domain/decision/decide.js'
import { parseEntry } from '../../domain/decision/routing/entry.js'
import { accountOwnerOf, type Group, isGroup, type RoutingState } from '../../domain/decision/routing/routing.js'
import type { TargetDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'
import { describeRouting } from '../../domain/questions/describe-routing.js'
import { formatInstant } from '../../domain/time/instant.js'
import type { Zone } from '../../domain/time/zone.js'
import type { Actor } from '../actor.js'
import { loadForDeciding } from '../load.js'
import { cursorKeys } from '../revisions/draft.js'
import { compileStored } from '../revisions/effect.js'
import { asRecord, namesById, namesIn } from '../revisions/names.js'
import type { Assignment, ReadTransaction } from '../store/store.js'
import { findStoredAgent } from './find-agent.js'
import type { HandlersOf } from './handler.js'

const PAGE = 50

type RoutingOperations =
  | 'getTeams'
  | 'putTeams'
  | 'getRouting'
  | 'putRouting'
  | 'getPlaybooks'
  | 'putPlaybooks'
  | 'route'
  | 'listAssignments'
  | 'endAssignment'
  | 'getCursors'
  | 'putCursor'

export const routingHandlers: HandlersOf<RoutingOperations> = {
  getTeams: { kind: 'read', isSteady: true, handle: (_, transaction) => withNames('teams', transaction) },
  putTeams: { kind: 'edit', etag: 'teams', handle: ({ teams }, draft) => draft.put('teams', teams) },
  getRouting: { kind: 'read', isSteady: true, handle: (_, transaction) => withNames('routing', transaction) },
  putRouting: { kind: 'edit', etag: 'routing', handle: ({ routing }, draft) => draft.put('routing', routing) },
  getPlaybooks: { kind: 'read', isSteady: true, handle: (_, transaction) => withNames('playbooks', transaction) },
  putPlaybooks: {
    kind: 'edit',
    etag: 'playbooks',
    handle: ({ playbooks }, draft) => draft.put('playbooks', playbooks),
  },

  route: {
    kind: 'routing',
    async handle({ visitor, route }, transaction, { now, actor, dryRun }) {
      const facts = visitorOf(visitor ?? {})
      const owner = accountOwnerOf(facts)
      const also = [
        ...(await routeTargets(route, transaction, actor)),
        ...(owner === undefined ? [] : [{ agent: owner }]),
      ]
      const document = await loadForDeciding(transaction, now, also)
      const workspace = compileWorkspace(document)
      const state = new StoredRoutingState(workspace, await transaction.cursors())
      const entry = route === undefined ? undefined : parseEntry(route, workspace)
      const decision = decide(workspace, now, facts, { entry, state })
      const { assignee, calendar, target, rule } = decision.routing
      const cursorKey = target && isGroup(target) ? target.cursorKey : undefined
      // When nobody was routed, the group that was tried last had a cursor all the same.
      const assumed = cursorKey ?? (assignee ? undefined : state.lastAsked)
      const cursor = assumed === undefined ? undefined : await transaction.cursor(assumed)
      const assignment = assignee ? await transaction.assignments.add(assignee.id, rule, now) : undefined
      // R23: the cursor moves in the transaction that records the assignment.
      if (assignee && cursorKey !== undefined) await transaction.putCursor(cursorKey, assignee.id)
      return {
        workspace: document.name,
        // The number of a dry run is given to the next chat.
        assignment: dryRun ? null : (assignment?.id ?? null),
        assignee: assignee?.id ?? null,
        calendar: calendar?.id ?? null,
        names: namesOfCandidates(workspace, decision),
        routing: describeRouting(workspace, decision, { visitor: facts, state, cursor }),
      }
    },
  },
  listAssignments: {
    kind: 'read',
    async handle({ limit = PAGE }, transaction, { now }) {
      const { zone } = await compileStored(transaction, now)
      const assignments = await transaction.assignments.open(limit)
      const names = await namesById(
        transaction,
        assignments.map(({ agent }) => agent),
      )
      return assignments.map((assignment) => ({
        ...assignmentAnswer(assignment, zone),
        name: Object.hasOwn(names, assignment.agent) ? names[assignment.agent]! : null,
      }))
    },
  },
  endAssignment: {
    kind: 'routing',
    async handle({ id }, transaction, { now }) {
      const assignment = await transaction.assignments.find(id)
      if (!assignment) {
        throw new DriftStatusError('not-found', `there is no assignment ${id}`, {
          reason: 'assignment-not-found',
        })
      }
      await transaction.assignments.end(id, now)
      const { zone, document } = await compileStored(transaction, now)
      return { workspace: document.name, ...assignmentAnswer((await transaction.assignments.find(id))!, zone) }
    },
  },
  getCursors: { kind: 'read', handle: (_, transaction) => listCursors(transaction) },
  putCursor: {
    kind: 'routing',
    async handle({ group, agent }, transaction, { actor }) {
      await checkGroup(group, transaction)
      const id = agent === null ? undefined : (await findStoredAgent(transaction, agent, actor)).agent.id
      await transaction.putCursor(group, id)
      return listCursors(transaction)
    },
  },
}

/** Whom a route names beside the rules, so that they are loaded; what it cannot name is refused when it is read. */
async function routeTargets(
  route: string | undefined,
  transaction: ReadTransaction,
  actor: Actor,
): Promise<TargetDocument[]> {
  const [, kind, name = ''] = /^(team|agent|round-robin):(.+)$/.exec(route ?? '') ?? []
  if (kind === undefined) return []
  if (kind === 'team') return [{ team: name }]
  const names = kind === 'agent' ? [name] : name.split(',').map((member) => member.trim())
  const found = await Promise.all(names.map((member) => findStoredAgent(transaction, member, actor)))
  return [{ 'round-robin': found.map(({ agent }) => agent.id) }]
}

/** A section, and the names of the agents in it. */
async function withNames<Name extends 'teams' | 'routing' | 'playbooks'>(name: Name, transaction: ReadTransaction) {
  const stored = await transaction.section(name)
  return { ...stored, names: await namesIn(transaction, stored.value) }
}

function namesOfCandidates({ roster }: Workspace, { routing }: Decision): Readonly<Record<string, string>> {
  const { candidates, assignee, calendar } = routing
  const ids = [...candidates.map(({ agent }) => agent), ...[assignee, calendar].flatMap((agent) => agent?.id ?? [])]
  return asRecord(ids.map((id) => [id, roster.find(id)?.name ?? id]))
}

async function listCursors(transaction: ReadTransaction): Promise<CursorListAnswer> {
  const { name } = (await transaction.section('general')).value
  const cursors = [...(await transaction.cursors())].map(([group, agent]) => ({ group, agent }))
  const names = await namesById(
    transaction,
    cursors.map(({ agent }) => agent),
  )
  return { workspace: name, cursors, names }
}

/** A cursor belongs to a team, a rule, a playbook or the default rule that takes turns. */
async function checkGroup(group: string, transaction: ReadTransaction): Promise<void> {
  const [teams, routing, playbooks] = await Promise.all([
    transaction.section('teams'),
    transaction.section('routing'),
    transaction.section('playbooks'),
  ])
  const known = [
    ...cursorKeys('teams', teams.value),
    ...cursorKeys('routing', routing.value),
    ...cursorKeys('playbooks', playbooks.value),
  ]
  if (known.includes(group)) return
  throw new DriftStatusError('not-found', `"${group}" is not a group that takes turns`, {
    hint: didYouMean(group, known) ?? 'write team:ID, rule:ID, playbook:ID or default',
  })
}

/** What the store holds; agents carry their own open chats and turns. */
export class StoredRoutingState implements RoutingState {
  /** The group whose cursor was asked for last. */
  lastAsked: string | undefined
  readonly #roster: Workspace['roster']
  readonly #cursors: ReadonlyMap<string, string>

  constructor({ roster }: Workspace, cursors: ReadonlyMap<string, string>) {
    this.#roster = roster
    this.#cursors = cursors
  }

  cursorOf({ cursorKey }: Group): number {
    this.lastAsked = cursorKey
    const agent = this.#cursors.get(cursorKey)
    return agent === undefined ? -1 : this.#roster.rankOf(agent)
  }

  openChatsOf(agent: Agent): number {
    return agent.openChats
  }

  lastRoutedAtOf(agent: Agent): number {
    return agent.lastRoutedAt
  }

  nextRandom(): number {
    return Math.random()
  }
}

function assignmentAnswer({ id, at, agent, rule, endedAt }: Assignment, zone: Zone): AssignmentAnswer {
  return {
    id,
    at: formatInstant(at, zone),
    agent,
    rule: rule ?? null,
    endedAt: endedAt === undefined ? null : formatInstant(endedAt, zone),
  }
}
