import { DriftStatusError } from '../../domain/errors.js'

/**
 * Of a command with formats of its own: `--json` and another one are two shapes for one answer.
 * @throws DriftStatusError (usage)
 */
export function checkOneShape({ json, format }: { readonly json?: boolean; readonly format?: string }): void {
  if (!json || format === undefined || format === 'json') return
  throw new DriftStatusError('usage', `--json and --format ${format} are two shapes for one answer`, {
    hint: 'leave one of them out',
  })
}
