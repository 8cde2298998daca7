import type { ChalkInstance } from 'chalk'
import type { Context, OutputStream } from '../context.js'
import { Dressed, type Text, written } from './line.js'

/** How human output is dressed: each function cleans a text that is anyone's, then colours it or not. */
export interface Style {
  /** Characters that fit on a line. */
  readonly width: number
  /** Whether lines are fitted to the width: output into a pipe never is. */
  readonly isTerminal: boolean
  /** Times near it are said without their date. */
  readonly now: number
  /** Whether paths and raw values are shown as well. */
  readonly isVerbose: boolean
  /** Whether times are shown in UTC instead of the zone of the workspace. */
  readonly isUtc: boolean
  bold(text: Text): Dressed
  dim(text: Text): Dressed
  good(text: Text): Dressed
  bad(text: Text): Dressed
  warn(text: Text): Dressed
  accent(text: Text): Dressed
}

/** The flags that a person sets for what is printed. */
interface StyleFlags {
  readonly color?: boolean | undefined
  readonly verbose?: boolean | undefined
  readonly utc?: boolean | undefined
}

/** How a text may be dressed. */
export type Dress = 'bold' | 'dim' | 'good' | 'bad' | 'warn' | 'accent'

/**
 * The style of a stream. Colour is decided once: `--no-color`, then `NO_COLOR`, then
 * `FORCE_COLOR`, then whether the stream is a terminal. The colour package is loaded only when
 * there is colour.
 */
export async function styleOf(
  stream: OutputStream,
  { env, now }: Pick<Context, 'env' | 'now'>,
  { color, verbose, utc }: StyleFlags,
): Promise<Style> {
  const level = colorLevel(stream, env, color)
  const style = plainStyle(stream.columns, { isTerminal: stream.isTTY, now: now(), isVerbose: verbose, isUtc: utc })
  if (level === 0) return style
  const { Chalk } = await import('chalk')
  return { ...style, ...colors(new Chalk({ level })) }
}

export function plainStyle(
  width: number,
  { isTerminal = true, now = 0, isVerbose = false, isUtc = false } = {},
): Style {
  const same = dressing((text) => text)
  return {
    width,
    isTerminal,
    now,
    isVerbose,
    isUtc,
    bold: same,
    dim: same,
    good: same,
    bad: same,
    warn: same,
    accent: same,
  }
}

type ColorLevel = 0 | 1 | 2 | 3

function colorLevel(stream: OutputStream, env: Context['env'], color: boolean | undefined): ColorLevel {
  if (color === false || env.NO_COLOR) return 0
  const forced = env.FORCE_COLOR
  if (forced !== undefined) {
    if (forced === '0' || forced === 'false') return 0
    return forced === '2' ? 2 : forced === '3' ? 3 : 1
  }
  return stream.isTTY && env.TERM !== 'dumb' ? 1 : 0
}

function colors(chalk: ChalkInstance): Pick<Style, Dress> {
  return {
    bold: dressing(chalk.bold),
    dim: dressing(chalk.dim),
    good: dressing(chalk.green),
    bad: dressing(chalk.red),
    warn: dressing(chalk.yellow),
    accent: dressing(chalk.cyan),
  }
}

function dressing(dress: (text: string) => string): (text: Text) => Dressed {
  return (text) => new Dressed(dress(written(text)))
}
