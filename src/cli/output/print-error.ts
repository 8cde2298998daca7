import { DocumentError, type Problem, withPath } from '../../domain/document/problem.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { hintOf, onProfile } from '../next-steps.js'
import { line, type Text } from './line.js'
import { fittedLines } from './print.js'
import { toSafeJson } from './safe-text.js'
import { type Style, styleOf } from './style.js'

/** More problems than this are counted, not listed: the first are what an author mends first. */
const MAX_PROBLEMS = 20

/** Writes what was thrown to standard error: what happened, where, and what to do next. */
export async function printError(
  error: unknown,
  options: GlobalOptions,
  context: Pick<Context, 'stderr' | 'env' | 'now'>,
): Promise<void> {
  if (options.json) {
    context.stderr.write(`${toSafeJson({ error: errorAnswer(error, options) })}\n`)
    return
  }
  const style = await styleOf(context.stderr, context, options)
  context.stderr.write(await fittedLines(errorLines(error, style, options), style))
}

/** The value of `error` in `--json` mode. */
function errorAnswer(error: unknown, { profile }: GlobalOptions): Record<string, unknown> {
  if (!(error instanceof DriftStatusError)) return { code: 'failed', message: bugMessage(error), hint: BUG_HINT }
  const { code, message, reason, rule } = error
  const hint = hintOf(error)
  return {
    code,
    message,
    hint: hint === undefined ? null : onProfile(hint, profile),
    ...(reason !== undefined && { reason }),
    ...(rule !== undefined && { rule }),
    ...(error instanceof DocumentError && { problems: error.problems }),
  }
}

function errorLines(error: unknown, style: Style, { profile }: GlobalOptions): readonly Text[] {
  const label = style.bad('error:')
  if (error instanceof DocumentError) return problemLines(error.problems, style)
  if (!(error instanceof DriftStatusError)) return [line`${label} ${bugMessage(error)}`, ...hintLine(BUG_HINT, style)]
  const rule = error.rule === undefined ? '' : ` (${error.rule})`
  const hint = hintOf(error)
  return [line`${label} ${error.message}${rule}`, ...hintLine(hint && onProfile(hint, profile), style)]
}

function problemLines(problems: readonly Problem[], style: Style): readonly Text[] {
  const lines: Text[] = problems.slice(0, MAX_PROBLEMS).flatMap((problem) => {
    const place = `${problem.file}:${problem.line}:${problem.column}`
    return [line`${style.bad('error:')} ${style.bold(place)}: ${withPath(problem)}`, ...hintLine(problem.hint, style)]
  })
  const more = problems.length - MAX_PROBLEMS
  if (more > 0) lines.push(`… and ${more} more`)
  return lines
}

function hintLine(hint: string | undefined, style: Style): readonly Text[] {
  return hint === undefined ? [] : [line`${style.accent('hint:')} ${hint}`]
}

const BUG_HINT = 'this is a bug: please report it with the command you ran'

function bugMessage(error: unknown): string {
  return `unexpected: ${error instanceof Error ? error.message : String(error)}`
}
