import type { Agent } from '../../decision/agent.js'
import type { Workspace } from '../../decision/compile-workspace.js'
import { ANYONE, type Visitor, type VisitorFacts, visitorOf } from '../../decision/conditions/facts.js'
import { type Decision, decide } from '../../decision/decide.js'
import { isGated, type Team, teamModeAt } from '../../decision/team.js'
import { modeAt, promisedMode } from '../../decision/widget.js'
import type { Instant } from '../../time/zone.js'
import type { Mode } from '../../words.js'
import { explainHidden } from '../explain/explain-hidden.js'
import type { Reason } from '../explain/reason.js'
import { nextTransition } from '../timeline.js'
import type { Window } from './preview-windows.js'
import { sampleVisitor, targetingsToTry } from './sample-visitor.js'

/**
 * What a visitor notices: the mode, whether the widget shows, the message that comes by itself, the greeting, which teams
 * take chats, and who chats; and what nobody notices (R36): the mode that the policy promises, where auto-offline hides that it differs.
 */
export const SEEN = ['mode', 'promise', 'widget', 'message', 'greeting', 'teams', 'chat'] as const
export type Seen = (typeof SEEN)[number]

export interface SeenDifference {
  readonly what: Seen
  /** Null for nothing: no message, nobody who chats. */
  readonly before: string | null
  readonly after: string | null
}

/** A stretch of time in which a visitor would notice a change. */
export interface ComparedStretch extends Window {
  readonly before: Mode
  readonly after: Mode
  readonly differences: readonly SeenDifference[]
  /** What hides a promise that differs, and who would change that (R36). */
  readonly hidden?: Reason
  /** The name of the exception or holiday that the mode differs by, where one has a name. */
  readonly exception?: string
  /** What is known of the visitor; undefined for anyone. */
  readonly visitor?: VisitorFacts | undefined
}

export interface Comparison {
  /** Those of anyone first, then those that only some visitors would notice. */
  readonly stretches: readonly ComparedStretch[]
  /** Whether kinds of visitors were left out: the comparison would have taken too long. */
  readonly isPartial: boolean
}

/** Decisions, and people weighed in them, that the comparison may cost for visitors of whom something is known. */
const MAX_COST = 200_000
/** What it costs to look for a visitor. */
const SAMPLE_COST = 20

/**
 * Everything that visitors would see differently: anyone, and a visitor of each rule and playbook.
 * The cost grows with the transitions of both workspaces in the windows.
 */
export function compareWorkspaces(before: Workspace, after: Workspace, windows: readonly Window[]): Comparison {
  const comparison = new WorkspaceComparison(before, after, windows)
  const anyone = comparison.differencesFor(ANYONE)
  const stretches = [...comparison.stretchesOf(anyone)]
  const told = new Set<string>()
  const limit = comparison.cost + MAX_COST
  for (const targetings of targetingsToTry(before, after)) {
    if (comparison.cost > limit) return { stretches, isPartial: true }
    comparison.cost += SAMPLE_COST
    const facts = sampleVisitor(...targetings)
    const key = JSON.stringify(facts)
    if (!facts || told.has(key)) continue
    told.add(key)
    const own = comparison.differencesFor(visitorOf(facts)).map((differences, index) =>
      // What anyone sees is told once.
      differences.filter((difference) => !anyone[index]!.some((known) => isSame(known, difference))),
    )
    stretches.push(...comparison.stretchesOf(own).map((stretch) => ({ ...stretch, visitor: facts })))
  }
  return { stretches, isPartial: false }
}

interface TeamsSeen {
  readonly before: string | null
  readonly after: string | null
}

/** Two workspaces, and the stretches of time in which nothing turns in either. */
class WorkspaceComparison {
  /** What was decided so far: decisions, and people weighed in them. */
  cost = 0
  readonly #before: Workspace
  readonly #after: Workspace
  readonly #still: readonly Window[]

  /** The teams that are on both sides, and not always online on one of them. */
  readonly #gated: readonly { readonly before: Team; readonly after: Team }[]
  /** Of each stretch, once somebody has asked. */
  readonly #teams: TeamsSeen[] = []

