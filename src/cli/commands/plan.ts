import type { CommandResult, GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { EXIT_CONDITION, EXIT_OK } from '../exit-codes.js'
import { checkOneShape } from '../flags/one-shape.js'
import { horizon } from '../flags/values.js'
import { line } from '../output/line.js'
import { toSafeJson } from '../output/safe-text.js'
import type { ProfiledPlan, Wanted } from '../session/plan-file.js'
import { defineCall } from '../session/workspace-command.js'

const FORMATS = ['text', 'json', 'markdown'] as const
type PlanFormat = (typeof FORMATS)[number]

interface PlanFlags extends Omit<GlobalOptions, 'format'> {
  readonly file: string
  readonly horizon?: number
  readonly exitCode?: boolean
  readonly format?: PlanFormat
  readonly out?: string
}

export const plan = defineCall<PlanFlags>({
  name: 'plan',
  summary: 'what applying a document would change, and what visitors would notice',
  description:
    'What making the workspace equal to a document would change, for visitors first; then what was changed by hand since the last apply, and whether this would undo it. Nothing is changed.',
  arguments: [
    {
      name: '<file>',
      summary: 'a workspace document, or a plan that was kept; - reads standard input',
      completes: 'files',
    },
  ],
  options: [
    { flags: '--horizon <duration>', summary: 'how far ahead to look (default: 30d)', parse: horizon },
    { flags: '--out <path>', summary: 'keep the plan in a file, for "apply"', completes: 'files' },
    { flags: '--exit-code', summary: 'exit 3 when something would change' },
    { flags: '--format <format>', summary: 'text, json, or markdown for a pull request', choices: FORMATS },
  ],
  fields: [
    'workspace',
    'timeZone',
    'at',
    'until',
    'base',
    'changed',
    'changes',
    'names',
    'removedAgents',
    'preview',
    'basis',
    'partial',
    'findings',
    'byHand',
    'onlineMinutesAWeek',
    'nobodyMinutes',
  ],
  examples: [
    'plan workspace.yaml',
    'plan workspace.yaml --horizon 90d --exit-code',
    'plan workspace.yaml --format markdown --out plan.json',
  ],
  call: async (client, options, context) => {
    checkOneShape(options)
    const { keepPlan, readWanted } = await import('../session/plan-file.js')
    const wanted = await readWanted(options.file, context)
    const current = await client.planWorkspace({ document: wanted.document, horizonDays: options.horizon })
    if (wanted.kept && wanted.kept.base.digest !== current.base.digest) await warnOfStale(options, context)
    const shown: ProfiledPlan = wanted.kept ?? current
    if (options.out !== undefined) await keepPlan(options.out, wanted, shown, context)
    return planResult(shown, wanted, options)
  },
})

/** What a plan says, in the shape that was asked for. */
export function planResult(
  answer: ProfiledPlan,
  { file }: Wanted,
  { format = 'text', exitCode = false }: Pick<PlanFlags, 'format' | 'exitCode'>,
): CommandResult {
  return {
    json: answer,
    exitCode: exitCode && answer.changed ? EXIT_CONDITION : EXIT_OK,
    text: async (style) => {
      if (format === 'json') return toSafeJson(answer, 2).split('\n')
      if (format === 'markdown') return (await import('../output/plan-markdown.js')).planMarkdown(answer, file, style)
      return (await import('../output/views/plan.js')).renderPlan(answer, file, style)
    },
  }
}

async function warnOfStale(options: PlanFlags, context: Context): Promise<void> {
  const { printAside } = await import('../output/print.js')
  const { onProfile } = await import('../next-steps.js')
  const next = onProfile('"drift-status plan FILE"', options.profile)
  await printAside(
    (style) =>
      line`${style.warn('warning:')} the workspace has changed since this plan was made: it cannot be applied any more; plan again with ${next}`,
    options as GlobalOptions,
    context,
  )
}
