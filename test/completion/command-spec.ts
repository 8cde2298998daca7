import type { CommandSpec } from '../../src/cli/command.js'

/** A command with a name and nothing else that matters. */
export function command(name: string, rest: Partial<CommandSpec> = {}): CommandSpec {
  return { name, summary: `about ${name}`, options: [], examples: [], run: () => Promise.reject(name), ...rest }
}
