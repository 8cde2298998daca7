import { giveWay } from '../api/pause.js'
import { isGated } from '../domain/decision/team.js'
import { keptAgent, leftToDuty } from '../domain/decision/timed-states.js'
import type { DutyDocument } from '../domain/document/duty-schema.js'
import type { AgentDocument, TargetDocument, WorkspaceDocument } from '../domain/document/schema.js'
import { dutyOf } from '../domain/duty/compile-duty.js'
import { namesInDuty } from '../domain/duty/duty-names.js'
import type { Instant } from '../domain/time/zone.js'
import type { ReadTransaction, Sections, Snapshot } from './store/store.js'

/** Agents read at once: a few milliseconds of work. */
const PAGE = 1000

/** The sections of a document: everything but its agents. */
export async function loadSections(transaction: ReadTransaction): Promise<Sections> {
  const [general, widget, hours, holidays, teams, duty, greeting, playbooks, routing] = await Promise.all([
    transaction.section('general'),
    transaction.section('widget'),
    transaction.section('hours'),
    transaction.section('holidays'),
    transaction.section('teams'),
    transaction.section('duty'),
    transaction.section('greeting'),
    transaction.section('playbooks'),
    transaction.section('routing'),
  ])
  return {
    general: general.value,
    widget: widget.value,
    hours: hours.value,
    holidays: holidays.value,
    teams: teams.value,
    duty: duty.value,
    greeting: greeting.value,
    playbooks: playbooks.value,
    routing: routing.value,
  }
}

/** A workspace without a duty keeps an empty one. */
export const NO_DUTY: DutyDocument = { shifts: [], covers: [] }

/** The document of sections and agents. */
export function toDocument(
  { general, holidays, duty, ...sections }: Sections,
  agents: readonly AgentDocument[],
): WorkspaceDocument {
  const hasDuty = duty.shifts.length > 0 || duty.covers.length > 0
  const rota = dutyOf({ duty, timeZone: general.timeZone, agents })?.rota
  return {
    version: 1,
    ...general,
    ...sections,
    ...(holidays.length > 0 && { holidays }),
    ...(hasDuty && { duty }),
    agents: rota ? agents.map((agent) => (rota.has(agent.id) ? leftToDuty(agent) : agent)) : [...agents],
  }
}

/** The sections of a document, and its agents as they are kept: each with a status that no shift decides (R32). */
export function fromDocument(document: WorkspaceDocument): { sections: Sections; agents: readonly AgentDocument[] } {
  const { name, plan, timeZone, chatLimit, widget, hours, teams, greeting, playbooks, routing } = document
  const { holidays = [], duty = NO_DUTY } = document
  const general = { name, plan, timeZone, ...(chatLimit !== undefined && { chatLimit }) }
  const rota = dutyOf(document)?.rota
  const agents = document.agents.map((agent) => keptAgent(agent, rota?.has(agent.id) ?? false))
  return { sections: { general, widget, hours, holidays, teams, duty, greeting, playbooks, routing }, agents }
}

const whole = new WeakMap<Snapshot, WorkspaceDocument>()
const loaded = new WeakMap<Snapshot, { readonly from: Instant; readonly document: WorkspaceDocument }>()

/** Every agent, a page at a time: what waits meanwhile goes first. */
export async function loadAgents(transaction: ReadTransaction, at: Instant): Promise<readonly AgentDocument[]> {
  const agents: AgentDocument[] = []
  while (true) {
    const page = await transaction.agents.list({ limit: PAGE, after: agents.at(-1)?.id }, at)
    agents.push(...page)
    if (page.length < PAGE) return agents
    await giveWay()
  }
}

/** The whole workspace: loaded once for each snapshot. */
export async function loadDocument(transaction: ReadTransaction, at: Instant): Promise<WorkspaceDocument> {
  const { snapshot } = transaction
  const known = whole.get(snapshot)
  if (known) return known
  const sections = await loadSections(transaction)
  const document = toDocument(sections, await loadAgents(transaction, at))
  whole.set(snapshot, document)
  return document
}

/**
 * As much of the workspace as a decision needs: its cost does not grow with agents that no rule
 * names. Deciding on it answers the same as on the whole, at `at` and after it: it is loaded once for
 * each snapshot, and again only for a clock that jumps back.
 *
 * @param also targets beside those of the rules and the playbooks
 */
export async function loadForDeciding(
  transaction: ReadTransaction,
  at: Instant,
  also: readonly TargetDocument[] = [],
): Promise<WorkspaceDocument> {
  const { snapshot } = transaction
  if (also.length > 0) return loadTargeted(transaction, at, also)
  const known = loaded.get(snapshot)
  if (known && known.from <= at) return known.document
  const document = await loadTargeted(transaction, at, also)
  loaded.set(snapshot, { from: at, document })
  return document
}

async function loadTargeted(
  transaction: ReadTransaction,
  at: Instant,
  also: readonly TargetDocument[],
): Promise<WorkspaceDocument> {
  const sections = await loadSections(transaction)
  const targets = [...targetsOf(sections), ...also]
  // Whether these take chats is a question of its own (R37).
  const gated = sections.teams.filter(isGated)
  const agents = await transaction.agents.forDeciding(
    [
      ...new Set([
        ...membersOf(targets, sections),
        ...gated.flatMap(({ members }) => members),
        ...namesInDuty(sections.duty),
      ]),
    ],
    at,
  )
  // Teams that no target names take chats always, whoever is in them: members of theirs are not loaded.
  const targeted = new Set(targets.flatMap((target) => (typeof target === 'object' ? (target.team ?? []) : [])))
  const teams = sections.teams.map((team) =>
    targeted.has(team.id) || gated.includes(team) ? team : { ...team, members: [] },
  )
  return toDocument({ ...sections, teams }, agents)
}

function membersOf(targets: readonly TargetDocument[], { teams }: Sections): readonly string[] {
  return targets.flatMap((target) => {
    if (typeof target === 'string') return []
    const team = teams.find(({ id }) => id === target.team)
    return [
      ...(target.agent === undefined ? [] : [target.agent]),
      ...(target['round-robin'] ?? []),
      ...(team?.members ?? []),
    ]
  })
}

function targetsOf({ routing, playbooks }: Sections): readonly TargetDocument[] {
  return [
    ...routing.rules.map(({ to }) => to),
    ...(routing.default ? [routing.default.to] : []),
    ...playbooks.flatMap(({ goal }) => (goal ? [goal.route.to] : [])),
  ]
}
