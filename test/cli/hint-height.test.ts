import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../src/cli/commands/index.js'
import { hintOf } from '../../src/cli/next-steps.js'
import { DriftStatusError } from '../../src/domain/errors.js'

const NOUNS = [...new Set(COMMANDS.map(({ name }) => name.split(' ')[0]!))].join('|')
const COMMAND_LINE = new RegExp(`drift-status (?:${NOUNS})\\b`)

describe('messages below the command line', () => {
  const files = ['api', 'domain', 'drift', 'profiles', 'service']
    .flatMap((room) =>
      readdirSync(`src/${room}`, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => `src/${room}/${file}`),
    )
    // A page for a person at a terminal.
    .filter((file) => !file.endsWith('/demo-page.ts'))

  test('are looked at', () => expect(files.length).toBeGreaterThan(150))

  test.each(files)('name no command: %s', (file) => {
    const lines = readFileSync(file, 'utf8').split('\n')
    expect(lines.filter((line) => !/^\s*(?:\/?\*|\/\/)/.test(line) && COMMAND_LINE.test(line))).toEqual([])
  })
})

test.each([
  [{ reason: 'agent-not-found' }, 'run "drift-status agent list"'],
  [{ reason: 'agent-not-found', hint: 'did you mean "sam"?' }, 'did you mean "sam"?'],
  [{ reason: 'agent-exists', subject: "o'neil; rm -rf ~" }, `run "drift-status agent edit 'o'\\''neil; rm -rf ~'"`],
  [{ reason: 'stale-write', subject: '7' }, 'look at it with "drift-status show 7", then try again'],
  [{ reason: 'of-a-later-service', hint: 'as the service says' }, 'as the service says'],
  [{ reason: 'constructor' }, undefined],
  [{}, undefined],
])('%j is told with the command to run: %s', (options, hint) => {
  expect(hintOf(new DriftStatusError('failed', 'it failed', options as object))).toBe(hint)
})
