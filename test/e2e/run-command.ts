import { execa } from 'execa'

export const BIN = 'bin/drift-status.js'

/** Runs the built executable as a user does: no terminal, no colour. */
export function runCommand(args: readonly string[], env: Readonly<Record<string, string>> = {}, input = '') {
  return execa(process.execPath, [BIN, ...args], { env, input, reject: false })
}
