import { DriftStatusError } from '../../domain/errors.js'
import { parseDatabase } from '../../profiles/database-place.js'
import { defineCommand, type GlobalOptions } from '../command.js'
import type { Context, Prompter } from '../context.js'
import { line } from '../output/line.js'
import {
  checkOneSource,
  newDocument,
  readSample,
  readStart,
  type Start,
  systemZone,
} from '../session/starting-document.js'

interface InitOptions extends GlobalOptions {
  readonly sample?: boolean
  readonly from?: string
  readonly name?: string
  readonly timeZone?: string
  readonly yourName?: string
  readonly email?: string
  readonly agent?: string
  readonly database?: string
  readonly use?: boolean
}

const DEFAULT_PROFILE = 'local'
/** Who you are in the sample workspace: its admin. */
const SAMPLE_AGENT = 'sam@acme.example'

export const init = defineCommand<InitOptions>({
  name: 'init',
  summary: 'create a workspace on this machine, and the profile that uses it',
  description:
    'Creates a workspace in one file on this machine, and the profile that uses it. Asks for what the flags leave\nout; without a terminal it asks nothing.',
  options: [
    { flags: '--sample', summary: 'the sample workspace, with you as its admin' },
    { flags: '--from <path>', summary: 'the workspace of a document', completes: 'files' },
    { flags: '--name <name>', summary: 'a new workspace of this name' },
    { flags: '--time-zone <zone>', summary: 'its time zone', completes: 'zones' },
    { flags: '--your-name <name>', summary: 'your name, for the first agent' },
    { flags: '--email <email>', summary: 'your email' },
    { flags: '--agent <who>', summary: 'which agent of the document you are: id or email' },
    { flags: '--use', summary: 'use its profile from now on, also where another is in use' },
    {
      flags: '--database <place>',
      summary: 'the file to keep it in, or postgres://USER@HOST/DATABASE (default: a file of your own)',
      completes: 'files',
      parse: parseDatabase,
    },
  ],
  fields: ['profile', 'database', 'workspace', 'agent', 'isUsed'],
  examples: [
    'init --sample',
    'init --from workspace.yaml --agent ana@acme.example',
    'init --name Acme --time-zone Europe/Berlin --your-name Ana --email ana@acme.example',
    'init --sample --database "postgres://drift@db.example/drift?sslmode=verify-full"',
  ],
  async run(options, context) {
    const { document, agent, agentId } = await startingDocument(options, context)
    const profile = options.profile ?? DEFAULT_PROFILE
    const { readProfiles } = await import('../../profiles/profiles.js')
    const { current = profile } = readProfiles(context.env)
    const isUsed = options.use === true || current === profile
    const { database } = await context.createWorkspace(document, {
      profile,
      agent,
      agentId,
      database: options.database,
      isUsed,
    })
    return {
      json: { profile, database, workspace: document.name, agent: agent ?? null, isUsed },
      text: (style) => [
        line`${style.good('Made')} the workspace ${style.bold(document.name)} in ${database}`,
        agent === undefined
          ? `Profile "${profile}" uses it; you act as the owner of the file.`
          : `Profile "${profile}" uses it, and you are ${agent}.`,
        ...(isUsed ? [] : [`Profile "${current}" stays in use: "drift-status profile use ${profile}" changes that.`]),
        style.dim(
          `Next: drift-status status${!isUsed || isOutranked(profile, context) ? ` --profile ${profile}` : ''}`,
        ),
      ],
    }
  },
})

/** Whether the environment names something else than the profile in use. */
function isOutranked(profile: string, { env }: Context): boolean {
  const { DRIFT_STATUS_URL: url, DRIFT_STATUS_PROFILE: other } = env
  return Boolean(url) || Boolean(other && other !== profile)
}

async function startingDocument(options: InitOptions, context: Context): Promise<Start> {
  const { sample, from, name } = options
  checkOneSource(options)
  if (sample) return readSample(options.agent ?? SAMPLE_AGENT, context)
  if (from !== undefined) return readStart(from, options.agent, context)
  const prompter = await prompterOf(options, context)
  if (name === undefined && prompter) {
    const choice = await prompter.choose('Start from', ['a new workspace', 'the sample workspace', 'a document'])
    if (choice === 'the sample workspace') return readSample(SAMPLE_AGENT, context)
    if (choice === 'a document') return readStart(await prompter.text('Path of the document'), options.agent, context)
  }
  return newStart(options, prompter, systemZone(context))
}

/** What a new workspace needs is asked, or named by a flag. */
async function newStart(options: InitOptions, prompter: Prompter | undefined, zone: string): Promise<Start> {
  const ask = async (
    value: string | undefined,
    flag: string,
    question: string,
    { initial, problemOf }: { initial?: string; problemOf: (answer: string) => string | undefined },
  ) => {
    if (value !== undefined) {
      const problem = problemOf(value)
      if (problem !== undefined) throw new DriftStatusError('usage', `${flag}: ${problem}`)
      return value
    }
    if (prompter) return prompter.text(question, initial, problemOf)
    throw new DriftStatusError('usage', `${flag} is missing`, {
      hint: 'run "drift-status init --sample" for the sample workspace, or name one with --name, --time-zone and --email',
    })
  }
  const name = await ask(options.name, '--name', 'Name of the workspace', { problemOf: isEmpty })
  const timeZone = await ask(options.timeZone, '--time-zone', 'Time zone', {
    initial: zone,
    problemOf: await zoneProblem(),
  })
  const email = await ask(options.email, '--email', 'Your email', { problemOf: notAnEmail })
  const yourName =
    options.yourName ??
    (prompter ? await prompter.text('Your name', email.split('@')[0], isEmpty) : email.split('@')[0])
  const you = { id: '1', name: yourName, email, role: 'admin', status: 'available' }
  const document = await newDocument(
    { name, timeZone, agents: [you], routing: { default: { to: { agent: '1' } } } },
    'your answers',
  )
  return { document, agent: email, agentId: '1' }
}

function isEmpty(answer: string): string | undefined {
  return answer.trim() === '' ? 'write a name' : undefined
}

function notAnEmail(answer: string): string | undefined {
  return /^\S+@\S+$/.test(answer) ? undefined : `"${answer}" is not an email address: write it like ana@acme.example`
}

async function zoneProblem(): Promise<(answer: string) => string | undefined> {
  const { Zone } = await import('../../domain/time/zone.js')
  return (answer) => {
    try {
      Zone.of(answer)
      return undefined
    } catch (error) {
      if (!(error instanceof DriftStatusError)) throw error
      return [error.message, error.hint].filter(Boolean).join(': ')
    }
  }
}

async function prompterOf({ json, input }: InitOptions, context: Context): Promise<Prompter | undefined> {
  return context.isInteractive && !json && input !== false ? context.prompter() : undefined
}
