import { shellWord } from '../../domain/shell-word.js'
import type { ServedWorkspace } from '../context.js'
import { line, type Text } from './line.js'
import type { Style } from './style.js'

/** The lines of a server that is ready: where it is, what a page needs of it, the first token, and what to run next. */
export function renderServer(server: ServedWorkspace, style: Style): readonly Text[] {
  const { url, workspace, id, database, isNew, adminToken, adminTokenExpiresAt } = server
  const lines = [
    line`${isNew ? style.good('Made and serving') : style.good('Serving')} ${style.bold(workspace)} at ${style.accent(url)}`,
    style.dim(`  file       ${database}`),
    style.dim(`  reference  ${url}/docs`),
    style.dim(`  demo       ${url}/demo`),
    style.dim(`  widget     <script src="${url}/v1/public/${id}/widget.js" async></script>`),
  ]
  if (adminToken === undefined) return lines
  return [
    ...lines,
    '',
    'A token for an admin, shown once:',
    line`  ${style.bold(adminToken)}`,
    ...(adminTokenExpiresAt === undefined ? [] : [`It works until ${adminTokenExpiresAt.slice(0, 10)}.`]),
    '',
    'Next, in another terminal:',
    `  drift-status profile add ${profileName(workspace)} --url ${shellWord(url)}`,
    `  drift-status profile login ${profileName(workspace)}     (asks for the token)`,
    '  drift-status token create --agent WHO     (a token for each of the others)',
    '',
  ]
}

function profileName(workspace: string): string {
  const name = workspace.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return name.replace(/^-|-$/g, '') || 'shared'
}
