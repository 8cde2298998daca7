import { type Client, createClient } from '../api/client.js'
import type { WriteOptions } from '../api/contract/operation.js'
import type { OperationId } from '../api/contract/operations.js'
import { DriftStatusError } from '../domain/errors.js'
import { confirmOrStop } from './ask.js'
import type { GlobalOptions } from './command.js'
import type { Connection, Context } from './context.js'
import { writtenLines } from './output/line.js'

/**
 * Opens the workspace that the flags name. Every call of every command passes here: writes to a
 * protected profile ask, and `--verbose` tells what is asked of whom.
 */
export async function openClient(options: GlobalOptions, context: Context): Promise<Connection> {
  const trace = options.verbose ? (line: string) => context.stderr.write(writtenLines(line)) : undefined
  const connection = await context.connect(options.profile, { trace })
  const guarded = connection.isProtected ? guardWrites(connection, options, context) : connection.client
  return { ...connection, client: trace ? traceCalls(guarded, connection, trace) : guarded }
}

interface Call {
  readonly id: OperationId
  readonly options: WriteOptions
}

type Around = (call: Call, go: () => Promise<unknown>) => Promise<unknown>

/** The same client with something done around each call. */
function aroundCalls(client: Client, around: Around): Client {
  return createClient({
    call: (id, request, options) => {
      const method = client[id] as (request: unknown, options: WriteOptions) => Promise<unknown>
      return around({ id, options }, () => method(request, options))
    },
    events: client.events,
    close: client.close,
  })
}

/** Asks before the first write; the answer holds for the rest of the command. */
function guardWrites({ client, profile, place }: Connection, options: GlobalOptions, context: Context): Client {
  const name = `the protected profile "${profile}" (${place})`
  let isAllowed = false
  return aroundCalls(client, async ({ id, options: { dryRun } }, go) => {
    if (!isAllowed && !dryRun) {
      const { isWrite } = await import('../api/contract/operations.js')
      if (isWrite(id)) {
        await confirmOrStop(
          { question: `This writes to ${name}. Go on?`, reason: `this writes to ${name}` },
          options,
          context,
        )
        isAllowed = true
      }
    }
    return go()
  })
}

/** Says which operation was asked of whom, how it ended and how long it took: never what was sent. */
function traceCalls(client: Client, { profile, service, place }: Connection, trace: (line: string) => void): Client {
  const whom = `${profile === undefined ? 'no profile' : `profile ${profile}`}, ${service} ${place}`
  return aroundCalls(client, async ({ id, options }, go) => {
    const start = performance.now()
    const end = (outcome: string) => {
      const milliseconds = Math.round(performance.now() - start)
      trace(`${id}${options.dryRun ? ' (dry run)' : ''} of ${whom}: ${outcome} in ${milliseconds} ms`)
    }
    try {
      const answer = await go()
      end('done')
      return answer
    } catch (error) {
      end(error instanceof DriftStatusError ? error.code : 'failed')
      throw error
    }
  })
}