  constructor(before: Workspace, after: Workspace, windows: readonly Window[]) {
    this.#before = before
    this.#after = after
    this.#gated = [...after.teams.values()].flatMap((team) => {
      const was = before.teams.get(team.id)
      return was && (isGated(was) || isGated(team)) ? [{ before: was, after: team }] : []
    })
    this.#still = windows.flatMap(({ from, to }) => {
      const still: Window[] = []
      for (let at = from; at < to; at = still.at(-1)!.to) {
        still.push({ from: at, to: Math.min(nextTransition(before, at), nextTransition(after, at), to) })
      }
      return still
    })
  }

  /** What a visitor would see differently in each stretch. */
  differencesFor(visitor: Visitor): readonly (readonly SeenDifference[])[] {
    return this.#still.map(({ from }, index) => {
      const [was, willBe] = [this.#before, this.#after].map((workspace) => this.#decide(workspace, from, visitor))
      const [people, others] = [peopleOf(this.#before, was!), peopleOf(this.#after, willBe!)]
      const teams = this.#teamsIn(index)
      const seen = {
        before: {
          ...textsOf(was!),
          teams: teams.before,
          promise: promisedMode(this.#before, from),
          chat: sayPeople(people, others),
        },
        after: {
          ...textsOf(willBe!),
          teams: teams.after,
          promise: promisedMode(this.#after, from),
          chat: sayPeople(others, people),
        },
      }
      const isShown = was!.mode !== willBe!.mode
      return SEEN.map((what) => ({ what, before: seen.before[what], after: seen.after[what] })).filter(
        ({ what, before, after }) => before !== after && !(what === 'promise' && isShown),
      )
    })
  }

  /** The stretches with differences; where those of neighbours are the same, they are one. */
  stretchesOf(found: readonly (readonly SeenDifference[])[]): readonly ComparedStretch[] {
    const stretches: ComparedStretch[] = []
    this.#still.forEach(({ from, to }, index) => {
      const differences = found[index]!
      if (differences.length === 0) return
      const last = stretches.at(-1)
      const [before, after] = [this.#before, this.#after].map((workspace) => modeAt(workspace, from))
      const named = this.#exception(differences, from)
      const isOn = last?.to === from && last.before === before && last.after === after
      if (isOn && last.exception === named.exception && isSame(last.differences, differences)) {
        stretches[stretches.length - 1] = { ...last, to }
      } else {
        const hidden = this.#hidden(differences, from)
        stretches.push({ from, to, before: before!, after: after!, differences, ...hidden, ...named })
      }
    })
    return stretches
  }

  /** R36: of the workspace that promises to be online, why it is not. */
  #hidden(differences: readonly SeenDifference[], at: Instant): Pick<ComparedStretch, 'hidden'> {
    const promise = differences.find(({ what }) => what === 'promise')
    if (!promise) return {}
    const hiding = promise.after === 'online' ? this.#after : this.#before
    return { hidden: explainHidden(hiding, at, this.#still[0]!.from) }
  }

  /** R5, R40: the exception that decides, where it is not the same on both sides. */
  #exception(differences: readonly SeenDifference[], at: Instant): Pick<ComparedStretch, 'exception'> {
    if (!differences.some(({ what }) => what === 'mode' || what === 'promise')) return {}
    const [was, willBe] = [this.#before, this.#after].map(
      ({ schedule }) => schedule.calendar.on(schedule.decidingDay(at)).exception,
    )
    const exception = isSame(was, willBe) ? undefined : (willBe?.name ?? was?.name)
    return exception === undefined ? {} : { exception }
  }

  /** R37: the teams whose mode differs in a stretch, each with its own: `Sales online`; null where none does. */
  #teamsIn(index: number): TeamsSeen {
    this.#teams[index] ??= this.#teamsAt(this.#still[index]!.from)
    return this.#teams[index]
  }

  #teamsAt(at: Instant): TeamsSeen {
    const differing = this.#gated.flatMap(({ before, after }) => {
      const [was, willBe] = [teamModeAt(before, at), teamModeAt(after, at)]
      return was === willBe ? [] : [{ name: after.name, was, willBe }]
    })
    if (differing.length === 0) return { before: null, after: null }
    return {
      before: differing.map(({ name, was }) => `${name} ${was}`).join(', '),
      after: differing.map(({ name, willBe }) => `${name} ${willBe}`).join(', '),
    }
  }

  #decide(workspace: Workspace, at: Instant, visitor: Visitor): Decision {
    const decision = decide(workspace, at, visitor)
    this.cost += 1 + decision.routing.candidates.length
    return decision
  }
}

function textsOf({
  mode,
  isVisible,
  proactive,
  greeting,
}: Decision): Record<Exclude<Seen, 'chat' | 'promise' | 'teams'>, string | null> {
  return {
    mode,
    widget: isVisible ? 'shown' : 'hidden',
    message: proactive?.message ?? null,
    greeting: isVisible ? greeting : null,
  }
}

/** Who may get the chat: whoever's turn it is. */
function peopleOf({ roster }: Workspace, { routing }: Decision): readonly Agent[] {
  return routing.candidates
    .filter(({ outcome }) => outcome === 'routed' || outcome === 'next')
    .map(({ agent }) => roster.find(agent)!)
}

/** People of a group who are named; the others are counted. */
const MAX_NAMED = 3

/** Few people by name; of many, those who are on this side only: `Zoe or 99 others`. */
function sayPeople(people: readonly Agent[], others: readonly Agent[]): string | null {
  if (people.length === 0) return null
  const known = new Set(others.map(({ id }) => id))
  const named = people.length <= MAX_NAMED ? people : people.filter(({ id }) => !known.has(id)).slice(0, MAX_NAMED)
  const both = [...people, ...others]
  const names = named.map(({ id, name }) =>
    both.some((other) => other.name === name && other.id !== id) ? `${name} (${id})` : name,
  )
  const unnamed = people.length - named.length
  if (unnamed > 0)
    names.push(names.length === 0 ? `${unnamed} people` : `${unnamed} ${unnamed === 1 ? 'other' : 'others'}`)
  return names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
