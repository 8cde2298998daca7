import type { WriteAnswer } from '../../api/contract/operation.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { GlobalOptions } from '../command.js'
import type { Around, Context, OpenedProfile, Place } from '../context.js'
import { writtenLines } from '../output/line.js'
import { canAsk, confirmOrStop, showPreview } from '../terminal/ask.js'

/**
 * Opens what the flags name. Every call of every command passes here: writes to a protected profile
 * ask, and `--verbose` tells what is asked of whom.
 */
export async function openProfile(options: GlobalOptions, context: Context): Promise<OpenedProfile> {
  const trace = options.verbose ? await tracer(options, context) : undefined
  return context.connect(options.profile, {
    trace,
    timeoutMs: options.timeoutMs,
    around(place) {
      const guard = place.isProtected ? guardWrites(place, options, context) : undefined
      const tell = trace && traceCalls(place, trace)
      const around = guard && tell ? inside(tell, guard) : (guard ?? tell)
      // The bare API is shown as the service answers.
      return options.commandName === 'api' ? around : inside(around, nameProfile(place))
    },
  })
}

/** Writes what is asked, as soon as it is answered. */
async function tracer(options: GlobalOptions, context: Context): Promise<(line: string) => void> {
  const [{ styleOf }, { fitted }] = await Promise.all([import('../output/style.js'), import('../output/wrap.js')])
  const style = await styleOf(context.stderr, context, options)
  return (line) => context.stderr.write(fitted(writtenLines(line), style))
}

function inside(outer: Around | undefined, inner: Around): Around {
  return outer ? (call, go) => outer(call, (given) => inner(call, (own = given) => go(own))) : inner
}

/** Says in the answer of a write which profile it was made to. */
function nameProfile({ profile }: Place): Around {
  return async (_, go) => {
    const answer = await go()
    const isWritten = typeof answer === 'object' && answer !== null && 'changed' in answer && profile !== undefined
    return isWritten ? { ...answer, profile } : answer
  }
}

/** Asks before the first write; the answer holds for the rest of the command. */
function guardWrites({ profile, place }: Place, options: GlobalOptions, context: Context): Around {
  const name = `the protected profile "${profile}" (${place})`
  let isAllowed = false
  return async ({ id, options: writing }, go) => {
    if (!isAllowed && !writing.dryRun) {
      const { isWrite } = await import('../../api/contract/operations.js')
      if (isWrite(id)) {
        // What a document changes was shown as a plan.
        const isShown = id === 'putWorkspace' && options.commandName === 'apply'
        if (!isShown && !options.yes && canAsk(options, context)) {
          const preview = await go({ ...writing, dryRun: true })
          if (isRevision(preview)) await showPreview(preview, options, context)
        }
        await confirmOrStop(
          { question: `This writes to ${name}. Go on?`, reason: `this writes to ${name}` },
          options,
          context,
        )
        isAllowed = true
      }
    }
    return go()
  }
}

/** Whether a write makes a revision, and so has an effect to show. */
function isRevision(answer: unknown): answer is WriteAnswer {
  return typeof answer === 'object' && answer !== null && 'changes' in answer && 'effect' in answer
}

/** Says which operation was asked of whom, how it ended and how long it took: never what was sent. */
function traceCalls({ profile, service, place }: Place, trace: (line: string) => void): Around {
  const whom = `${profile === undefined ? 'no profile' : `profile ${profile}`}, ${service} ${place}`
  return async ({ id, options }, go) => {
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
  }
}
