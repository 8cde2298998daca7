import { mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseDatabase } from '../../src/profiles/database-place.js'
import { parsePostgresAddress } from '../../src/profiles/postgres-address.js'
import { newFolder, runCli } from '../cli/fake-context.js'

describe('the place of a workspace', () => {
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
    expect(parseDatabase(text)).toBe(resolve(text))
  })

  test.each([
    {
      text: 'postgres://drift@db.example/acme',
      is: { host: 'db.example', port: 5432, database: 'acme', user: 'drift', workspace: 'main', sslMode: 'prefer' },
    },
    {
      text: 'postgresql://me%40x@[::1]:6432/a%20b?sslmode=verify-full&sslrootcert=/ca.pem&workspace=eu-1',
      is: {
        host: '::1',
        port: 6432,
        database: 'a b',
        user: 'me@x',
        workspace: 'eu-1',
        sslMode: 'verify-full',
        sslRootCert: '/ca.pem',
      },
    },
    { text: 'postgres:///acme?host=/run/postgresql', is: { host: '/run/postgresql', database: 'acme', user: 'you' } },
    { text: 'postgres://db', is: { host: 'db', database: 'you', user: 'you' } },
  ])('may be a PostgreSQL database: $text', ({ text, is }) => {
    expect(parseDatabase(text)).toBe(text)
    expect(parsePostgresAddress(text, { PGUSER: 'you' })).toMatchObject(is)
  })

  const URLS = ['mysql:acme', 'http://x/', 'HTTPS://x', 'file:acme.db']
  test.each([
    ...[...URLS, 'file:///acme.db', 'sqlite3:acme.db', 'jdbc:sqlite:acme.db'].map((text) => ({
      text,
      says: 'is neither',
    })),
    { text: 'postgres://u:p@db/acme', says: 'a password does not belong in an address' },
    { text: 'postgres://u@db/acme?password=u:p', says: 'a password does not belong in an address' },
    { text: 'postgres://u:p@@:x', says: 'not the address of a PostgreSQL database' },
    { text: 'postgres://db/acme?sslmod=x', says: '"sslmod", which is not known' },
    { text: 'postgres://db/acme?sslmode=on', says: 'sslmode is "on"' },
    { text: 'postgres://db/acme?workspace=A%20b', says: 'the name of a workspace has small letters' },
    ...['', ' ', '\n', 'acme\0.db'].map((text) => ({ text, says: 'not the path of a file' })),
    ...['.', '/', 'missing/'].map((text) => ({ text, says: 'is a folder' })),
    { text: '/dev/null', says: '/dev/null is a pipe or a device' },
    { text: `${'a'.repeat(300)}.db`, says: 'cannot be reached (ENAMETOOLONG)' },
  ])('is refused: $text', ({ text, says }) => {
    expect(() => parseDatabase(text)).toThrow(says)
    expect(() => parseDatabase(text)).not.toThrow('u:p')
  })

  test.each(['init --sample --database', 'profile add db --database', 'serve --sample --port 0 --database'])(
    '`%s` with a URL or a folder is exit 2, and nothing is made',
    async (line) => {
      const folder = newFolder()
      mkdirSync(join(folder, 'sub'))
      const env = { DRIFT_STATUS_CONFIG_DIR: join(folder, 'config') }
      for (const database of ['mysql://db/acme', '', join(folder, 'sub')]) {
        const { exitCode, stderr } = await runCli([...line.split(' '), database], { env })
        expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('--database') })
      }
      expect(readdirSync(folder)).toEqual(['sub'])
    },
  )
})
