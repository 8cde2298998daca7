import type { Environment } from '../../profiles/profiles.js'
import { copyWorkspace as copyStored } from '../../service/embedded/copy-workspace.js'
import type { CopiedWorkspace, CopySettings } from '../context.js'
import { makeFolderOf, profileDatabase, storePlace } from './connect.js'

/** Copies a workspace whole, from or to the place of a profile where no other is named. */
export async function copyWorkspace(
  { profile, replaces, ...places }: CopySettings,
  { env }: { readonly env: Environment },
): Promise<CopiedWorkspace> {
  const from = places.from ?? profileDatabase(profile, env)
  const to = places.to ?? profileDatabase(profile, env)
  const [source, target] = [await storePlace(from, env), await storePlace(to, env)]
  if (typeof target === 'string') makeFolderOf(target)
  return { from, to, ...(await copyStored({ from: source, to: target, replaces })) }
}
