import type { GlobalOptions } from '../command.js'
import { agentNamed, readTopic } from '../flags/log-topics.js'
import { readWorkspaceTime } from '../flags/typed-time.js'
import { wholeNumber } from '../flags/values.js'
import { defineCall, defineWrite } from '../session/workspace-command.js'
import { canAsk, confirmOrStop, showPreview } from '../terminal/ask.js'

const REVISION = {
  name: '<revision>',
  summary: 'the number of a revision',
  completes: 'revisions',
  parse: wholeNumber(1, 2 ** 31),
} as const

interface LogOptions extends GlobalOptions {
  readonly who?: string
  readonly what?: string
  readonly since?: string
  readonly before?: number
  readonly limit?: number
}

export const log = defineCall<LogOptions>({
  name: 'log',
  summary: 'who changed what, when and why',
  options: [
    { flags: '--who <who>', summary: 'only what this agent did: id, email or name', completes: 'agents' },
    {
      flags: '--what <topic>',
      summary: 'only changes of this: hours, mode, rules …, an agent by name, or a path such as hours.weekly',
      completes: 'topics',
    },
    { flags: '--since <time>', summary: 'only since a time' },
    { flags: '--before <revision>', summary: 'only before this revision', parse: wholeNumber(1, 2 ** 31) },
    { flags: '-n, --limit <count>', summary: 'at most this many (default: 20)', parse: wholeNumber(1, 1000) },
  ],
  list: { key: 'revisions', fields: ['number', 'at', 'actor', 'note', 'changes', 'applied'] },
  examples: ['log', 'log --what hours --since "mon 00:00"', 'log --who ana --limit 5 --json'],
  call: async (client, options, context) => {
    const { who, what, before, limit } = options
    const since =
      options.since === undefined
        ? undefined
        : await readWorkspaceTime(options.since, '--since', client, context, 'past')
    const path = what === undefined ? undefined : await readTopic(what, client)
    // Whoever acts without being an agent has a name in the log as well.
    const actor = who === undefined ? undefined : ((await agentNamed(who, client)) ?? who)
    const answer = await client.listRevisions({ actor, path, since, before, limit })
    // Nobody of that name: the error names the nearest.
    if (who !== undefined && actor === who && answer.revisions.length === 0) await client.getAgent({ id: who })
    return {
      json: answer,
      text: async (style) => (await import('../output/views/revisions.js')).renderLog(answer, style),
    }
  },
})

export const show = defineCall<{ revision: number }>({
  name: 'show',
  summary: 'one revision: who, when, why, and what changed',
  arguments: [REVISION],
  fields: ['number', 'at', 'actor', 'note', 'changes', 'applied', 'names', 'timeZone'],
  examples: ['show 12'],
  call: async (client, options) => {
    const answer = await client.getRevision({ number: options.revision })
    return {
      json: answer,
      text: async (style) => (await import('../output/views/revisions.js')).renderRevision(answer, style),
    }
  },
})

export const revert = defineWrite<{ revision: number; force?: boolean }>({
  name: 'revert',
  isLive: true,
  summary: 'undo a revision by a new one',
  description: 'Undoes a revision by a new one. Refuses when later changes touched the same paths, unless forced.',
  arguments: [REVISION],
  options: [{ flags: '--force', summary: 'overwrite later changes of the same paths' }],
  examples: ['revert 12', 'revert 12 --dry-run'],
  write: async (client, options, writing, context) => {
    const { revision, force, message } = options
    const undo = (dryRun = options.dryRun) =>
      client.revert(
        { number: revision, ...(force !== undefined && { force }) },
        { ...writing, dryRun, note: message ?? `revert of ${revision}` },
      )
    if (!options.dryRun && !options.yes && canAsk(options, context)) {
      await showPreview(await undo(true), options, context)
      await confirmOrStop({ question: `Undo revision ${revision}?`, reason: 'an undo asks first' }, options, context)
    }
    const answer = await undo()
    return [answer, `Revision ${revision} is undone`]
  },
})
