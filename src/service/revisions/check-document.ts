import type { Workspace } from '../../domain/decision/compile-workspace.js'
import { mailboxKey, personKey } from '../../domain/decision/named-agents.js'
import { type PlanRequirement, planRequirements } from '../../domain/decision/plan.js'
import { idFindings, type UnusableId } from '../../domain/document/ids.js'
import { formatPath } from '../../domain/document/problem.js'
import { referenceFindings } from '../../domain/document/references.js'
import type { AgentDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { formatFullMoment, formatMoment } from '../../domain/time/moment.js'
import type { Instant } from '../../domain/time/zone.js'
import { NO_DUTY, toDocument } from '../load.js'
import type { Sections } from '../store/store.js'
import { invalidInput } from '../validate.js'
import type { Draft } from './draft.js'

/**
 * R14: a write that needs a higher plan is refused as a whole. What was so before it is let be.
 * @param stored the sections before the write
 * @throws DriftStatusError (not-allowed) with each setting and the plan it needs
 */
export function checkPlan(draft: Draft, stored: Sections): void {
  const [was, is] = [draft.touched('before'), draft.touched('after')]
  // No plan is needed for a duty: compiling it for these agents alone would be for nothing.
  const before = toDocument({ ...stored, ...was.sections, duty: NO_DUTY }, was.agents)
  const after = toDocument({ ...stored, ...is.sections, duty: NO_DUTY }, is.agents)
  const key = ({ setting }: PlanRequirement) => setting
  const known = new Set(before.plan === after.plan ? planRequirements(before).map(key) : [])
  const added = planRequirements(after).filter((requirement) => !known.has(key(requirement)))
  const [first] = added
  if (!first) return
  const settings = added.map(({ setting, needs }) => `${setting} (needs ${needs})`).join(', ')
  throw new DriftStatusError('not-allowed', `the plan "${after.plan}" does not include ${settings}`, {
    rule: 'R14',
    hint: `move the workspace to the plan "${first.needs}", or leave the setting out; nothing was changed`,
  })
}

/**
 * What has a new id has one that stands everywhere. Those that are there already are let be.
 * @throws DriftStatusError (invalid-input) naming the first that does not
 */
export function checkIds(draft: Draft): void {
  const [was, is] = [draft.touched('before'), draft.touched('after')].map(({ sections, agents }) =>
    idFindings({ ...sections, agents }),
  ) as [readonly UnusableId[], readonly UnusableId[]]
  const known = new Set(was.map(({ path, id }) => `${path[0]} ${id}`))
  const added = is.find(({ path, id }) => !known.has(`${path[0]} ${id}`))
  if (added) throw new DriftStatusError('invalid-input', added.message, { hint: added.hint })
}

/**
 * Everything that a team, a shift, a rule or a playbook names must exist.
 * @throws DriftStatusError (invalid-input) naming what does not
 */
export async function checkReferences(draft: Draft, stored: Sections, before: Workspace, now: Instant): Promise<void> {
  if (!draft.touchesReferences) return
  const { teams, duty, routing, playbooks, hours, holidays } = { ...stored, ...draft.touched('after').sections }
  const root = { teams, duty, routing, playbooks, hours, holidays }
  const named = referenceFindings({ ...root, agents: [] }).flatMap((finding) =>
    'member' in finding ? [finding.member] : [],
  )
  const agents = await draft.transaction.agents.members(named)
  // Two spellings of one email, which files of earlier versions may hold, are no matter of references.
  const findings = referenceFindings({ ...root, agents }).filter(({ path }) => path[0] !== 'agents')
  if (findings.length === 0) return
  const lost = new Set(draft.lostNames.map(personKey))
  throwUses(
    findings,
    (finding) => 'member' in finding && lost.has(personKey(finding.member)),
    'agent',
    () => comingDuties(draft, before, now),
  )
  const teamsBefore = draft.touched('before').sections.teams ?? []
  throwUses(findings, (finding) => 'team' in finding && teamsBefore.some(({ id }) => id === finding.team), 'team')
  throw invalidInput(findings)
}

/**
 * One mailbox is one agent, and a workspace that has an admin keeps one.
 * @throws DriftStatusError (conflict) for the email of somebody else, or when no admin would be left
 */
export async function checkPeople(draft: Draft): Promise<void> {
  let lostAdmin: AgentDocument | undefined
  for (const { before, after } of draft.agentChanges) {
    if (after) await checkMailbox(before, after, draft)
    if (before && isAdmin(before) && !(after && isAdmin(after))) lostAdmin = before
  }
  if (!lostAdmin || (await draft.transaction.agents.firstAdmin())) return
  throw new DriftStatusError('conflict', `${lostAdmin.name ?? lostAdmin.id} is the last admin`, {
    reason: 'last-admin',
    hint: 'make somebody else an admin first',
  })
}

async function checkMailbox(before: AgentDocument | undefined, after: AgentDocument, draft: Draft): Promise<void> {
  // With a new id as well: what was named by an email would become the agent that has it as an id.
  const names = new Set(before ? [] : [after.id])
  if (!before || mailboxKey(before) !== mailboxKey(after)) names.add(after.email ?? after.id)
  for (const name of names) {
    const key = mailboxKey(name === after.email ? after : { id: after.id })
    if (key === undefined) continue
    const others = await draft.transaction.agents.named(key)
    const other = others.find((agent) => agent.id !== after.id && mailboxKey(agent) === key)
    if (!other) continue
    throw new DriftStatusError('conflict', `"${name}" is the email of another agent`, {
      reason: 'email-taken',
      subject: other.id,
      hint: `it is the email of agent ${other.id}`,
    })
  }
}

/** Bots and disabled agents administer nothing. */
function isAdmin({ role, bot, disabled }: AgentDocument): boolean {
  return role === 'admin' && !bot && !disabled
}

/** How many duties are told of one who would leave them. */
const MAX_DUTIES = 5

/** `; on duty next: Tue 09:00-13:00 Front desk`, of those who were removed. */
function comingDuties(draft: Draft, { duty, zone }: Workspace, now: Instant): string {
  const told = [...draft.agentChanges].flatMap(({ before, after }) => {
    const person = before && !after && duty?.personOf(before.id)
    if (!duty || !person) return []
    const coming: string[] = []
    for (const { shift, start, end } of duty.dutiesOf(person, now)) {
      if (coming.length === MAX_DUTIES) return [...coming, 'and more']
      coming.push(`${formatFullMoment(start, zone)} to ${formatMoment(end, zone, start)} ${shift.name}`)
    }
    return coming
  })
  return told.length === 0 ? '' : `; on duty next: ${told.join(', ')}`
}

/** What was taken away and is named still is told by where, not by how the document would be wrong. */
function throwUses(
  findings: ReturnType<typeof referenceFindings>,
  isUse: (finding: ReturnType<typeof referenceFindings>[number]) => boolean,
  what: 'agent' | 'team',
  more: () => string = () => '',
): void {
  const uses = findings.filter(isUse)
  if (uses.length === 0) return
  const places = uses.map(({ path }) => formatPath(path)).join(', ')
  throw new DriftStatusError('invalid-input', `the ${what} is still named by ${places}${more()}`, {
    hint: `take the ${what} out of these first; nothing was changed`,
  })
}
