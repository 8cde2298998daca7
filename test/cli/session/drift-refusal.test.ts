import { expect, test } from 'vitest'
import { COMMANDS } from '../../../src/cli/commands/index.js'
import { exitCodeOf } from '../../../src/cli/exit-codes.js'
import { driftRefusal } from '../../../src/cli/session/drift-refusal.js'

/** What a Drift account can be asked; and what asks no service, or asks it by itself. */
const SUPPORTED = ['agent show', 'agent list', 'agent available', 'agent away', 'team list', 'api']
const NOT_ASKED = /^(help|profile|completion|__complete|init|serve|backup|restore|copy|doctor)\b/

const REFUSED = COMMANDS.map(({ name }) => name).filter((name) => !SUPPORTED.includes(name) && !NOT_ASKED.test(name))

test.each(REFUSED)('"%s" has a refusal of its own: one sentence, with what to do instead', (name) => {
  const error = driftRefusal(name)
  expect(exitCodeOf(error)).toBe(2)
  expect(error.message).toMatch(/Drift/)
  expect(error.message).not.toMatch(/[.;]/)
  expect(error.message).not.toBe(driftRefusal().message)
  expect(error.hint).toMatch(/\w{3}/)
})

test.each(['toString', 'no such command', ''])('a command that nobody knows ("%s") is refused too', (name) => {
  expect(driftRefusal(name)).toEqual(driftRefusal())
})
