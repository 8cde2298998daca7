import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { heldStatusAt, statusAt } from '../../../src/domain/decision/agent.js'
import { setOverride, setStatus, settleAgent, settleWidget } from '../../../src/domain/decision/timed-states.js'
import { modeAt } from '../../../src/domain/decision/widget.js'
import { DocumentError } from '../../../src/domain/document/problem.js'
import type { AgentDocument } from '../../../src/domain/document/schema.js'
import { nextTransition } from '../../../src/domain/questions/timeline.js'
import { documentOf, OPEN, workspaceOf } from '../workspace-builder.js'

const MINUTE = 60_000
/** Minutes that the model knows; after them the lasting state holds. */
const HORIZON = 120
const at = (minute: number) => OPEN + minute * MINUTE
const iso = (minute: number) => new Date(at(minute)).toISOString()

interface Write<State> {
  readonly state: State
  readonly now: number
  /** Minutes; undefined for good. */
  readonly length: number | undefined
}

/** A minute of the model: what holds, and the write that said so; 0 for what was at first. */
interface Minute<State> {
  readonly state: State
  readonly write: number
}

/**
 * The model: a state for every minute from now on. A write paints the minutes until its end, or with
 * what lasts when it says the same. One that says again what holds takes its former minutes away
 * first: they are as what follows them.
 */
function paint<State>(
  minutes: readonly Minute<State>[],
  { state, now, length }: Write<State>,
  write: number,
  isSaidAgain: (held: State, said: State) => boolean,
): readonly Minute<State>[] {
  const end = length === undefined ? HORIZON + 1 : now + length
  const [held, lasting] = [minutes[now]!, minutes.at(-1)!]
  const isTakenAway = held.write !== lasting.write && isSaidAgain(held.state, state)
  const following = minutes.find((minute, index) => index > now && minute.write !== held.write)
  const cleared = minutes.map((minute) => (isTakenAway && minute.write === held.write ? following! : minute))
  const isNoChange = cleared[end]?.write === lasting.write && key(state) === key(lasting.state)
  const painted = isNoChange ? lasting : { state, write }
  return cleared.map((minute, index) => (index >= now && index < end ? painted : minute))
}

const key = (state: unknown) => JSON.stringify(state)

const minutesOf = <State>(state: State): readonly Minute<State>[] =>
  Array.from({ length: HORIZON + 1 }, () => ({ state, write: 0 }))

function writesOf<State>(state: fc.Arbitrary<State>): fc.Arbitrary<Write<State>[]> {
  const length = fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined, freq: 6 })
  return fc.array(fc.tuple(state, fc.integer({ min: 0, max: 8 }), length), { maxLength: 9 }).map((writes) => {
    let now = 0
    return writes.map(([made, pause, minutes]) => {
      now += pause
      return { state: made, now, length: minutes }
    })
  })
}

const statuses = fc.record({
  status: fc.constantFrom('available' as const, 'away' as const),
  note: fc.constantFrom(undefined, undefined, 'lunch', 'dentist'),
})

test('R15: statuses set in one another hold as a painted timeline says, at every minute', () => {
  fc.assert(
    fc.property(statuses, writesOf(statuses), (first, writes) => {
      let agent: AgentDocument = settleAgent({ id: '1', role: 'agent', ...plain(first) }, at(0))
      let minutes = minutesOf(first)
      for (const [index, write] of writes.entries()) {
        const end = write.length === undefined ? {} : { until: iso(write.now + write.length) }
        agent = setStatus(settleAgent(agent, at(write.now)), { ...plain(write.state), ...end })
        minutes = paint(
          minutes,
          write,
          index + 1,
          (held, said) => held.status === said.status && (said.note === undefined || said.note === held.note),
        )
      }
      const now = writes.at(-1)?.now ?? 0
      const workspace = workspaceOf({ agents: [agent] })
      const [compiled] = workspace.roster.agents
      for (let minute = now; minute <= HORIZON; minute++) {
        const { status, note } = heldStatusAt(compiled!, at(minute))
        expect({ minute, status, note }).toEqual({
          minute,
          status: minutes[minute]!.state.status,
          note: minutes[minute]!.state.note,
        })
        const settled = settleAgent(agent, at(minute))
        expect([settled.status, settled.note]).toEqual([status, note])
        expect(workspace.roster.isStaffed(at(minute))).toBe(status === 'available')
      }
      const changes = minutes.flatMap(({ state }, minute) =>
        minute > now && key(state) !== key(minutes[minute - 1]!.state) ? [at(minute)] : [],
      )
      expect(workspace.roster.nextStatusEnd(at(now))).toBe(changes[0] ?? Infinity)
    }),
    { numRuns: 500 },
  )
})

/** An optional note that is not there is no key. */
function plain({ status, note }: { status: 'available' | 'away'; note: string | undefined }) {
  return { status, ...(note !== undefined && { note }) }
}

