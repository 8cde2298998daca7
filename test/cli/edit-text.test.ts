import { readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openDraft, openEditor } from '../../src/cli/edit-text.js'

const draftIn = (EDITOR: string) =>
  openDraft('hours.yaml', (path) => openEditor(path, { ...process.env, VISUAL: '', EDITOR }))

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
