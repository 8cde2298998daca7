import type { WorkspaceDocument } from '../document/schema.js'
import { PLANS, type Plan } from '../words.js'

/** A setting that the workspace's plan does not include (R13). */
export interface PlanRequirement {
  readonly path: string
  readonly setting: string
  readonly needs: Plan
}

/** Every setting of a document that its plan does not include (R13); a write that has any is refused (R14). */
export function planRequirements(document: WorkspaceDocument): readonly PlanRequirement[] {
  return usedFeatures(document).filter(({ needs }) => PLANS.indexOf(needs) > PLANS.indexOf(document.plan))
}

function usedFeatures(document: WorkspaceDocument): PlanRequirement[] {
  const { widget, routing, playbooks, teams, agents } = document
  const features: PlanRequirement[] = []
  const use = (path: string, setting: string, needs: Plan) => features.push({ path, setting, needs })
  if (widget.display === 'online-only') use('widget.display', 'showing the widget by mode', 'pro')
  routing.rules.forEach((rule, index) => {
    use(`routing.rules[${index}]`, `routing rule "${rule.id}"`, 'pro')
  })
  if (isRoundRobin(routing.default?.to)) use('routing.default.to', 'round robin', 'pro')
  playbooks.forEach((playbook, index) => {
    if (playbook.type !== 'welcome') use(`playbooks[${index}]`, `playbook "${playbook.id}"`, 'pro')
    if (isRoundRobin(playbook.goal?.route.to)) use(`playbooks[${index}].goal.route.to`, 'round robin', 'pro')
  })
  teams.forEach((team, index) => {
    use(`teams[${index}]`, `team "${team.id}"`, 'premium')
  })
  if (document.chatLimit !== undefined) use('chatLimit', 'the chat limit', 'premium')
  agents.forEach((agent, index) => {
    if (agent.chatLimit !== undefined)
      use(`agents[${index}].chatLimit`, `the chat limit of agent ${agent.id}`, 'premium')
  })
  return features
}

function isRoundRobin(target: unknown): boolean {
  return typeof target === 'object' && target !== null && 'round-robin' in target
}
