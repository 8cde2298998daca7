import type { WriteAnswer } from '../../api/contract/operation.js'
import { DocumentError, withPath } from '../../domain/document/problem.js'
import { printYaml, readYaml } from '../../domain/document/yaml.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { WriteFlags } from '../command.js'
import type { Context, TextDraft } from '../context.js'
import { hintOf } from '../next-steps.js'
import { writtenLines } from '../output/line.js'
import { safeText } from '../output/safe-text.js'
import { plainStyle } from '../output/style.js'

interface EditSetting {
  /** The file's name, for the editor. */
  readonly name: string
  readonly options: WriteFlags
  readonly context: Context
}

type Fields = Readonly<Record<string, unknown>>

/**
 * Opens values as YAML in the person's editor, checks them against the workspace, shows what would
 * change, asks, and writes. A mistake opens the text again with the errors as comments: nothing
 * typed is lost.
 *
 * @param write writes the edited values, or answers what it would do when `dryRun`
 */
export async function editInEditor(
  value: Fields,
  { name, options, context }: EditSetting,
  write: (edited: Fields, dryRun: boolean) => Promise<WriteAnswer>,
): Promise<WriteAnswer> {
  const asks = context.isInteractive && options.input !== false && !options.json && !options.yes
  if (!asks && !options.yes && !options.dryRun) {
    throw new DriftStatusError('usage', 'editing asks before it writes, and nobody can answer here', {
      hint: 'add --yes',
    })
  }
  const initial = printYaml(value)
  const draft = await context.newDraft(name)
  try {
    const answer = await editAndWrite(draft, initial, Object.keys(value), { options, context, asks }, write)
    if (options.dryRun && (await draft.keep(initial))) context.stderr.write(keptLine(draft))
    else await draft.drop()
    return answer
  } catch (error) {
    if (await draft.keep(initial)) {
      if (error instanceof DriftStatusError) throw telling(draft, error)
      context.stderr.write(keptLine(draft))
    } else await draft.drop()
    throw error
  }
}

function keptLine({ path }: TextDraft): string {
  return writtenLines(`Your text is kept in ${path}`)
}

async function editAndWrite(
  draft: TextDraft,
  initial: string,
  keys: readonly string[],
  { options, context, asks }: Omit<EditSetting, 'name'> & { readonly asks: boolean },
  write: (edited: Fields, dryRun: boolean) => Promise<WriteAnswer>,
): Promise<WriteAnswer> {
  for (let text = initial; ; ) {
    const edited = await draft.edit(text)
    let preview: WriteAnswer
    try {
      preview = await write(readFields(edited, keys), true)
    } catch (error) {
      const isMistake = error instanceof DriftStatusError && ['invalid-input', 'not-allowed'].includes(error.code)
      const again = withErrors(edited, error as Error)
      // Nobody mends it where the editor is a script, or changes nothing: it would be opened for ever.
      if (!isMistake || !context.isInteractive || again === text) throw error
      text = again
      continue
    }
    if (options.dryRun || !preview.changed) return preview
    if (asks) await confirmWrite(preview, context)
    return write(readFields(edited, keys), false)
  }
}

/** @throws DriftStatusError (interrupted) when the answer is no */
async function confirmWrite(preview: WriteAnswer, context: Context): Promise<void> {
  const { renderWrite } = await import('../output/views/write.js')
  context.stderr.write(
    writtenLines(renderWrite(preview, { sentence: 'This would change' }, plainStyle(context.stderr.columns))),
  )
  const prompter = await context.prompter()
  if (await prompter.confirm('Write it?')) return
  throw new DriftStatusError('interrupted', 'interrupted: nothing was changed')
}

/** The error, with where to find what was typed. */
function telling({ path }: TextDraft, error: DriftStatusError): DriftStatusError {
  const next = hintOf(error)
  const hint = `your text is kept in ${path}${next ? `; ${next}` : ''}`
  return new DriftStatusError(error.code, error.message, { hint, rule: error.rule, cause: error })
}

function readFields(text: string, keys: readonly string[]): Fields {
  const { value } = readYaml(text, 'your text')
  const isFields = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (isFields && keys.every((key) => Object.hasOwn(value as Fields, key))) return value as Fields
  throw new DriftStatusError('invalid-input', `the text needs the key ${keys.join(', ')} at its start`)
}

const ERROR_MARK = '# error: '
const HINT_MARK = '# hint: '

function withErrors(text: string, error: Error): string {
  const rest = text.split('\n').filter((line) => ![ERROR_MARK, HINT_MARK].some((mark) => line.startsWith(mark)))
  const hint = error instanceof DriftStatusError ? hintOf(error) : undefined
  const problems =
    error instanceof DocumentError
      ? error.problems.map((problem) => `line ${problem.line}: ${withPath(problem)}`)
      : error.message.split('; ')
  const lines = problems.map((line) => `${ERROR_MARK}${line}`)
  // A comment is one line, whatever it quotes: the next one would be part of the text.
  return [...[...lines, ...(hint ? [`${HINT_MARK}${hint}`] : [])].map(safeText), ...rest].join('\n')
}
