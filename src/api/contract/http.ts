import { DriftStatusError, type ErrorCode } from '../../domain/errors.js'
import type { Method } from './operation.js'

/** How the contract travels over HTTP: the same on both ends of the wire. */

/** Why, for the log: percent-encoded UTF-8, because a header is not. */
export const NOTE_HEADER = 'drift-status-note'
/** Repeats of a write under one key answer what the first did. */
export const IDEMPOTENCY_HEADER = 'idempotency-key'
/** `?dryRun=true`: answer what a write would do, and do nothing. */
export const DRY_RUN_PARAMETER = 'dryRun'
export const HORIZON_PARAMETER = 'horizonDays'
/** A week of hours, or more; a year at most. */
export const [MIN_HORIZON_DAYS, MAX_HORIZON_DAYS] = [7, 366]

export const PROBLEM_TYPE = 'application/problem+json'

/** The status of each error; a stale `If-Match` is 412 instead of 409. */
export const ERROR_STATUS: Readonly<Record<ErrorCode, number>> = {
  usage: 400,
  'invalid-input': 400,
  condition: 400,
  'not-logged-in': 401,
  'not-allowed': 403,
  'not-found': 404,
  conflict: 409,
  busy: 503,
  unreachable: 502,
  unreadable: 424,
  interrupted: 503,
  failed: 500,
}

/** An error on the wire (RFC 9457). */
export interface ProblemAnswer {
  /** Always `about:blank`: `code` says which error it is. */
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ErrorCode
  /** What to do next. */
  readonly hint: string | null
  /** The rule that was broken. */
  readonly rule?: string
  /** What went wrong, to the word; a later service may send others. */
  readonly reason?: string
  /** The id, name or path that the reason is about. */
  readonly subject?: string
}

/** A request as HTTP: where its fields go. */
export interface HttpRequest {
  /** With the query. */
  readonly path: string
  readonly body: Readonly<Record<string, unknown>> | undefined
}

/** Whether the fields that no path names are the query: a body is for what writes. */
export function isInQuery(method: Method): boolean {
  return method === 'GET' || method === 'DELETE'
}

/**
 * Fields named in the path go there, the others into the query of a GET or DELETE, or into the body.
 * @throws DriftStatusError (invalid-input) for an empty part of the path: without it, it would be another path
 */
export function toHttpRequest(
  { method, path }: { readonly method: Method; readonly path: string },
  request: Readonly<Record<string, unknown>>,
): HttpRequest {
  const left = new Map(Object.entries(request).filter(([, value]) => value !== undefined))
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(left.get(name) ?? '')
    left.delete(name)
    if (value === '') throw new DriftStatusError('invalid-input', `${name}: is empty`)
    return encodeText(value)
  })
  if (!isInQuery(method)) return { path: filled, body: Object.fromEntries(left) }
  const query = new URLSearchParams(
    [...left].map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  return { path: query === '' ? filled : `${filled}?${query}`, body: undefined }
}

/** Percent-encoded UTF-8. Half a surrogate pair has no encoding: it becomes the replacement character. */
export function encodeText(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
}

/** `"12"`: the ETag of a revision. */
export function formatEtag(revision: number): string {
  return `"${revision}"`
}

const ENTITY_TAG = /^(W\/)?"([\x21\x23-\x7e\x80-\uffff]*)"$/
/** A list of entity tags, taken apart: a comma may stand within a tag. */
const LIST_ELEMENT = /\s*((?:W\/)?"[^"]*"|[^",\s]*)\s*(?:,|$)/y

/**
 * The revisions of an `If-Match` other than `*` (RFC 9110, 13.1.1). A weak tag never matches, nor does one that is
 * not ours: what is left may be an empty list, which matches nothing.
 * @returns undefined for what is not a list of ETags
 */
export function parseIfMatch(text: string): readonly number[] | undefined {
  const tags = listElements(text)?.filter((tag) => tag !== '')
  if (tags === undefined || tags.length === 0) return undefined
  const parsed = tags.map((tag) => ENTITY_TAG.exec(tag))
  if (parsed.includes(null)) return undefined
  return parsed.flatMap((match) => {
    const [, weak, opaque = ''] = match!
    return weak === undefined && /^(0|[1-9]\d{0,14})$/.test(opaque) ? [Number(opaque)] : []
  })
}

/** Undefined when a part is neither a quoted text nor a word. */
function listElements(text: string): readonly string[] | undefined {
  const elements: string[] = []
  for (LIST_ELEMENT.lastIndex = 0; LIST_ELEMENT.lastIndex < text.length; ) {
    const match = LIST_ELEMENT.exec(text)
    if (!match) return undefined
    elements.push(match[1]!)
  }
  return elements
}
