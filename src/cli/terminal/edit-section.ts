import { BODY_BYTES } from '../../api/contract/body-bytes.js'
import type { WriteAnswer } from '../../api/contract/operation.js'
import { DocumentError, withPath } from '../../domain/document/problem.js'
import { printYaml, readYaml } from '../../domain/document/yaml.js'
import { DriftStatusError } from '../../domain/errors.js'
import { shellWord } from '../../domain/shell-word.js'
import { readUtf8 } from '../../domain/utf8-text.js'
import type { EditFlags } from '../command.js'
import type { Context, TextDraft } from '../context.js'
import { hintOf, onProfile } from '../next-steps.js'
import { safeText } from '../output/safe-text.js'
import { canAsk, confirmOrStop, showPreview } from './ask.js'

interface EditSetting {
  /** The file's name, for the editor. */
  readonly name: string
  readonly options: EditFlags
  readonly context: Context
}

type Fields = Readonly<Record<string, unknown>>
/** Writes the edited values, or answers what it would do when `dryRun`. */
type WriteFields = (edited: Fields, dryRun: boolean) => Promise<WriteAnswer>

/**
 * Opens values as YAML in the person's editor, or reads them from a file, checks them against the workspace, shows what
 * would change, asks, and writes. A mistake opens the text again with the errors as comments, and a text that is not
 * written is kept: nothing typed is lost.
 */
export async function editInEditor(
  value: Fields,
  { name, options, context }: EditSetting,
  write: WriteFields,
): Promise<WriteAnswer> {
  const asks = canAsk(options, context) && !options.yes
  if (!asks && !options.yes && !options.dryRun) {
    throw new DriftStatusError('usage', 'editing asks before it writes, and nobody can answer here', {
      hint: 'add --yes',
    })
  }
  const keys = Object.keys(value)
  if (options.from !== undefined) {
    const bytes = await context.read(options.from, BODY_BYTES.document)
    const text = readUtf8(bytes, options.from, 'save it as UTF-8')
    const edited = readFields(text, keys, options.from === '-' ? '<stdin>' : options.from)
    return finish(edited, await write(edited, true), { options, context }, write)
  }
  const initial = printYaml(value)
  const draft = await context.newDraft(name)
  try {
    const answer = await editAndWrite(draft, initial, keys, { options, context }, write)
    if (options.dryRun && (await draft.keep(initial))) await tellKept(draft, options, context)
    else await draft.drop()
    return answer
  } catch (error) {
    if (await draft.keep(initial)) {
      if (error instanceof DriftStatusError) throw telling(draft, options, error)
      await tellKept(draft, options, context)
    } else await draft.drop()
    throw error
  }
}

async function tellKept(draft: TextDraft, options: EditFlags, context: Context): Promise<void> {
  const { printAside } = await import('../output/print.js')
  await printAside(() => `Your text is kept: ${takingBack(draft, options)}`, options, context)
}

/** The command that takes a kept text back. */
function takingBack({ path }: TextDraft, { commandName, profile }: EditFlags): string {
  return onProfile(`"drift-status ${commandName} --from ${shellWord(path)}"`, profile)
}

async function editAndWrite(
  draft: TextDraft,
  initial: string,
  keys: readonly string[],
  setting: Omit<EditSetting, 'name'>,
  write: WriteFields,
): Promise<WriteAnswer> {
  for (let text = initial; ; ) {
    const typed = await draft.edit(text)
    let edited: Fields
    let preview: WriteAnswer
    try {
      edited = readFields(typed, keys, 'your text')
      preview = await write(edited, true)
    } catch (error) {
      const isMistake = error instanceof DriftStatusError && ['invalid-input', 'not-allowed'].includes(error.code)
      const again = withErrors(typed, error as Error)
      // Nobody mends it where the editor is a script, or changes nothing: it would be opened for ever.
      if (!isMistake || !setting.context.isInteractive || again === text) throw error
      text = again
      continue
    }
    return finish(edited, preview, setting, write)
  }
}

/** @throws Declined when the answer is no */
async function finish(
  edited: Fields,
  preview: WriteAnswer,
  { options, context }: Omit<EditSetting, 'name'>,
  write: WriteFields,
): Promise<WriteAnswer> {
  if (options.dryRun || !preview.changed) return preview
  if (!options.yes) {
    await showPreview(preview, options, context)
    await confirmOrStop({ question: 'Write it?', reason: 'editing asks before it writes' }, options, context)
  }
  return write(edited, false)
}

/** The error, with where to find what was typed. */
function telling(draft: TextDraft, options: EditFlags, error: DriftStatusError): DriftStatusError {
  const next = hintOf(error)
  const hint = `your text is kept: ${takingBack(draft, options)}${next ? `; ${next}` : ''}`
  return new DriftStatusError(error.code, error.message, { hint, rule: error.rule, cause: error })
}

function readFields(text: string, keys: readonly string[], name: string): Fields {
  const { value } = readYaml(text, name)
  const given = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
  const wrong = given.find((key) => !keys.includes(key))
  const isWhole = keys.every((key) => given.includes(key))
  if (isWhole && wrong === undefined) return value as Fields
  const message = isWhole
    ? `"${wrong}" is not a key of ${name}`
    : `${name} needs the key ${keys.join(', ')} at its start`
  throw new DriftStatusError('invalid-input', message, {
    hint: `it holds what the editor shows: ${keys.map((key) => `"${key}:"`).join(', ')}, and all of it below`,
  })
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
