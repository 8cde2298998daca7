import type { Client } from '../../api/client.js'
import type { WriteOptions } from '../../api/contract/operation.js'
import { DriftStatusError } from '../../domain/errors.js'
import { type CommandResult, WRITE_FIELDS, WRITE_OPTIONS, type WriteFlags } from '../command.js'
import type { Context } from '../context.js'
import { line } from '../output/line.js'
import type { ProfiledPlan, Wanted } from '../session/plan-file.js'
import { writeOptions, writeResult } from '../session/with-profile.js'
import { defineCall } from '../session/workspace-command.js'
import { canAsk, confirmOrStop } from '../terminal/ask.js'
import { planResult } from './plan.js'

interface ApplyFlags extends WriteFlags {
  readonly file: string
  readonly prune?: boolean
  readonly source?: string
}

export const apply = defineCall<ApplyFlags>({
  name: 'apply',
  summary: 'make the workspace equal to a document, or do what a plan says',
  description:
    'Makes the workspace equal to a document, in one revision or not at all: shows the plan and asks. A plan that was kept is done as it was planned, once. Statuses, chats and overrides stay as they are.',
  arguments: [
    {
      name: '<file>',
      summary: 'a workspace document, or a plan that was kept; - reads standard input',
      completes: 'files',
    },
  ],
  options: [
    { flags: '--prune', summary: 'remove the agents that the document does not name' },
    { flags: '--source <text>', summary: 'where the document is from, for the log: a commit, for instance' },
    ...WRITE_OPTIONS,
  ],
  fields: WRITE_FIELDS,
  examples: [
    'apply workspace.yaml',
    'apply plan.json --yes --source "$GITHUB_SHA"',
    'apply workspace.yaml --prune --dry-run',
  ],
  call: async (client, options, context) => {
    const { readWanted } = await import('../session/plan-file.js')
    const wanted = await readWanted(options.file, context)
    const put = putOf(client, wanted, options)
    // Nobody is asked about a plan that does not hold.
    if (wanted.kept) await put(wanted.kept, { dryRun: true })
    const plan: ProfiledPlan = await client.planWorkspace({
      document: wanted.document,
      horizonDays: options.horizon,
    })
    checkPruned(plan, wanted, options)
    if (options.dryRun) return { ...planResult(plan, wanted, {}), wouldChange: plan.changed }
    const isAsked = plan.changed && !options.yes
    if (isAsked) await ask(plan, wanted, options, context)
    const answer = await put(wanted.kept ?? plan, writeOptions(options))
    const result = writeResult(answer, `The workspace is as ${wanted.file} says`)
    return isAsked ? { ...result, text: withoutChanges(answer, wanted) } : result
  },
})

type Put = (plan: ProfiledPlan, writing: WriteOptions) => ReturnType<Client['putWorkspace']>

function putOf(client: Client, { document }: Wanted, { source }: ApplyFlags): Put {
  return ({ base }, writing) =>
    client.putWorkspace({ document, plan: base, ...(source !== undefined && { source }) }, writing)
}

/** @throws DriftStatusError (usage) when agents would be removed, and nobody said that they may */
function checkPruned(plan: ProfiledPlan, { file }: Wanted, { prune, dryRun }: ApplyFlags): void {
  if (prune || dryRun || plan.removedAgents.length === 0) return
  throw new DriftStatusError('usage', `this would remove ${agentsInWords(plan)}`, {
    hint: `add --prune, or name them in ${file}; nothing was changed`,
  })
}

const MAX_NAMED = 20

/** `the agents Ana (2) and Sam (5)`. */
function agentsInWords({ removedAgents, names = {} }: ProfiledPlan): string {
  const named = removedAgents.slice(0, MAX_NAMED).map((id) => (Object.hasOwn(names, id) ? `${names[id]} (${id})` : id))
  const more = removedAgents.length - named.length
  const all = [...named, ...(more > 0 ? [`${more} more`] : [])]
  const list = all.length === 1 ? all[0]! : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
  return `the ${removedAgents.length === 1 ? 'agent' : 'agents'} ${list}`
}

/** Shows the plan, and asks. @throws Declined when the answer is no */
async function ask(plan: ProfiledPlan, { file }: Wanted, options: ApplyFlags, context: Context): Promise<void> {
  if (canAsk(options, context)) {
    const [{ printAside }, { renderPlan }] = await Promise.all([
      import('../output/print.js'),
      import('../output/views/plan.js'),
    ])
    await printAside((style) => renderPlan(plan, file, style), options, context)
  }
  const question = plan.removedAgents.length === 0 ? 'Apply it?' : `Apply it, and remove ${agentsInWords(plan)}?`
  await confirmOrStop({ question, reason: 'applying asks first' }, options, context)
}

/** What was done, for whom has seen the plan. */
function withoutChanges(
  { workspace, revision, profile }: Awaited<ReturnType<Put>> & { readonly profile?: string },
  { file }: Wanted,
): CommandResult['text'] {
  const place = profile === undefined ? workspace : `${workspace}, profile ${profile}`
  return (style) => line`The workspace is as ${file} says ${style.dim(`(${place}, revision ${revision})`)}`
}
