import { compareIds } from '../src/domain/decision/agent.js'
import { PLANS } from '../src/domain/words.js'

export type OutsideHours = 'closed' | 'allday' | readonly (readonly [open: string, close: string])[]

export interface OutsideRule {
  readonly type: string
  readonly members?: readonly string[]
  readonly rules?: readonly OutsideRule[]
  /** Whom `single` or `owner` names. */
  readonly agent?: string | null
  readonly member?: string | null
  readonly owner?: string | null
}

/** One case of test/cases/outside.json: what another system of this field was asked, and answered. */
export interface OutsideCase {
  readonly id: string
  readonly source: string
  readonly kind: 'hours' | 'status' | 'routing'
  readonly core?: boolean
  readonly timezone: string
  readonly hours?: Readonly<Record<string, OutsideHours>> | null
  readonly exceptions?: readonly { readonly from: string; readonly to?: string | null; readonly hours: OutsideHours }[]
  readonly at?: string | null
  readonly mode?: string
  readonly manual?: string | null
  readonly autoOffline?: boolean
  readonly plan?: string
  readonly playbooks?: readonly { readonly id: string; readonly type: string; readonly when: string }[]
  readonly agents?: readonly {
    readonly id: string
    readonly status?: string
    readonly open?: number
    readonly limit?: number | null
    readonly lastAssigned?: string | null
    readonly disabled?: boolean
    readonly bot?: boolean
  }[]
  readonly rule?: OutsideRule
  readonly limit?: number | null
  readonly state?: { readonly last?: string | null }
  readonly owner?: string | null
  readonly expect: Readonly<Record<string, unknown>>
}

const MODE_POLICIES = { auto: 'automatic', automatic: 'automatic', online: 'online', offline: 'offline' }
const STATUSES = { available: 'available', online: 'available', away: 'away', offline: 'away', busy: 'away' }
const STRATEGIES = {
  round_robin: 'in-order',
  least_busy: 'least-open',
  least_recent: 'least-recent',
  random: 'random',
}

/** A case as a workspace document, in JSON; `changes` replace its parts. */
export function workspaceText(outside: OutsideCase, changes: object = {}): string {
  const { timezone, playbooks = [], limit, plan = 'paid', rule, agents = [] } = outside
  const ids = new AgentIds(outside)
  return JSON.stringify({
    version: 1,
    // "Paid" is any plan above free; this one has all that a case may use.
    plan: plan === 'paid' ? 'premium' : PLANS.find((name) => name === plan),
    timeZone: timezone,
    widget: widgetOf(outside),
    hours: hoursOf(outside),
    agents: [
      ...agents.map(({ id, status = 'available', open, limit: own, lastAssigned, disabled, bot }) => ({
        id: ids.toOurs(id),
        status: pick(STATUSES, status),
        openChats: open,
        chatLimit: own ?? undefined,
        lastRoutedAt: lastAssigned ?? undefined,
        disabled,
        bot,
      })),
      ...ids.gone.map((id) => ({ id: ids.toOurs(id), disabled: true })),
    ],
    chatLimit: limit ?? undefined,
    playbooks,
    routing: rule && routingOf(rule, ids),
    ...changes,
  })
}

/** Business hours alone: automatic mode, with somebody behind the counter. */
export function hoursText(outside: OutsideCase): string {
  const agents = [{ id: 'somebody', status: 'available' }]
  return JSON.stringify({ version: 1, timeZone: outside.timezone, hours: hoursOf(outside), agents })
}

export function widgetOf({ mode = 'auto', manual, autoOffline }: OutsideCase): object {
  return { mode: pick(MODE_POLICIES, mode === 'manual' ? `${manual}` : mode), autoOffline }
}

function hoursOf({ hours, exceptions = [] }: OutsideCase): object {
  return {
    weekly: Object.fromEntries(Object.entries(hours ?? {}).map(([day, ranges]) => [day, dayHoursOf(ranges)])),
    exceptions: exceptions.map(({ from, to, hours: ranges }) => {
      const dates = to == null || to === from ? { date: from } : { from, to }
      return { ...dates, hours: dayHoursOf(ranges) }
    }),
  }
}

function dayHoursOf(hours: OutsideHours): string | readonly string[] {
  if (hours === 'allday') return '00:00-24:00'
  return hours === 'closed' ? hours : rangeTexts(hours)
}

export function rangeTexts(hours: OutsideHours): readonly string[] {
  return typeof hours === 'string' ? [] : hours.map(([open, close]) => `${open}-${close}`)
}

/** A waterfall is the rules themselves; any other rule is the default rule. */
function routingOf(rule: OutsideRule, ids: AgentIds): object {
  if (rule.type !== 'waterfall') return { default: { to: targetOf(rule, ids) } }
  const steps = (rule.rules ?? []).flatMap((step) => (step.type === 'waterfall' ? (step.rules ?? []) : [step]))
  return { rules: steps.map((step, index) => ({ id: `step-${index + 1}`, to: targetOf(step, ids) })) }
}

function targetOf(rule: OutsideRule, ids: AgentIds): unknown {
  if (rule.type === 'owner') return 'account-owner'
  if (rule.type === 'single') return { agent: ids.toOurs(namedBy(rule) ?? '') }
  return { 'round-robin': rule.members?.map((id) => ids.toOurs(id)), strategy: pick(STRATEGIES, rule.type) }
}

/** The visitor's account owner, if a rule or the case names one. */
export function ownerOf({ rule, owner }: OutsideCase): string | undefined {
  const step = [rule, ...(rule?.rules ?? [])].find((candidate) => candidate?.type === 'owner')
  return owner ?? (step && namedBy(step))
}

function namedBy({ agent, member, owner, members }: OutsideRule): string | undefined {
  return agent ?? member ?? owner ?? members?.[0]
}

/**
 * Agents take turns in the order of ids (R21). Where a case calls its agents by names, its list is
 * in the order of the ids they stand for, so each gets its position as id.
 */
export class AgentIds {
  /** Named by a rule, yet no agent of the case: people who left. */
  readonly gone: readonly string[]
  readonly #ours: ReadonlyMap<string, string>

  constructor(outside: OutsideCase) {
    const { agents = [], rule } = outside
    const listed = agents.map(({ id }) => id)
    const named = [rule, ...(rule?.rules ?? [])].flatMap((step) => [...(step?.members ?? []), step && namedBy(step)])
    this.gone = [...new Set(named)].filter((id) => id !== undefined).filter((id) => !listed.includes(id))
    const everyone = [...listed, ...this.gone]
    const areInOrder = listed.every((id, index) => index === 0 || compareIds(listed[index - 1]!, id) < 0)
    this.#ours = new Map(everyone.map((id, index) => [id, areInOrder ? id : `${index + 1}`]))
  }

  toOurs(id: string): string {
    return this.#ours.get(id) ?? id
  }

  toTheirs(id: string | null): string | null {
    return [...this.#ours].find(([, ours]) => ours === id)?.[0] ?? id
  }
}

function pick<Value>(table: Readonly<Record<string, Value>>, key: string): Value {
  const value = Object.hasOwn(table, key) ? table[key] : undefined
  if (value === undefined) throw new Error(`"${key}" is not one of ${Object.keys(table).join(', ')}`)
  return value
}
