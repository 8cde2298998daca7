import type { BasisAnswer } from '../../domain/questions/basis.js'
import type { GlobalOptions } from '../command.js'

/** R35: who is assumed to stay as they are, where `--verbose` asks for the names. */
export async function assumedPeople(
  { verbose, json }: GlobalOptions,
  ask: () => BasisAnswer | Promise<BasisAnswer>,
): Promise<BasisAnswer['people'] | undefined> {
  return verbose && !json ? (await ask()).people : undefined
}
