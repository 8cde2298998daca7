import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { showInPager } from '../../../src/cli/terminal/pager.js'
import { newFolder } from '../fake-context.js'

const env = (PAGER: string) => ({ ...process.env, TERM: 'xterm', PAGER })

test('the variable may hold arguments, and less is told to leave what fits and to keep colours', async () => {
  const file = join(newFolder(), 'shown')
  expect(await showInPager('a text\n', env(`f() { echo "$LESS"; cat; }; f > ${file}`))).toBe(true)
  expect(readFileSync(file, 'utf8')).toBe('FRX\na text\n')
})

test('a pager that is left early has shown enough', async () => {
  expect(await showInPager('line\n'.repeat(200_000), env('head -c 1 > /dev/null'))).toBe(true)
})

test.each(['no-such-pager-here', '/dev/null', '', 'cat'])(
  'without a pager (%j) nothing is shown by one',
  async (pager) => {
    expect(await showInPager('a text', env(pager))).toBe(false)
  },
)

test('a dumb terminal has no pager', async () => {
  expect(await showInPager('a text', { ...env('less'), TERM: 'dumb' })).toBe(false)
})

test('Ctrl-C in the pager is the matter of the pager', async () => {
  expect(await showInPager('a text', env('f() { kill -INT $PPID; cat > /dev/null; }; f'))).toBe(true)
})
