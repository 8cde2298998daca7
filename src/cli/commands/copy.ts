import { parseDatabase } from '../../profiles/database-place.js'
import { type CommandResult, defineCommand, type GlobalOptions } from '../command.js'
import type { Context, CopiedWorkspace } from '../context.js'
import { type Lines, line } from '../output/line.js'
import type { Style } from '../output/style.js'
import { confirmOrStop } from '../terminal/ask.js'

interface ReplaceOptions extends GlobalOptions {
  readonly replace?: boolean
}

const REPLACE = { flags: '--replace', summary: 'replace the workspace that is there: asks first' }
const FIELDS = ['from', 'to', 'workspace', 'revision', 'rows']

export const copy = defineCommand<ReplaceOptions & { readonly from: string; readonly to: string }>({
  name: 'copy',
  summary: 'copy a workspace whole, from a file to a database or back',
  description:
    'Copies a workspace as it is at this moment: settings, statuses, revisions, tokens and chats. What was kept is read again\nand compared. The target must not hold a workspace yet.',
  arguments: [
    {
      name: '<from>',
      summary: 'a workspace file, or postgres://USER@HOST/DATABASE',
      completes: 'files',
      parse: parseDatabase,
    },
    { name: '<to>', summary: 'the same, for the copy', completes: 'files', parse: parseDatabase },
  ],
  options: [REPLACE],
  fields: FIELDS,
  examples: ['copy acme-2026-11-27.db "postgres://drift@db.example/drift?sslmode=verify-full"'],
  run: ({ from, to, ...options }, context) => copied({ from, to }, options, context),
})

export const backup = defineCommand<ReplaceOptions & { readonly file: string }>({
  name: 'backup',
  summary: 'copy the workspace of the profile to a file',
  description:
    'Copies the workspace of a local profile, from a file or a database, to one new file. It may be used meanwhile: the copy\nis of one moment. The file holds hashes of tokens: it is for you alone.',
  arguments: [{ name: '<file>', summary: 'the file to make', completes: 'files', parse: parseDatabase }],
  options: [REPLACE],
  fields: FIELDS,
  examples: ['backup acme.db'],
  run: ({ file, ...options }, context) => copied({ to: file }, options, context),
})

export const restore = defineCommand<ReplaceOptions & { readonly file: string }>({
  name: 'restore',
  summary: 'put a backup where the workspace of the profile is kept',
  description:
    'Copies a backup to where a local profile keeps its workspace, a file or a database. Services that use it go on with what\nwas restored.',
  arguments: [{ name: '<file>', summary: 'the file of a backup', completes: 'files', parse: parseDatabase }],
  options: [REPLACE],
  fields: FIELDS,
  examples: ['restore acme-2026-11-27.db --replace --yes'],
  run: ({ file, ...options }, context) => copied({ from: file }, options, context),
})

async function copied(
  places: { readonly from?: string; readonly to?: string },
  options: ReplaceOptions,
  context: Context,
): Promise<CommandResult> {
  const { replace = false, profile } = options
  if (replace) {
    await confirmOrStop(
      {
        question: `Replace the workspace at ${places.to ?? 'the place of the profile'}?`,
        reason: 'replacing a workspace asks first',
      },
      options,
      context,
    )
  }
  const done = await context.copyWorkspace({ ...places, profile, replaces: replace })
  return { json: done, text: (style) => renderCopy(done, style) }
}

function renderCopy({ workspace, from, to, revision, rows }: CopiedWorkspace, style: Style): Lines {
  const { agent = 0, token = 0 } = rows
  return [
    line`${style.good('Copied')} ${style.bold(workspace)}: revision ${String(revision)}, ${String(agent)} agents, ${String(token)} tokens`,
    style.dim(`  from  ${from}`),
    style.dim(`  to    ${to}`),
    '  It was read again there, and is the same.',
  ]
}
