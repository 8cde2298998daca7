import type { Instant } from '../time/zone.js'
import type { Mode } from '../words.js'
import type { Agent } from './agent.js'
import type { Workspace } from './compile-workspace.js'
import { ANYONE, type Visitor } from './conditions/facts.js'
import { facesAt } from './greeting.js'
import { firstPlaybook, type Playbook } from './playbook.js'
import { isOffline, type RoutingDecision, type RoutingState, routeTo, type Target } from './routing/routing.js'
import { MemoryRoutingState } from './routing/routing-state.js'
import { isVisible, type ModeChange, type ModeSource, modeAt, modeSource, nextModeChange } from './widget.js'

/** Where routing starts: a target, how it is written, and whether a calendar may drop there. */
export interface Entry {
  /** As `--route` writes it: `rules`, `agent:2`, `playbook:leadbot`. */
  readonly via: string
  readonly target: Target
  readonly dropsCalendar: boolean
  /** Whether it is a playbook's goal. */
  readonly isGoal?: boolean
}

/** Everything the workspace answers for one instant and one visitor, without words or formatted times. */
export interface Decision {
  readonly at: Instant
  readonly mode: Mode
  readonly source: ModeSource
  readonly isVisible: boolean
  readonly nextChange: ModeChange | undefined
  readonly proactive: Playbook | undefined
  readonly greeting: string
  readonly faces: readonly Agent[]
  /** R28: shown while the widget is offline and visible; when it is next online, if ever. */
  readonly offlineNotice: { readonly backAt: Instant | undefined } | undefined
  readonly via: string
  /** Where routing began: of a playbook whose team is offline, at the rules (R38). */
  readonly start: Target
  readonly routing: RoutingDecision
}

export interface DecideOptions {
  /** Default: the goal of the playbook that fires, else the rules. */
  readonly entry?: Entry | undefined
  /** Default: no cursor, open chats as the document says. */
  readonly state?: RoutingState | undefined
}

const RULES: Entry = { via: 'rules', target: { kind: 'rules' }, dropsCalendar: true }

/**
 * Decides what a visitor sees at an instant and who would get the chat (R8-R30). Mode does not
 * gate people: routing runs whatever the mode (R11).
 *
 * @param at milliseconds since 1970-01-01T00:00Z
 */
export function decide(
  workspace: Workspace,
  at: Instant,
  visitor: Visitor = ANYONE,
  options: DecideOptions = {},
): Decision {
  const part = new LazyDecision(workspace, at, visitor, options)
  const { mode, source, isVisible, proactive, greeting, via, start, routing, faces } = part
  // It looks at other instants, whose tables may be others: last, so that the questions of `at` share theirs.
  const { nextChange, offlineNotice } = part
  return { at, mode, source, isVisible, nextChange, proactive, greeting, faces, offlineNotice, via, start, routing }
}

/** A decision of which each part is made when it is first asked for. The state of routing must not move meanwhile. */
export class LazyDecision implements Decision {
  readonly at: Instant
  readonly mode: Mode
  readonly source: ModeSource
  readonly isVisible: boolean
  readonly #workspace: Workspace
  readonly #visitor: Visitor
  readonly #options: DecideOptions
  #playbook: { readonly fired: Playbook | undefined } | undefined
  #next: { readonly change: ModeChange | undefined } | undefined
  #entry: Entry | undefined
  #routing: RoutingDecision | undefined

  constructor(workspace: Workspace, at: Instant, visitor: Visitor, options: DecideOptions) {
    this.at = at
    this.mode = modeAt(workspace, at)
    this.source = modeSource(workspace, at)
    this.isVisible = isVisible(workspace.widget, this.mode)
    this.#workspace = workspace
    this.#visitor = visitor
    this.#options = options
  }

  get proactive(): Playbook | undefined {
    this.#playbook ??= {
      fired: this.isVisible ? firstPlaybook(this.#workspace.playbooks, this.mode, this.#visitor) : undefined,
    }
    return this.#playbook.fired
  }

  get greeting(): string {
    return this.#workspace.greeting[this.mode]
  }

  get faces(): readonly Agent[] {
    return facesAt(this.#workspace, this.#visitor, this.at)
  }

  get nextChange(): ModeChange | undefined {
    this.#next ??= { change: nextModeChange(this.#workspace, this.at, this.mode) }
    return this.#next.change
  }

  get offlineNotice(): Decision['offlineNotice'] {
    return this.isVisible && this.mode === 'offline' ? { backAt: this.nextChange?.at } : undefined
  }

  get via(): string {
    return this.#begin().via
  }

  get start(): Target {
    const entry = this.#begin()
    return entry.isGoal && isOffline(entry.target, this.at) ? RULES.target : entry.target
  }

  get routing(): RoutingDecision {
    if (this.#routing) return this.#routing
    const state = this.#options.state ?? new MemoryRoutingState(this.#workspace.roster)
    const routing = routeTo(this.start, this.#workspace, this.#visitor, this.at, state)
    this.#routing = this.#begin().dropsCalendar ? routing : { ...routing, calendar: undefined }
    return this.#routing
  }

  #begin(): Entry {
    this.#entry ??= this.#options.entry ?? goalOf(this.proactive) ?? RULES
    return this.#entry
  }
}

/** The entry a playbook's goal makes, if it has one. */
export function goalOf(playbook: Playbook | undefined): Entry | undefined {
  if (!playbook?.goal) return undefined
  return { via: `playbook:${playbook.id}`, ...playbook.goal, isGoal: true }
}
