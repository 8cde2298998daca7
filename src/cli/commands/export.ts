import { BODY_BYTES } from '../../api/contract/body-bytes.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { CommandResult, GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { checkOneShape } from '../flags/one-shape.js'
import { Dressed, line } from '../output/line.js'
import { escapeUnsafe, toSafeJson } from '../output/safe-text.js'
import { defineCall } from '../session/workspace-command.js'

const FORMATS = ['yaml', 'json'] as const

interface ExportFlags extends Omit<GlobalOptions, 'format'> {
  readonly file?: string
  readonly withStatus?: boolean
  readonly format?: (typeof FORMATS)[number]
}

export const exportDocument = defineCall<ExportFlags>({
  name: 'export',
  summary: 'the workspace as a document, on standard output or in a file',
  description:
    'The workspace as a document: its settings, without statuses, chats and overrides. A document that is in the file already is edited: its comments and its layout stay.',
  arguments: [{ name: '[file]', summary: 'the file (default: standard output)', completes: 'files' }],
  options: [
    { flags: '--with-status', summary: 'with statuses, chats and overrides as they are now' },
    { flags: '--format <format>', summary: 'yaml (default) or json, for a file that is new', choices: FORMATS },
  ],
  fields: [
    'version',
    'name',
    'plan',
    'timeZone',
    'widget',
    'hours',
    'holidays',
    'agents',
    'teams',
    'duty',
    'chatLimit',
    'greeting',
    'playbooks',
    'routing',
  ],
  examples: ['export', 'export workspace.yaml', 'export --json=name,hours'],
  call: async (client, options, context) => {
    checkOneShape(options)
    const [document, { inPlainForm }, { withoutState }] = await Promise.all([
      client.getWorkspace({}),
      import('../../domain/document/parse-workspace.js'),
      import('../../domain/document/state.js'),
    ])
    const told = inPlainForm(options.withStatus ? document : withoutState(document))
    if (options.file !== undefined && options.file !== '-') return writeFile(options.file, told, options, context)
    return {
      json: told,
      text: async () => new Dressed((await printed(told, options.format)).trimEnd()),
    }
  },
})

/** What acts on a terminal is escaped: it reads as the same text. */
async function printed(document: WorkspaceDocument, format: ExportFlags['format'] = 'yaml'): Promise<string> {
  if (format === 'json') return `${toSafeJson(document, 2)}\n`
  const { printWorkspace } = await import('../../domain/document/parse-workspace.js')
  return escapeUnsafe(printWorkspace(document))
}

async function writeFile(
  file: string,
  document: WorkspaceDocument,
  { format, withStatus = false }: ExportFlags,
  context: Context,
): Promise<CommandResult> {
  const current = await currentText(file, context)
  const isNew = current === undefined || current.trim() === ''
  const text = isNew
    ? await printed(document, format ?? (/\.json$/i.test(file) ? 'json' : 'yaml'))
    : (await import('../../domain/document/edit-workspace.js')).editWorkspace(current, file, document, withStatus)
  const isSame = text === current
  if (!isSame) await context.write(file, text, current)
  return {
    json: { workspace: document.name, file, changed: !isSame },
    text: (style) =>
      line`${document.name} is in ${file} ${style.dim(isSame ? '(it was so already)' : isNew ? '(a new file)' : '(edited)')}`,
  }
}

/** What a file says; undefined where there is none. */
async function currentText(file: string, context: Context): Promise<string | undefined> {
  const { readUtf8 } = await import('../../domain/utf8-text.js')
  try {
    return readUtf8(await context.read(file, BODY_BYTES.document), file, 'name another file')
  } catch (error) {
    const isMissing =
      error instanceof DriftStatusError && (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
    if (isMissing) return undefined
    throw error
  }
}
