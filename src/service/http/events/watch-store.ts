import { DriftStatusError } from '../../../domain/errors.js'
import type { Store } from '../../store/store.js'

/** Looks at a store now and then, and says when it can be written no more, and when it can again. */
export function watchStore(store: Store, note: (text: string) => void, intervalMs: number): () => void {
  let told: string | undefined
  const look = async () => {
    const problem = await store.check().then(() => undefined, inWords)
    if (problem !== told) note(problem ?? 'the workspace file is in its place again: writes are kept')
    told = problem
  }
  const timer = setInterval(() => void look(), intervalMs).unref()
  return () => clearInterval(timer)
}

function inWords(error: unknown): string {
  return error instanceof DriftStatusError ? `${error.message}; ${error.hint}` : String(error)
}
