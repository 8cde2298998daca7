import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { shellWord } from '../../src/domain/shell-word.js'

test.each(['sam', 'sam@acme.example', 'team:sales', '/home/sam/acme.db', 'https://acme.example:443', 'a-b_c%+.'])(
  '%s needs no quotes',
  (text) => expect(shellWord(text)).toBe(text),
)

const TEXTS = [
  '',
  ' ',
  'a b',
  "o'brien",
  '"',
  '$(touch pwned)',
  '`touch pwned`',
  '; touch pwned',
  '& touch pwned',
  '| touch pwned',
  '> pwned',
  '~',
  '*',
  '{a,b}',
  '!!',
  '#a',
  '\\',
  'a\\\\b',
  "\\'; touch pwned; '",
  'a\nb',
  '=ls',
  'it’s',
  'routing.rules["a b"].when',
]

test.each(['sh', 'bash', 'zsh', 'fish'])('in %s every text is one word and runs nothing', async (shell) => {
  const folder = await mkdtemp(join(tmpdir(), 'words-'))
  const command = `printf '%s\\0' ${TEXTS.map(shellWord).join(' ')}`
  const result = await execa(shell, ['-c', command], { cwd: folder, reject: false })
  // A shell that is not on this machine proves nothing, and nothing against it.
  if (result.code === 'ENOENT') return
  expect(result.stdout.split('\0').slice(0, -1)).toEqual(TEXTS)
  expect(await readdir(folder)).toEqual([])
})
