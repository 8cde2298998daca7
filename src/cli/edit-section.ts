import type { WriteAnswer } from '../api/contract/operation.js'
import { DriftStatusError } from '../domain/errors.js'
import { DocumentError, withPath } from '../domain/workspace/problem.js'
import { printYaml, readYaml } from '../domain/workspace/yaml.js'
import type { WriteFlags } from './command.js'
import type { Context } from './context.js'
import { writtenLines } from './output/line.js'
import { plainStyle } from './output/style.js'

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
  let text = printYaml(value)
  for (;;) {
    const edited = await context.editText(text, name)
    let preview: WriteAnswer
    try {
      preview = await write(readFields(edited, Object.keys(value)), true)
    } catch (error) {
      const isMistake = error instanceof DriftStatusError && ['invalid-input', 'not-allowed'].includes(error.code)
      const again = withErrors(edited, error as Error)
      // An editor that changes nothing would be opened for ever.
      if (!isMistake || again === text) throw await keeping(edited, error)
      text = again
      continue
    }
    if (options.dryRun || !preview.changed) return preview
    if (asks) {
      const { renderWrite } = await import('./output/write.js')
      context.stderr.write(
        writtenLines(renderWrite(preview, { sentence: 'This would change' }, plainStyle(context.stderr.columns))),
      )
      const prompter = await context.prompter()
      if (!(await prompter.confirm('Write it?')))
        throw new DriftStatusError('interrupted', 'interrupted: nothing was changed')
    }
    try {
      return await write(readFields(edited, Object.keys(value)), false)
    } catch (error) {
      throw await keeping(edited, error)
    }
  }

  /** What was typed is not lost with the write that failed. */
  async function keeping(edited: string, error: unknown): Promise<unknown> {
    if (!(error instanceof DriftStatusError)) return error
    const hint = `your text is kept in ${await context.keepText(edited, name)}${error.hint ? `; ${error.hint}` : ''}`
    return new DriftStatusError(error.code, error.message, { hint, rule: error.rule, cause: error })
  }
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
  const hint = error instanceof DriftStatusError && error.hint ? [`${HINT_MARK}${error.hint}`] : []
  const problems =
    error instanceof DocumentError
      ? error.problems.map((problem) => `line ${problem.line}: ${withPath(problem)}`)
      : error.message.split('; ')
  const lines = problems.map((line) => `${ERROR_MARK}${line}`)
  return [...lines, ...hint, ...rest].join('\n')
}
