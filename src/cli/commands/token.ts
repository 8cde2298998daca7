import type { Client } from '../../api/client.js'
import type { NewTokenAnswer } from '../../api/contract/answers.js'
import { SCOPES, type Scope } from '../../api/contract/operation.js'
import { readDuration } from '../../domain/time/typed/duration.js'
import { ROLES, type Role } from '../../domain/words.js'
import { type CommandResult, defineCommand, WRITE_FIELDS, WRITE_OPTIONS, type WriteFlags } from '../command.js'
import type { Context } from '../context.js'
import { readWorkspaceTime } from '../flags/typed-time.js'
import { duration } from '../flags/values.js'
import { withClient, writeOptions, writeResult } from '../session/with-profile.js'
import { defineCall, defineWrite } from '../session/workspace-command.js'

const ID = { name: '<id>', summary: 'the id of a token: see token list', completes: 'tokens' } as const

interface ExpiryFlags {
  readonly expires?: string
}

interface CreateFlags extends WriteFlags, ExpiryFlags {
  readonly name?: string
  readonly agent?: string
  readonly scope?: readonly Scope[]
  readonly role?: Role
}

interface RotateFlags extends WriteFlags, ExpiryFlags {
  readonly id: string
  /** Milliseconds. */
  readonly overlap?: number
}

export const tokenCreate = defineCommand<CreateFlags>({
  name: 'token create',
  summary: 'make a token and print its secret, once',
  description:
    'Makes a token and prints its secret on standard output, once; everything else goes to standard error.\nWithout --scope and --role it may do what its agent may do; with them, never more than that.',
  options: [
    { flags: '--name <name>', summary: 'what it is for' },
    { flags: '--agent <who>', summary: 'the agent that "me" is', completes: 'agents' },
    { flags: '--scope <scope>', summary: 'what it allows', choices: SCOPES, isRepeatable: true },
    { flags: '--role <role>', summary: 'what it allows: what an agent or an admin may', choices: ROLES },
    { flags: '--expires <when>', summary: 'when it expires: 30d, "2027-01-31", never (default: 90d)' },
    ...WRITE_OPTIONS,
  ],
  fields: [...WRITE_FIELDS, 'token', 'secret'],
  examples: [
    'token create --agent ana@acme.example',
    'token create --name ci --scope read --scope hours --expires never > token.txt',
  ],
  run: (options, context) =>
    withClient(options, context, async (client) => {
      const { name, agent, scope, role } = options
      const expiresAt = await readExpiry(options, client, context)
      const answer = await client.createToken(
        { name, agent, scopes: scope && [...scope], role, expiresAt },
        writeOptions(options),
      )
      return secretResult(answer, `A token for ${answer.token.name} is made`, options, context)
    }),
})

export const tokenList = defineCall({
  name: 'token list',
  summary: 'every token: agent, scopes, expiry, last use',
  isDefault: true,
  list: {
    key: 'tokens',
    fields: [
      'id',
      'name',
      'agent',
      'scopes',
      'followsAgent',
      'state',
      'createdAt',
      'expiresAt',
      'lastUsedAt',
      'rotatedAt',
      'previousUntil',
      'revokedAt',
      'revokedBecause',
    ],
  },
  examples: ['token list', 'token list --json'],
  call: async (client, options, context) => {
    const tokens = await client.listTokens({})
    const { timeZone } = (await client.getSettings({})).value
    return {
      json: { tokens },
      text: async (style) => {
        const view = { timeZone, now: context.now(), profile: options.profile, style }
        return (await import('../output/views/tokens.js')).renderTokens(tokens, view)
      },
    }
  },
})

export const tokenRotate = defineCommand<RotateFlags>({
  name: 'token rotate',
  summary: 'give a token a new secret; the old one works for a while',
  arguments: [ID],
  options: [
    { flags: '--overlap <duration>', summary: 'how long the old secret works: 24h, 0s (default: 4h)', parse: overlap },
    { flags: '--expires <when>', summary: 'when it expires: 30d, "2027-01-31", never (default: as long as before)' },
    ...WRITE_OPTIONS,
  ],
  fields: [...WRITE_FIELDS, 'token', 'secret'],
  examples: ['token rotate k3v9a2xp --overlap 24h', 'token rotate k3v9a2xp --overlap 0s'],
  run: (options, context) =>
    withClient(options, context, async (client) => {
      const { id, overlap: overlapMs } = options
      const overlapSeconds = overlapMs === undefined ? undefined : Math.ceil(overlapMs / 1000)
      const expiresAt = await readExpiry(options, client, context)
      const answer = await client.rotateToken({ id, overlapSeconds, expiresAt }, writeOptions(options))
      return secretResult(answer, `Token ${id} has a new secret`, options, context)
    }),
})

export const tokenRevoke = defineWrite<{ readonly id: string }>({
  name: 'token revoke',
  isLive: true,
  summary: 'end a token at once',
  arguments: [ID],
  examples: ['token revoke k3v9a2xp --message "laptop lost"'],
  write: async (client, options, writing) => [
    await client.revokeToken({ id: options.id }, writing),
    `Token ${options.id} is revoked`,
  ],
})

/** The secret alone on standard output, so that it can be sent to a file; the rest beside it. */
async function secretResult(
  answer: NewTokenAnswer,
  sentence: string,
  options: WriteFlags,
  context: Context,
): Promise<CommandResult> {
  const { secret } = answer
  if (options.json || secret === null) return writeResult(answer, sentence)
  const { printSecret } = await import('../output/print.js')
  const { renderNewToken } = await import('../output/views/tokens.js')
  await printSecret(secret, renderNewToken(answer, context.now()), options, context)
  return { json: answer, text: () => '', isPrinted: true }
}

/** Null is never. */
function readExpiry(
  { expires }: ExpiryFlags,
  client: Client,
  context: Context,
): Promise<string> | string | null | undefined {
  if (expires === undefined) return undefined
  if (expires.toLowerCase() === 'never') return null
  // A number without a unit is not a time: the error of a duration says what to write.
  if (/^\d+$/.test(expires) || readDuration(expires) !== undefined)
    return new Date(context.now() + duration(expires)).toISOString()
  return readWorkspaceTime(expires, '--expires', client, context, 'future')
}

/** No overlap is one too. */
function overlap(text: string): number {
  return /^0(?:d|h|min|m|s)?$/.test(text) ? 0 : duration(text)
}
