import { mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseDatabasePath } from '../../src/profiles/database-path.js'
import { newFolder, runCli } from '../cli/fake-context.js'

describe('the path of a workspace file', () => {
  test.each([
    'acme.db',
    './postgres:acme.db',
    '/srv/a b.db',
    'C:\\acme.db',
    'C:/acme.db',
    '~acme',
    ':acme:',
    'a/b:c.db',
  ])('may be %j', (text) => {
    expect(parseDatabasePath(text)).toBe(resolve(text))
  })

  const URLS = ['postgres://u:p@db/acme', 'postgresql://db', 'mysql:acme', 'http://x/', 'HTTPS://x', 'file:acme.db']
  test.each([
    ...[...URLS, 'file:///acme.db', 'sqlite3:acme.db', 'jdbc:sqlite:acme.db'].map((text) => ({
      text,
      says: 'is a URL',
    })),
    ...['', ' ', '\n', 'acme\0.db'].map((text) => ({ text, says: 'not the path of a file' })),
    ...['.', '/', 'missing/'].map((text) => ({ text, says: 'is a folder' })),
    { text: '/dev/null', says: '/dev/null is a pipe or a device' },
    { text: `${'a'.repeat(300)}.db`, says: 'cannot be reached (ENAMETOOLONG)' },
  ])('is refused: $text', ({ text, says }) => {
    expect(() => parseDatabasePath(text)).toThrow(says)
    expect(() => parseDatabasePath(text)).not.toThrow('u:p')
  })

  test.each(['init --sample --database', 'profile add db --database', 'serve --sample --port 0 --database'])(
    '`%s` with a URL or a folder is exit 2, and nothing is made',
    async (line) => {
      const folder = newFolder()
      mkdirSync(join(folder, 'sub'))
      const env = { DRIFT_STATUS_CONFIG_DIR: join(folder, 'config') }
      for (const database of ['postgres://db/acme', '', join(folder, 'sub')]) {
        const { exitCode, stderr } = await runCli([...line.split(' '), database], { env })
        expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('--database') })
      }
      expect(readdirSync(folder)).toEqual(['sub'])
    },
  )
})
