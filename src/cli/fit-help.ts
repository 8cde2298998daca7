import { wrap, wrapLine } from './output/wrap.js'

/** A command to type, and what it shows. */
const COMMAND = /^ {2}\$ .*?(?: {2,}|$)/
const PARAGRAPH = /^\S(?!.* {2})/

/** Help as the program says it, each line whole, fitted to so many columns. */
export function fitHelp(help: string, width: number): string {
  const lines = help.split('\n')
  const commands = lines.filter((line) => COMMAND.test(line))
  // What the first commands show is left out of all of them together.
  const isRoom = commands.every((line) => line.length <= width || COMMAND.exec(line)![0] === line)
  return lines
    .flatMap((line) => {
      const [command] = COMMAND.exec(line) ?? []
      if (command === undefined) return PARAGRAPH.test(line) ? wrap(line, width) : wrapLine(line, width)
      return isRoom && command !== line ? line : commandLines(command.trimEnd(), width)
    })
    .join('\n')
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
