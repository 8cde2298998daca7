import type { AgentDocument } from '../../domain/document/schema.js'
import type { RoutingAnswer } from '../../domain/questions/describe-routing.js'
import type { DayAnswer } from '../../domain/questions/hours-view.js'
import type { LintFinding } from '../../domain/questions/lint-finding.js'
import type { DecisionAnswer } from '../../domain/questions/simulate.js'
import type { ModePolicy } from '../../domain/words.js'
import type { ChangeAnswer, Scope, WriteAnswer } from './operation.js'

/** A value with the revision that wrote it last: its ETag. */
export interface Versioned<Value> {
  readonly value: Value
  readonly revision: number
}

/** An agent as of now, with the service's own word for the status where it has more than two (R17). */
export type LiveAgent = AgentDocument & { readonly availability?: string | undefined }

/** One agent, and the zone in which people read its times. */
export interface AgentAnswer extends Versioned<LiveAgent> {
  readonly timeZone: string
}

/** A status that was set. */
export interface StatusWriteAnswer extends WriteAnswer {
  /** Whose it is, as of now. */
  readonly agent: LiveAgent
}

/** One glance at a workspace. */
export interface StatusAnswer {
  readonly workspace: string
  readonly revision: number
  readonly at: string
  readonly timeZone: string
  readonly policy: ModePolicy
  readonly autoOffline: boolean
  readonly widget: DecisionAnswer['widget']
  readonly visitor: DecisionAnswer['visitor']
  readonly reasons: DecisionAnswer['reasons']
  readonly today: DayAnswer
  readonly tomorrow: DayAnswer
  readonly agents: {
    /** Bots and disabled agents are in neither. */
    readonly available: number
    readonly away: number
    /** The first few, and everyone with a timed status. */
    readonly listed: readonly LiveAgent[]
  }
  readonly findings: readonly LintFinding[]
}

/** One glance at a service that knows agents only: Drift tells neither mode, hours nor what visitors see. */
export type AgentsStatusAnswer = Pick<StatusAnswer, 'workspace' | 'revision' | 'at' | 'timeZone' | 'agents'>

export interface AgentListAnswer {
  /** Of the workspace. */
  readonly timeZone: string
  readonly agents: readonly LiveAgent[]
  readonly available: number
  readonly away: number
  /** The id to ask after for the next page; null at the end. */
  readonly next: string | null
}

/** A real routing decision. */
export interface RouteAnswer {
  readonly workspace: string
  /** Null when nothing was recorded: nobody was routed, or in a dry run. */
  readonly assignment: number | null
  readonly assignee: string | null
  readonly calendar: string | null
  readonly routing: RoutingAnswer
}

export interface AssignmentAnswer {
  readonly id: number
  readonly at: string
  readonly agent: string
  readonly rule: string | null
  readonly endedAt: string | null
}

/** A chat that was ended. */
export interface EndedAssignmentAnswer extends AssignmentAnswer {
  readonly workspace: string
}

export interface CursorListAnswer {
  readonly workspace: string
  readonly cursors: readonly CursorAnswer[]
}

/** Who was routed last in a group: `team:sales`, `rule:enterprise`, `default`. */
export interface CursorAnswer {
  readonly group: string
  readonly agent: string
}

export interface RevisionAnswer {
  readonly number: number
  readonly at: string
  readonly actor: string
  readonly note: string | null
  readonly changes: readonly ChangeAnswer[]
}

export interface RevisionListAnswer {
  readonly revisions: readonly RevisionAnswer[]
  /** The number to ask before for the next page; null at the end. */
  readonly next: number | null
}

/** A token as everyone but its owner sees it. Times are ISO 8601; null is none. */
export interface TokenAnswer {
  readonly id: string
  readonly name: string
  /** The agent that "me" is. */
  readonly agent: string | null
  /** What it allows now: never more than its agent may. */
  readonly scopes: readonly Scope[]
  /** Whether it was given no scopes of its own: it has what its agent has, whatever that comes to be. */
  readonly followsAgent: boolean
  readonly state: 'active' | 'expired' | 'revoked'
  readonly createdAt: string
  readonly expiresAt: string | null
  /** To the minute. */
  readonly lastUsedAt: string | null
  readonly rotatedAt: string | null
  /** Until when the secret before the last rotation works. */
  readonly previousUntil: string | null
  readonly revokedAt: string | null
  /** Why, where nobody revoked it by name: "agent removed". */
  readonly revokedBecause: string | null
}

/** Who calls, as the workspace knows them. */
export interface MeAnswer {
  /** The workspace's name. */
  readonly workspace: string
  /** What the workspace is in public addresses; it never changes. */
  readonly workspaceId: string
  /** What the log calls you: the agent's id, or the name of what acts. */
  readonly name: string
  /** The id of the agent that "me" is. */
  readonly agent: string | null
  /** Of that agent. */
  readonly email: string | null
  readonly scopes: readonly Scope[]
  /** The token that was sent; null where none is needed. */
  readonly token: Pick<TokenAnswer, 'id' | 'name' | 'createdAt' | 'expiresAt' | 'lastUsedAt'> | null
}

export interface TokenWriteAnswer extends WriteAnswer {
  readonly token: TokenAnswer
}

export interface NewTokenAnswer extends TokenWriteAnswer {
  /** Shown here and never again; null in a dry run. */
  readonly secret: string | null
}
