import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newFolder } from './fake-context.js'
import { sampleWorkspace } from './sample-workspace.js'

const SAMPLE = readFileSync('docs/sample/acme.yaml', 'utf8')

function fileOf(text: string, name = 'workspace.yaml'): string {
  const file = join(newFolder(), name)
  writeFileSync(file, text)
  return file
}

describe('export', () => {
  test('tells the settings, and nothing of how things are now', async () => {
    const run = await sampleWorkspace()
    await run(['agent', 'away', '--note', 'lunch', '--for', '1h'])
    await run(['widget', 'offline', '--for', '1h'])
    const { stdout } = await run(['export'])
    expect(stdout).not.toMatch(/status:|note:|until:|openChats|lastRoutedAt|override/)
    const whole = (await run(['export', '--with-status'])).stdout
    for (const word of ['status: away', 'note: lunch', 'openChats: 1', 'override:']) expect(whole).toContain(word)
  })

  test('is the same bytes whatever happened to statuses between', async () => {
    const run = await sampleWorkspace()
    const before = await run(['export'])
    await run(['agent', 'away'])
    await run(['route', 'chat'])
    expect(await run(['export'])).toEqual(before)
  })

  test.each(['yaml', 'json'])('as %s, applied to a fresh workspace, is exported as the same bytes', async (format) => {
    const run = await sampleWorkspace()
    await run(['holidays', 'add', 'spain', 'docs/sample/holidays.ics'])
    await run(['hours', 'close', '12-24..01-02', '--name', 'Winter break'])
    const { stdout } = await run(['export', '--format', format])
    const fresh = await sampleWorkspace({
      flags: '--from - --agent 1',
      stdin: '{"version":1,"timeZone":"UTC","agents":[{"id":"1","role":"admin"}]}',
    })
    const applied = await fresh(['apply', fileOf(stdout, `w.${format}`), '--yes'])
    expect(applied).toMatchObject({ exitCode: 0, stderr: '' })
    expect((await fresh(['export', '--format', format])).stdout).toBe(stdout)
  })

  test('into a file that is new, as its name says', async () => {
    const run = await sampleWorkspace()
    const folder = newFolder()
    for (const [name, format] of [
      ['a.yaml', 'yaml'],
      ['a.json', 'json'],
    ]) {
      const file = join(folder, name!)
      expect(await run(['export', file])).toMatchObject({ stdout: `Acme is in ${file} (a new file)\n`, stderr: '' })
      expect(readFileSync(file, 'utf8')).toBe((await run(['export', '--format', format!])).stdout)
    }
  })

  test('into a file edits it: one change, one line; comments, mode and links stay', async () => {
    const run = await sampleWorkspace()
    const file = fileOf(SAMPLE)
    chmodSync(file, 0o640)
    const link = join(newFolder(), 'link.yaml')
    symlinkSync(file, link)
    expect((await run(['export', link])).stdout).toContain('(it was so already)')
    expect(readFileSync(file, 'utf8')).toBe(SAMPLE)
    await run(['hours', 'set', 'tue', '10-12'])
    expect((await run(['export', link])).stdout).toContain('(edited)')
    expect(readFileSync(file, 'utf8')).toBe(SAMPLE.replace('tue: "09:00-17:00"', 'tue: "10:00-12:00"'))
    expect([statSync(file).mode & 0o777, lstatSync(link).isSymbolicLink()]).toEqual([0o640, true])
  })

  test.each([
    { title: 'no document', text: 'foo: 1\n', says: /unknown key "foo"/ },
    { title: 'no YAML', text: 'a: [\n', says: /not valid YAML/ },
    { title: 'no text', text: 'version: 1\0', says: /is not text/ },
  ])('into a file that holds $title writes nothing', async ({ text, says }) => {
    const run = await sampleWorkspace()
    const file = fileOf(text)
    expect(await run(['export', file])).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringMatching(says) })
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  test('into a place where no file can be says so', async () => {
    const run = await sampleWorkspace()
    const nowhere = await run(['export', '/nowhere/at/all.yaml'])
    expect(nowhere).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is in a folder that does not exist'),
    })
    expect(await run(['export', '/'])).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is a directory') })
  })
})
