import type * as z from 'zod/mini'
import type { ErrorCode } from '../../domain/errors.js'
import { lazy } from '../../domain/lazy.js'
import type { AnswerBy } from './responses/answer-fields.js'
import type { change, modeState, previewEntry, write } from './responses/writes.js'

/** What a token or a role allows. */
export const SCOPES = ['read', 'status:self', 'status:any', 'widget', 'hours', 'duty', 'routing', 'admin'] as const
export type Scope = (typeof SCOPES)[number]
/** What an operation asks of its caller: a scope, or nothing but to be someone that the workspace knows. */
export type NeededScope = Scope | 'any'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One operation of the service, as data. The request is one object: its fields named in the path
 * are path parameters; the others are the query of a GET or DELETE and the body of everything else.
 */
export interface Operation<Request extends z.ZodMiniType = z.ZodMiniType, Answer = unknown> {
  readonly method: Method
  /** E.g. `/v1/agents/{id}/status`. */
  readonly path: string
  readonly scope: NeededScope
  /** Another scope that is enough without it. */
  readonly orScope?: Scope
  readonly summary: string
  /** The schema of the request, built when first asked for: one call needs one of them. */
  readonly request: () => Request
  /** The field that takes what the GET of the same path answers, so that it can be sent back as it is. */
  readonly takesBack?: string
  /** The errors that only some operations answer; `errorsOf` names them all. */
  readonly errors: readonly ErrorCode[]
  /** Never there: carries the type of the answer. Its schema is in `responses`. */
  readonly answer?: Answer
}

/** Declares an operation; the answer's type is given, the request's comes from its schema. */
export function operation<Answer>() {
  return <Request extends z.ZodMiniType>(
    spec: Omit<Operation<Request, Answer>, 'answer' | 'errors'> & { readonly errors?: readonly ErrorCode[] },
  ): Operation<Request, Answer> => ({ errors: [], ...spec, request: lazy(spec.request) })
}

/**
 * What every write may carry beside its request.
 *
 * @example
 * const { changes, preview } = await client.putWidget({ mode: 'offline' }, { dryRun: true })
 */
export interface WriteOptions {
  /** Why, for the log; at most 1,000 characters. */
  readonly note?: string | undefined
  /** Answer what the write would do, and do nothing. */
  readonly dryRun?: boolean | undefined
  /** How many days from now a dry run looks at what visitors would see, from 7 to 366; default 7. */
  readonly horizonDays?: number | undefined
  /** The revision that what is written was read at (`If-Match`), or several: any other state of it is a conflict. */
  readonly ifMatch?: number | readonly number[] | undefined
}

export type ChangeAnswer = AnswerBy<typeof change>
export type ModeAnswer = AnswerBy<typeof modeState>
export type PreviewEntry = AnswerBy<typeof previewEntry>
export type WriteAnswer = AnswerBy<typeof write>

/** What a write to a service that knows agents only answers: what its widget does, Drift does not tell. */
export type AgentsWriteAnswer = Omit<WriteAnswer, 'effect'> & Partial<Pick<WriteAnswer, 'effect'>>
