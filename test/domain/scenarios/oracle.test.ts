import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compiledOnce } from '../../../src/domain/decision/compile-workspace.js'
import { LazyDecision } from '../../../src/domain/decision/decide.js'
import { MemoryRoutingState } from '../../../src/domain/decision/routing/routing-state.js'
import { type DecisionAnswer, prepare, simulate } from '../../../src/domain/questions/simulate.js'
import { check } from '../../../src/domain/scenarios/check.js'
import { DECISION_PARTS, type Moment } from '../../../src/domain/scenarios/decision-parts.js'
import { DECISION_SHAPE, type PartGroup, type PartName } from '../../../src/domain/scenarios/decision-shape.js'
import { busyDays, momentsOf } from '../workspace-arbitrary.js'

const RUNS = 40
const text = (at: number) => new Date(at).toISOString()

/** What is expected, and the same as a test of the whole answer. */
const EXPECTED: readonly (readonly [title: string, expected: object, holds: (answer: DecisionAnswer) => boolean])[] = [
  ['the mode', { widget: { mode: 'online' } }, ({ widget }) => widget.mode === 'online'],
  ['the source', { widget: { source: { not: 'hours' } } }, ({ widget }) => widget.source !== 'hours'],
  ['that it is seen', { widget: { visible: true } }, ({ widget }) => widget.visible],
  ['a next change', { widget: { nextChange: { mode: 'online' } } }, (a) => a.widget.nextChange?.mode === 'online'],
  ['no hidden change', { widget: { nextHidden: null } }, ({ widget }) => widget.nextHidden === undefined],
  ['no promise that is hidden', { widget: { promised: null } }, ({ widget }) => widget.promised === undefined],
  [
    'a playbook',
    { visitor: { proactive: { playbook: 'offline' } } },
    ({ visitor }) => visitor.proactive?.playbook === 'offline',
  ],
  ['faces', { visitor: { greeting: { faces: { count: { gte: 2 } } } } }, (a) => a.visitor.greeting.faces.length >= 2],
  ['when it is back', { visitor: { offlineNotice: { exists: true } } }, (a) => a.visitor.offlineNotice !== null],
  ['an assignee', { routing: { assignee: { exists: true } } }, ({ routing }) => routing.assignee !== null],
  [
    'a candidate',
    { routing: { candidates: { some: { outcome: 'away' } } } },
    ({ routing }) => routing.candidates.some(({ outcome }) => outcome === 'away'),
  ],
  [
    'how a candidate is said to be',
    { routing: { candidates: { none: { reason: { contains: 'Mon' } } } } },
    ({ routing }) => !routing.candidates.some(({ reason }) => reason.includes('Mon')),
  ],
  [
    'everyone',
    { agents: { every: { status: 'available' } } },
    (a) => a.agents.every((one) => one.status === 'available'),
  ],
  [
    'a reason',
    { reasons: { some: { code: 'hours.exception' } } },
    ({ reasons }) => reasons.some(({ code }) => code === 'hours.exception'),
  ],
  [
    'the words of a reason',
    { reasons: { none: { text: { contains: 'Sun' } } } },
    ({ reasons }) => !reasons.some((reason) => reason.text.includes('Sun')),
  ],
  ['no warning', { warnings: [] }, ({ warnings }) => warnings.length === 0],
  ['what it rests on', { basis: { onDuty: { gte: 1 } } }, ({ basis }) => (basis?.onDuty ?? 0) >= 1],
  [
    'two parts at once',
    { widget: { mode: 'online' }, agents: { none: { status: 'available' } } },
    (a) => a.widget.mode === 'online' && a.agents.every(({ status }) => status !== 'available'),
  ],
]

interface Stretch {
  readonly at: number
  until: number
}

/** The stretches in which a test fails, of answers that follow one another. */
function failing(answers: readonly (readonly [at: number, holds: boolean])[], end: number): Stretch[] {
  const stretches: Stretch[] = []
  let last: Stretch | undefined
  for (const [at, holds] of answers) {
    if (holds) {
      if (last) last.until = at
      last = undefined
    } else if (!last) {
      last = { at, until: end }
      stretches.push(last)
    }
  }
  return stretches
}

describe('a range is held at every instant of it', () => {
  test('as asking simulate every minute does, and at the instants between minutes', () => {
    fc.assert(
      fc.property(busyDays, fc.integer({ min: 0, max: 2880 }), (days, nowMinute) => {
        const { document, from, to } = days
        const now = from + nowMinute * 60_000
        const moments = [...new Set([...momentsOf(days), now + 1])].sort((a, b) => a - b).filter((at) => at < to)
        const answers = moments.map((at) => [at, simulate(document, { at, now, seed: 42 })] as const)
        const asked = EXPECTED.flatMap(([name, expected, holds]) =>
          (['expect', 'never'] as const).map((key) => ({ name: `${key} ${name}`, key, expected, holds })),
        )
        const answer = check(document, {
          now,
          scenarios: asked.map(({ name, key, expected }) => ({
            name,
            from: text(from),
            to: text(to),
            [key]: expected,
          })),
        })
        expect(answer.mistakes ?? []).toEqual([])
        const told = answer.scenarios.map(({ failure }) =>
          failure ? [Date.parse(failure.at), Date.parse(failure.until!), failure.moreStretches + 1] : undefined,
        )
        const meant = asked.map(({ key, holds }) => {
          const stretches = failing(
            answers.map(([at, each]) => [at, holds(each) === (key === 'expect')]),
            to,
          )
          return stretches[0] && [stretches[0].at, stretches[0].until, stretches.length]
        })
        expect(Object.fromEntries(asked.map(({ name }, index) => [name, told[index]]))).toEqual(
          Object.fromEntries(asked.map(({ name }, index) => [name, meant[index]])),
        )
      }),
      { numRuns: RUNS },
    )
  }, 120_000)
})

describe('the parts of a decision', () => {
  test('each made on its own are the answer of simulate', () => {
    fc.assert(
      fc.property(busyDays, fc.nat(2879), (days, minute) => {
        const { document, from: now } = days
        const at = now + minute * 60_000
        const { at: _, ...answer } = simulate(document, { at, now })
        expect(told(DECISION_SHAPE, momentOf(days, at))).toEqual(JSON.parse(JSON.stringify(answer)))
      }),
      { numRuns: 200 },
    )
  })
})

function momentOf(
  { document, from: now }: { document: Parameters<typeof prepare>[0]; from: number },
  at: number,
): Moment {
  const setup = prepare(document, {})
  const workspace = compiledOnce(document)
  const state = new MemoryRoutingState(workspace.roster, setup)
  return { at, now, setup, state, decision: new LazyDecision(workspace, at, setup.visitor, { state }) }
}

/** What the answer always has: null stands there where there is nothing. */
const NULLED = [
  'nextChange',
  'proactive',
  'offlineNotice',
  'rule',
  'target',
  'assignee',
  'calendar',
  'cursor',
  'strategy',
]

function told({ parts }: PartGroup, moment: Moment): object {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([key, part]) => {
      const value =
        part.kind === 'group'
          ? told(part, moment)
          : (DECISION_PARTS[part.name as PartName].read(moment) ?? (NULLED.includes(key) ? null : undefined))
      return value === undefined ? [] : [[key, JSON.parse(JSON.stringify(value))]]
    }),
  )
}
