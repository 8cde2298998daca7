import { wrap, wrapLine } from './output/wrap.js'

const COMMAND = '  $ '
/** A command to type, and what it shows. */
const EXPLAINED_COMMAND = /^( {2}\$ .*?) {2,}.*/
const PARAGRAPH = /^\S(?!.* {2})/

/** Help as the program says it, each line whole, fitted to so many columns. */
export function fitHelp(help: string, width: number): string {
  const lines = help.split('\n')
  // A character of help takes one column.
  const fits = (line: string) => line.length <= width
  // What the first commands show is left out of all of them together.
  const isRoom = lines.every((line) => fits(line) || !EXPLAINED_COMMAND.test(line))
  return lines
    .map((line) => (isRoom ? line : line.replace(EXPLAINED_COMMAND, '$1')))
    .flatMap((line) => (fits(line) ? line : fitLine(line, width)))
    .join('\n')
}

function fitLine(line: string, width: number): readonly string[] {
  if (line.startsWith(COMMAND)) return [commandLines(line, width)]
  return PARAGRAPH.test(line) ? wrap(line, width) : wrapLine(line, width)
}

/** A command as a shell takes it, on further lines where it is longer than the terminal. */
function commandLines(command: string, width: number): string {
  const [first = '', ...words] = command.match(/ *(?:"[^"]*"|[^ "])+/g) ?? []
  const lines = [first]
  for (const word of words) {
    const longer = lines.at(-1)! + word
    if (longer.length + 2 <= width) lines[lines.length - 1] = longer
    else lines.push(`     ${word}`)
  }
  return lines.join(' \\\n')
}
