import { COMMANDS, NOUNS } from '../src/cli/commands/index.js'
import type { Context } from '../src/cli/context.js'
import { runCommandLine } from '../src/cli/program.js'

/** What `--help` prints, each line whole: the help of all under "", and that of every noun and command under its name. */
export async function helpPages(): Promise<Record<string, string>> {
  const commands = COMMANDS.filter(({ isHidden }) => !isHidden).map(({ name }) => name)
  const names = ['', ...Object.keys(NOUNS), ...commands]
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await helpOf(name)])))
}

async function helpOf(name: string): Promise<string> {
  let page = ''
  const stdout = {
    columns: Infinity,
    write(text: string) {
      page += text
    },
  }
  // All that help needs.
  await runCommandLine([...name.split(' ').filter(Boolean), '--help'], { stdout } as Context)
  return page
}
