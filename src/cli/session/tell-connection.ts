import type { GlobalOptions } from '../command.js'
import type { Context } from '../context.js'

/** Tells a person who watches that the connection is lost, for a reason, or, without one, that it is there again. */
export function tellConnection(lost: string | undefined, options: GlobalOptions, context: Context): void {
  if (options.quiet) return
  const sentence = lost === undefined ? 'Connected again.' : `Connection lost (${lost}); trying again.`
  void import('../output/print.js').then(({ printAside }) => printAside(() => sentence, options, context))
}
