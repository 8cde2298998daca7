import type { PlanAnswer } from '../../api/contract/answers.js'
import { BODY_BYTES } from '../../api/contract/body-bytes.js'
import { keptPlanIn } from '../../api/kept-plan.js'
import { findBrokenPromise } from '../../api/network/check-answer.js'
import { parseWorkspace } from '../../domain/document/parse-workspace.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { withoutState } from '../../domain/document/state.js'
import { DriftStatusError } from '../../domain/errors.js'
import { readUtf8 } from '../../domain/utf8-text.js'
import type { Context } from '../context.js'
import { toSafeJson } from '../output/safe-text.js'

/** A plan's answer, with the profile that it was made with. */
export type ProfiledPlan = PlanAnswer & { readonly profile?: string }

/** How a workspace is to be, by a document or by a plan that was kept. */
export interface Wanted {
  /** What the file is called. */
  readonly file: string
  readonly document: unknown
  /** Of a plan that was kept: what it said. */
  readonly kept: ProfiledPlan | undefined
}

const PLAN_VERSION = 1

/**
 * Reads a document, or a plan that `keepPlan` wrote.
 * @throws DriftStatusError (invalid-input) for what is neither, saying everything that is wrong with a document
 */
export async function readWanted(path: string, context: Pick<Context, 'read'>): Promise<Wanted> {
  const file = path === '-' ? '<stdin>' : path
  // A plan holds the document, and what it said.
  const bytes = await context.read(path, 2 * BODY_BYTES.document)
  const text = readUtf8(bytes, file, 'a workspace document is YAML or JSON in UTF-8')
  const given = keptPlanIn(text)
  if (given === undefined) return { file, document: parseWorkspace(text, file), kept: undefined }
  const { plan, file: of, document, planned } = given
  const isWhole = typeof of === 'string' && typeof document === 'object' && document !== null
  if (plan === PLAN_VERSION && isWhole && findBrokenPromise('planWorkspace', planned) === undefined) {
    return { file: of, document, kept: planned as ProfiledPlan }
  }
  throw new DriftStatusError('invalid-input', `${file} is a plan that this version cannot read`, {
    hint: 'make it again with "drift-status plan FILE --out PLAN"',
  })
}

/** Writes a plan for `apply`, with the document that it is of. */
export async function keepPlan(
  path: string,
  { file, document }: Wanted,
  planned: ProfiledPlan,
  context: Pick<Context, 'write'>,
): Promise<void> {
  const settings = withoutState(document as WorkspaceDocument)
  await context.write(path, `${toSafeJson({ plan: PLAN_VERSION, file, document: settings, planned }, 2)}\n`)
}