test('R8: overrides set in one another hold as a painted timeline says, at every minute', () => {
  const modes = fc.constantFrom('online' as const, 'offline' as const)
  fc.assert(
    fc.property(writesOf(modes), (drawn) => {
      const writes = drawn.map((write) => ({ ...write, length: write.length ?? 30 }))
      let { widget } = documentOf({ widget: { mode: 'automatic' } })
      let minutes = minutesOf<string>('policy')
      for (const [index, write] of writes.entries()) {
        const { override, ...rest } = settleWidget(widget, at(write.now))
        const end = iso(write.now + write.length)
        widget = { ...rest, override: setOverride(override, { mode: write.state, until: end }) }
        minutes = paint<string>(minutes, write, index + 1, (held, said) => held === said)
      }
      // Two policies tell an override from what is beneath it.
      const [closed, open] = ['offline', 'online'].map((mode) => workspaceOf({ widget: { ...widget, mode } }))
      for (let minute = writes.at(-1)?.now ?? 0; minute <= HORIZON; minute++) {
        const modesThen = [modeAt(closed!, at(minute)), modeAt(open!, at(minute))]
        const held = minutes[minute]!.state
        expect([minute, ...modesThen]).toEqual([minute, ...(held === 'policy' ? ['offline', 'online'] : [held, held])])
      }
    }),
    { numRuns: 500 },
  )
})

describe('R15: what is written of statuses in one another', () => {
  const agent = (state: object) => ({ id: '1', role: 'agent' as const, ...state })
  test.each<{ title: string; state: object; set: Parameters<typeof setStatus>[1]; written: object }>([
    {
      title: 'a short one inside another',
      state: { status: 'away', until: iso(90), note: 'dentist' },
      set: { status: 'available', until: iso(30) },
      written: {
        status: 'available',
        until: iso(30),
        afterwards: [{ status: 'away', until: iso(90), note: 'dentist' }],
      },
    },
    {
      title: 'a note over a lasting note',
      state: { status: 'away', note: 'vacation' },
      set: { status: 'away', until: iso(45), note: 'lunch' },
      written: { status: 'away', until: iso(45), note: 'lunch', afterwards: [{ status: 'away', note: 'vacation' }] },
    },
    {
      title: 'the other one again, without an entry of its own',
      state: { status: 'available' },
      set: { status: 'away', until: iso(45), note: 'lunch' },
      written: { status: 'away', until: iso(45), note: 'lunch' },
    },
    {
      title: 'one that ends after what it covers, which is dropped',
      state: { status: 'away', until: iso(30), note: 'lunch' },
      set: { status: 'available', until: iso(60) },
      written: { status: 'available' },
    },
    {
      title: 'the same one again, with an earlier end',
      state: { status: 'away', until: iso(60), note: 'lunch' },
      set: { status: 'away', until: iso(30), note: 'lunch' },
      written: { status: 'away', until: iso(30), note: 'lunch' },
    },
    {
      title: 'one without an end, which replaces them all',
      state: { status: 'away', until: iso(30), afterwards: [{ status: 'away', until: iso(60), note: 'dentist' }] },
      set: { status: 'away', note: 'ill' },
      written: { status: 'away', note: 'ill' },
    },
  ])('$title', ({ state, set, written }) => {
    expect(setStatus(agent(state), set)).toEqual(agent(written))
  })
})

describe('R15: a document says what holds afterwards', () => {
  test('in order, and the other status comes at the end', () => {
    const afterwards = [{ status: 'away', until: iso(60), note: 'dentist' }]
    const workspace = workspaceOf({ agents: [{ id: '1', status: 'available', until: iso(30), afterwards }] })
    const [only] = workspace.roster.agents
    expect([0, 29, 30, 59, 60].map((minute) => statusAt(only!, at(minute)))).toEqual([
      'available',
      'available',
      'away',
      'away',
      'available',
    ])
    expect([nextTransition({ ...workspace }, at(0)), nextTransition(workspace, at(30))]).toEqual([at(30), at(60)])
  })

  test.each([
    { title: 'after no end', agent: { status: 'away', afterwards: [{ status: 'away' }] }, says: 'nothing comes after' },
    {
      title: 'in the wrong order',
      agent: { status: 'away', until: iso(30), afterwards: [{ status: 'available', until: iso(30) }] },
      says: 'no later than what it follows',
    },
    {
      title: 'after one that lasts',
      agent: { until: iso(30), afterwards: [{ status: 'away' }, { status: 'available' }] },
      says: 'nothing comes after',
    },
  ])('not $title', ({ agent, says }) => {
    expect(() => documentOf({ agents: [{ id: '1', ...agent }] })).toThrow(says)
  })

  test('not as nothing, and not under another word', () => {
    for (const wrong of [{ afterwards: [] }, { next: [{ status: 'away' }] }, { afterwards: [{ mode: 'online' }] }]) {
      expect(() => documentOf({ agents: [{ id: '1', until: iso(30), ...wrong }] })).toThrow(DocumentError)
    }
  })

  test('of an override too', () => {
    const override = { mode: 'offline', afterwards: [{ mode: 'online' }] }
    expect(() => documentOf({ widget: { override } })).toThrow('nothing comes after')
  })
})
