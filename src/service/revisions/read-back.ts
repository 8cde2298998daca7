import type { Operation } from '../../api/contract/operation.js'

/** A request, and the revision that what it holds was read at. */
export interface ReadBack {
  readonly request: unknown
  readonly ifMatch: number | undefined
}

/**
 * What a GET answered can be sent back as it is: `{ value, revision }`, or a whole document. The
 * revision is the one that it must still be at, so that nothing written since is lost.
 */
export function readBack({ takesBack }: Operation, request: unknown): ReadBack {
  const asItIs = { request, ifMatch: undefined }
  if (takesBack === undefined || typeof request !== 'object' || request === null) return asItIs
  if (Object.hasOwn(request, takesBack)) return asItIs
  if (Object.hasOwn(request, 'version')) return { request: { [takesBack]: request }, ifMatch: undefined }
  const { value, revision, ...others } = request as { value?: unknown; revision?: unknown }
  if (value === undefined || !(revision === undefined || typeof revision === 'number')) return asItIs
  return { request: { ...others, [takesBack]: value }, ifMatch: revision }
}
