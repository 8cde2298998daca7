import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { parseWorkspace } from '../src/domain/document/parse-workspace.js'
import { DocumentError } from '../src/domain/document/problem.js'
import { type DecisionAnswer, type SimulateRequest, simulate } from '../src/domain/questions/simulate.js'
import {
  AgentIds,
  hoursText,
  type OutsideCase,
  ownerOf,
  rangeTexts,
  widgetOf,
  workspaceText,
} from './outside-document.js'

/** Strategies of other products. A rule of any type that is neither here nor converted fails its case. */
const NOT_OURS: Readonly<Record<string, string>> = {
  most_spare: 'R21 has no strategy by spare capacity, the chat limit minus the open chats',
}

/** The rule that each reason of an invalid schedule breaks. */
const BROKEN_RULES: Readonly<Record<string, string>> = { 'bad-time': 'R1', overlap: 'R2' }

const cases = JSON.parse(readFileSync(new URL('./cases/outside.json', import.meta.url), 'utf8')) as OutsideCase[]

describe.each(['hours', 'status', 'routing'])('outside cases: %s', (kind) => {
  for (const outside of cases.filter((candidate) => candidate.kind === kind)) {
    const title = `${outside.id} ${outside.source}`
    const reason = outside.core ? undefined : foreignReason(outside)
    if (reason === undefined) it(title, () => ('valid' in outside.expect ? expectValidity : expectAnswers)(outside))
    else it.skip(`${title} (${reason})`)
  }
})

test('every outside case is of a known kind and expects something', () => {
  const kinds = cases.map(({ kind, expect: expected }) => (Object.keys(expected).length === 0 ? undefined : kind))
  expect(new Set(kinds)).toEqual(new Set(['hours', 'status', 'routing']))
})

function foreignReason({ rule }: OutsideCase): string | undefined {
  const types = [rule, ...(rule?.rules ?? [])].map((step) => step?.type ?? '')
  return types.map((type) => NOT_OURS[type]).find((reason) => reason !== undefined)
}

type Answer = (outside: OutsideCase, ids: AgentIds) => unknown

/** What the engine answers, by the field of `expect` that it is compared with. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  open: (outside) => askHours(outside).widget.mode === 'online',
  nextOpen: (outside) => nextChangeTo('online', outside),
  nextClose: (outside) => nextChangeTo('offline', outside),
  widget: (outside) => ask(outside).widget.mode,
  agents: (outside, ids) => Object.fromEntries(ask(outside).agents.map(({ id, status }) => [ids.toTheirs(id), status])),
  proactive: (outside) => ask(outside).visitor.proactive?.playbook ?? null,
  greetingVariant: (outside) => ask(outside).visitor.greeting.variant,
  welcomeVariant: (outside) => {
    const fired = ask(outside).visitor.proactive?.playbook
    return outside.playbooks?.find(({ id, type }) => id === fired && type === 'welcome')?.when ?? null
  },
  // R13: the plan shows and hides the widget by mode if "online only" hides an offline one.
  widgetVisibilityTargetingByHours: (outside) => {
    const widget = { ...widgetOf(outside), mode: 'offline', display: 'online-only' }
    return !ask(outside, {}, { widget }).widget.visible
  },
  assignee: (outside, ids) => ids.toTheirs(ask(outside).routing.assignee),
  calendarOf: (outside, ids) => ids.toTheirs(ask(outside).routing.calendar),
  sequence: (outside, ids) => {
    const { sequence } = ask(outside, { sequence: (outside.expect.sequence as readonly unknown[]).length })
    return sequence?.map(({ assignee }) => ids.toTheirs(assignee))
  },
}

function expectAnswers(outside: OutsideCase): void {
  const ids = new AgentIds(outside)
  for (const [field, expected] of Object.entries(outside.expect)) {
    const answer = ANSWERS[field]
    if (!answer) throw new Error(`nothing answers expect.${field}`)
    expect({ [field]: answer(outside, ids) }).toEqual({ [field]: instantOr(expected) })
  }
}

function expectValidity(outside: OutsideCase): void {
  const problems = problemsOf(outside)
  if (outside.expect.valid) {
    expect(problems).toEqual([])
    return
  }
  const { timezone, hours, exceptions = [], expect: expected } = outside
  const ranges = [...Object.values(hours ?? {}), ...exceptions.map((exception) => exception.hours)].flatMap(rangeTexts)
  const suspects = [...ranges, ...exceptions.map(({ from }) => from), timezone]
  const named = problems.filter(({ message }) => suspects.some((suspect) => message.includes(suspect)))
  expect(named).not.toEqual([])
  const rule = BROKEN_RULES[String(expected.reason)]
  if (rule !== undefined) expect(named.map((problem) => problem.rule)).toContain(rule)
}

function problemsOf(outside: OutsideCase): DocumentError['problems'] {
  try {
    parseWorkspace(hoursText(outside), outside.id)
    return []
  } catch (error) {
    if (error instanceof DocumentError) return error.problems
    throw error
  }
}

function ask(outside: OutsideCase, request: Partial<SimulateRequest> = {}, changes: object = {}): DecisionAnswer {
  const ids = new AgentIds(outside)
  const [last, owner] = [outside.state?.last, ownerOf(outside)]
  return simulate(parseWorkspace(workspaceText(outside, changes), outside.id), {
    at: instantOf(outside),
    after: last == null ? undefined : ids.toOurs(last),
    visitor: { attributes: owner === undefined ? {} : { 'account.owner': ids.toOurs(owner) } },
    ...request,
  })
}

function askHours(outside: OutsideCase): DecisionAnswer {
  return simulate(parseWorkspace(hoursText(outside), outside.id), { at: instantOf(outside), next: 2 })
}

/** An open schedule closes before it opens again: the second change is that opening. */
function nextChangeTo(mode: string, outside: OutsideCase): string | null {
  const change = askHours(outside).next?.find((candidate) => candidate.mode === mode)
  return change ? new Date(change.at).toISOString() : null
}

function instantOf({ id, at }: OutsideCase): number {
  const instant = Date.parse(at ?? '')
  if (Number.isNaN(instant)) throw new Error(`${id} asks about no instant: ${at}`)
  return instant
}

/** Instants in one spelling; anything else as it is. */
function instantOr(value: unknown): unknown {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? new Date(value).toISOString() : value
}
