import { mkdirSync, mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { newDraft, runEditor } from '../../../src/cli/terminal/edit-text.js'

const draftIn = (EDITOR: string) =>
  newDraft('hours.yaml', (path) => runEditor(path, { ...process.env, VISUAL: '', EDITOR }))

afterEach(() => vi.unstubAllEnvs())

test('the variable may hold arguments, and what the editor leaves is answered', async () => {
  const draft = await draftIn('sed -i -e s/old/new/')
  expect(await draft.edit('an old text')).toBe('an new text')
  await draft.drop()
  expect(() => statSync(draft.path)).toThrow('ENOENT')
})

test.each([
  {
    title: 'ends with a failure',
    editor: 'f() { printf typed > "$1"; chmod 644 "$1"; exit 3; }; f',
    says: 'ended with 3',
  },
  { title: 'is ended', editor: 'f() { printf typed > "$1"; kill -TERM $$; }; f', says: 'ended with SIGTERM' },
])('an editor that $title leaves what was typed', async ({ editor, says }) => {
  const draft = await draftIn(editor)
  await expect(draft.edit('text')).rejects.toThrow(says)
  expect(await draft.keep('text')).toBe(true)
  expect(readFileSync(draft.path, 'utf8')).toBe('typed')
  expect(statSync(draft.path).mode & 0o777).toBe(0o600)
})

test('Ctrl-C in the editor is the matter of the editor', async () => {
  const draft = await draftIn('f() { kill -INT $PPID; sleep 0.2; printf typed > "$1"; }; f')
  const before = process.listenerCount('SIGINT')
  expect(await draft.edit('text')).toBe('typed')
  expect(process.listenerCount('SIGINT')).toBe(before)
})

test('an editor that is not there is an error, and nothing was typed', async () => {
  const draft = await draftIn('no-such-editor-here 2>/dev/null')
  await expect(draft.edit('text')).rejects.toMatchObject({ code: 'failed', hint: 'set EDITOR; nothing was changed' })
  expect(await draft.keep('text')).toBe(false)
})

test.each([{ title: 'removes the file', editor: 'rm', code: 'ENOENT' }])(
  'an editor that $title is an error',
  async ({ editor, code }) => {
    const draft = await draftIn(editor)
    await expect(draft.edit('text')).rejects.toMatchObject({
      code: 'failed',
      message: `the editor left no file that can be read (${code})`,
    })
    expect(await draft.keep('text')).toBe(false)
    await draft.drop()
  },
)

test.each([
  { title: 'a folder', editor: 'f() { rm "$1"; mkdir "$1"; }; f', says: 'something that is not a file' },
  { title: 'a pipe', editor: 'f() { rm "$1"; mkfifo "$1"; }; f', says: 'something that is not a file' },
  { title: 'a link', editor: 'f() { ln -sf /etc/hostname "$1"; }; f', says: 'something that is not a file' },
  { title: 'a file of 20 GB', editor: 'truncate -s 20G', says: 'more than 16 MB' },
])('an editor that makes $title of the text is an error; it is not read, and it stays', async ({ editor, says }) => {
  const mode = statSync('/etc/hostname').mode
  const draft = await draftIn(editor)
  await expect(draft.edit('text')).rejects.toMatchObject({ code: 'failed', message: `the editor left ${says}` })
  expect(await draft.keep('text')).toBe(true)
  expect(statSync('/etc/hostname').mode).toBe(mode)
  await draft.drop()
})

test('a folder for temporary files that cannot be written is an error that names it', async () => {
  vi.stubEnv('TMPDIR', '/proc/nowhere')
  await expect(draftIn('true')).rejects.toMatchObject({
    code: 'failed',
    message: 'no file for your text can be written in /proc/nowhere (ENOENT)',
    hint: 'set TMPDIR to a folder where you can; nothing was changed',
  })
})

test('what was typed stays when the text cannot be written again', async () => {
  const draft = await draftIn('f() { printf typed > "$1"; }; f')
  await draft.edit('text')
  mkdirSync(`${draft.path}.${process.pid}.tmp`)
  await expect(draft.edit('text with errors')).rejects.toThrow('no file for your text can be written')
  expect(readFileSync(draft.path, 'utf8')).toBe('typed')
})

test('the shell reads nothing in the path', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'odd-')), '$(touch pwned) "\'')
  mkdirSync(folder)
  vi.stubEnv('TMPDIR', folder)
  const draft = await draftIn('sed -i -e s/old/new/')
  expect(await draft.edit('old')).toBe('new')
})
