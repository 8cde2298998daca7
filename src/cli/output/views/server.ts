import { shellWord } from '../../../domain/shell-word.js'
import type { ServedPlace } from '../../context.js'
import { line, type Text } from '../line.js'
import type { Style } from '../style.js'

/** A profile's name has at most 64 characters. */
const MAX_NAME = 50

/** The lines of a server that is ready: where it is, what a page needs of it, the first token, and what to run next. */
export function renderServer(
  server: ServedPlace & { readonly database: string },
  taken: readonly string[],
  style: Style,
): readonly Text[] {
  const { url, workspace, id, database, isNew, adminToken, adminTokenExpiresAt } = server
  const lines = [
    line`${isNew ? style.good('Made and serving') : style.good('Serving')} ${style.bold(workspace)} at ${style.accent(url)}`,
    style.dim(`  file       ${database}`),
    style.dim(`  reference  ${url}/docs`),
    style.dim(`  demo       ${url}/demo`),
    style.dim(`  widget     <script src="${url}/v1/public/${id}/widget.js" async></script>`),
  ]
  if (adminToken === undefined) return lines
  const name = profileName(workspace, taken)
  return [
    ...lines,
    '',
    'A token for an admin, shown once:',
    line`  ${style.bold(adminToken)}`,
    ...(adminTokenExpiresAt === undefined ? [] : [`It works until ${adminTokenExpiresAt.slice(0, 10)}.`]),
    '',
    'Next, in another terminal:',
    `  drift-status profile add ${name} --url ${shellWord(url)}`,
    `  drift-status profile login ${name}     (asks for the token)`,
    `  drift-status token create --agent WHO --profile ${name}     (a token for each of the others)`,
    '',
  ]
}

/** A name of the workspace's own that no profile here has: what is printed must not act on another one. */
function profileName(workspace: string, taken: readonly string[]): string {
  const words = workspace
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, MAX_NAME)
  const name = words.replace(/^-|-$/g, '') || 'shared'
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}-${number}`
    if (!taken.includes(candidate)) return candidate
  }
}
