import type { CommandResult, CommandSpec, GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { inShape, type Shape, shapeOf } from './formats.js'
import { type Lines, writtenLines } from './line.js'
import { toSafeJson } from './safe-text.js'
import { type Style, styleOf } from './style.js'

/**
 * Decides from the flags how the answer of a command is written, before it runs: a wrong shape changes nothing.
 * @returns what writes the answer to standard output
 * @throws DriftStatusError (usage) as `shapeOf` does
 */
export function printerOf(
  spec: CommandSpec,
  options: GlobalOptions,
  context: Context,
): (result: CommandResult) => Promise<void> {
  const shape = shapeOf(spec, options, context.stdout)
  return async (result) => {
    if (result.isPrinted) return
    const isLines = !shape || (shape.isDefault && result.isSentence)
    const shaped = isLines ? undefined : await shapedResult(result, shape, spec)
    if (shaped !== undefined) context.stdout.write(shaped)
    else if (!options.quiet) await printText(result, options, context)
  }
}

async function shapedResult(
  { json, drawing }: CommandResult,
  { format, ...shape }: Shape,
  { list }: CommandSpec,
): Promise<string | undefined> {
  return format === 'svg' ? drawing?.() : inShape(json, { ...shape, format }, list)
}

/** Writes the lines a person reads; those that no screen holds go through the pager. */
async function printText(result: CommandResult, options: GlobalOptions, context: Context): Promise<void> {
  const text = await fittedText(result, options, context)
  const { isTTY, rows } = context.stdout
  const isPaged = isTTY && options.pager !== false && rows > 0 && text.split('\n').length > rows
  if (isPaged) await context.page(text)
  else context.stdout.write(text)
}

async function fittedText(result: CommandResult, options: GlobalOptions, context: Context): Promise<string> {
  const style = await styleOf(context.stdout, context, options)
  return fittedLines(await result.text(style), style)
}

/** Lines as they are written: on a terminal no word is cut at its edge. */
export async function fittedLines(lines: Lines, style: Style): Promise<string> {
  const text = writtenLines(lines)
  return style.isTerminal ? (await import('./wrap.js')).fitted(text, style) : text
}

const CLEAR_SCREEN = '\u001b[2J\u001b[H'

/**
 * Writes one of several results of a command that stays: one JSON line each with `--json`, or the lines over the last ones on a
 * terminal, no more of them than its height: what comes first is what matters.
 */
export async function printFrame(result: CommandResult, options: GlobalOptions, context: Context): Promise<void> {
  const { stdout } = context
  if (options.json) stdout.write(`${toSafeJson(result.json)}\n`)
  else {
    const text = await fittedText(result, options, context)
    stdout.write(stdout.isTTY ? CLEAR_SCREEN + onOneScreen(text, stdout.rows) : text)
  }
}

function onOneScreen(text: string, rows: number): string {
  const lines = text.trimEnd().split('\n')
  if (rows <= 1 || lines.length < rows) return text
  const shown = lines.slice(0, rows - 2)
  return `${[...shown, `  and ${lines.length - shown.length} more lines: make the window higher, or see "drift-status status"`].join('\n')}\n`
}

/** Writes a secret alone to standard output, so that it can be sent to a file, and what else there is to say to standard error. */
export async function printSecret(
  secret: string,
  about: Lines,
  options: GlobalOptions,
  context: Context,
): Promise<void> {
  if (!options.quiet) await printAside(() => about, options, context)
  context.stdout.write(`${secret}\n`)
}

/** Writes what is said beside the answer to standard error. */
export async function printAside(
  about: (style: Style) => Lines,
  options: GlobalOptions,
  context: Pick<Context, 'stderr' | 'env' | 'now'>,
): Promise<void> {
  const style = await styleOf(context.stderr, context, options)
  context.stderr.write(await fittedLines(about(style), style))
}
