import { DriftStatusError, type ErrorCode, type ErrorReason, type RuleNumber } from '../../domain/errors.js'
import { ERROR_STATUS, PROBLEM_TYPE, type ProblemAnswer } from '../contract/http.js'
import type { TextAnswer } from './request/answer.js'

const NEXT_STEPS: Readonly<Partial<Record<ErrorCode, string>>> = {
  'not-allowed': 'something between here and the service forbids it; ask whoever runs the service',
  busy: 'try again in a moment',
}

/** The error of an answer with a status other than 2xx: the one that the service threw, if it is our service. */
export function toError(answer: TextAnswer, host: string): DriftStatusError {
  const problem = parseProblem(answer)
  if (!problem) return foreignAnswer(answer.status, host)
  return new DriftStatusError(problem.code, problem.detail, {
    hint: typeof problem.hint === 'string' ? problem.hint : undefined,
    rule: /^R\d+$/.test(String(problem.rule)) ? (problem.rule as RuleNumber) : undefined,
    reason: typeof problem.reason === 'string' ? (problem.reason as ErrorReason) : undefined,
    subject: typeof problem.subject === 'string' ? problem.subject : undefined,
  })
}

/** Something else answers at that address: a gateway's page, a login of the network, another service. */
export function foreignAnswer(status: number, host: string): DriftStatusError {
  const code = foreignCode(status)
  return new DriftStatusError(code, `${host} answered ${status} with something that is not an answer of drift-status`, {
    reason: code === 'not-logged-in' ? 'login-needed' : code === 'unreachable' ? 'not-a-service' : undefined,
    hint: NEXT_STEPS[code] ?? 'check the address, and that the service is running behind its gateway',
  })
}

/** A success that is not what our service promises: a login page of the network, or a service of another kind. */
export class BrokenPromiseError extends DriftStatusError {
  constructor(host: string, what: string, { mayBeWritten = false }: { readonly mayBeWritten?: boolean } = {}) {
    const hint = mayBeWritten
      ? 'the write may have been done: look for it in the log; the service may be an older version'
      : 'check the address, and whether a login page of the network answers in its place'
    const reason = mayBeWritten ? 'write-uncertain' : 'not-a-service'
    super('failed', `${host} did not answer as a drift-status service does: ${what}`, { reason, hint })
  }
}

export function isJson({ headers }: Pick<TextAnswer, 'headers'>): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '')
}

function foreignCode(status: number): ErrorCode {
  if (status === 401) return 'not-logged-in'
  if (status === 403) return 'not-allowed'
  return status === 429 || status === 503 ? 'busy' : 'unreachable'
}

function parseProblem({ headers, text }: TextAnswer): ProblemAnswer | undefined {
  if (!headers['content-type']?.startsWith(PROBLEM_TYPE)) return undefined
  const problem = parseJson(text)
  if (typeof problem !== 'object' || problem === null) return undefined
  const { code, detail } = problem as Partial<ProblemAnswer>
  const isOurs = typeof code === 'string' && Object.hasOwn(ERROR_STATUS, code) && typeof detail === 'string'
  return isOurs ? (problem as ProblemAnswer) : undefined
}

/** The value of a JSON text; undefined for anything else. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
