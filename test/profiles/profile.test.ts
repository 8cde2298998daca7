import { describe, expect, test } from 'vitest'
import {
  isLikeToken,
  type Profile,
  parseProfileName,
  parseProfileUrl,
  profileProblem,
  tokenOrigin,
} from '../../src/profiles/profile.js'

describe('the URL of a service', () => {
  test.each([
    ['https://status.acme.example', 'https://status.acme.example'],
    ['https://status.acme.example/', 'https://status.acme.example'],
    ['https://acme.example:8443/status//', 'https://acme.example:8443/status'],
    ['HTTPS://Status.Acme.Example', 'https://status.acme.example'],
    ['http://localhost:4280', 'http://localhost:4280'],
    ['http://127.0.0.1:4280', 'http://127.0.0.1:4280'],
    ['http://127.1.2.3', 'http://127.1.2.3'],
    ['http://[::1]:80/', 'http://[::1]'],
  ])('%s is %s', (text, url) => {
    expect(parseProfileUrl(text)).toBe(url)
  })

  test.each([
    ['http://status.acme.example', 'in clear text'],
    ['http://localhost.acme.example', 'in clear text'],
    ['http://127.0.0.1.acme.example', 'in clear text'],
    ['http://10.0.0.1', 'in clear text'],
    ['ftp://status.acme.example', 'begins with ftp:'],
    ['https://ana:secret@status.acme.example', 'more than a host and a path'],
    ['https://status.acme.example?token=secret', 'more than a host and a path'],
    ['https://status.acme.example#secret', 'more than a host and a path'],
    ['status.acme.example', 'is not a URL'],
    ['', 'is not a URL'],
  ])('%s is refused: %s, and no secret of it is repeated', (text, message) => {
    expect(() => parseProfileUrl(text)).toThrow(message)
    expect(() => parseProfileUrl(text)).not.toThrow('secret')
  })
})

describe('the name of a profile', () => {
  test.each(['prod', 'p', '1', 'acme.eu-west_2', 'a'.repeat(64)])('%s is one', (name) => {
    expect(parseProfileName(name)).toBe(name)
  })

  test.each(['', '.', '-x', '--json', '../x', 'a b', 'a/b', '__proto__', 'a'.repeat(65), 'prod\n', 'dst_ab12_secret'])(
    '%j is refused, and is not repeated',
    (name) => {
      expect(() => parseProfileName(name)).toThrow(/^this is not a name for a profile$/)
    },
  )
})

test.each([
  ['dst_ab12_c2VjcmV0', true],
  ['dst_1_', true],
  ['dst', false],
  ['dst_ab12', false],
  ['xdst_ab12_c', false],
])('%s is like a token: %s', (text, expected) => {
  expect(isLikeToken(text)).toBe(expected)
})

describe('a profile in the file', () => {
  const GOOD: readonly Profile[] = [
    { service: 'local', database: '/x.db' },
    { service: 'local', database: '/x.db', agent: 'ana@acme.example', protected: true },
    { service: 'shared', url: 'https://status.acme.example' },
    { service: 'drift' },
    { service: 'drift', agent: '2', url: 'http://127.0.0.1:1', file: '/x.yaml', protected: false },
  ]
  test.each(GOOD)('%j can be used', (profile) => {
    expect(profileProblem(profile)).toBeUndefined()
  })

  test('a setting that a later version added is no problem', () => {
    expect(profileProblem({ service: 'local', database: '/x.db', colour: 'red' })).toBeUndefined()
  })

  test.each([
    [null, 'is not an object'],
    ['prod', 'is not an object'],
    [{}, 'has service undefined'],
    [{ service: 'shard', url: 'https://x.example' }, 'has service "shard", which is not one of local, shared, drift'],
    [{ service: 'local' }, 'has no database'],
    [{ service: 'shared' }, 'has no url'],
    [{ service: 'local', database: 5 }, 'has a database that is not a string'],
    [{ service: 'drift', protected: 'yes' }, 'has a protected that is not a boolean'],
    [{ service: 'shared', url: 'http://status.acme.example' }, 'has a url that cannot be used'],
  ])('%j cannot: it %s', (value, problem) => {
    expect(profileProblem(value)).toContain(problem)
  })
})

test.each([
  [{ service: 'shared', url: 'https://acme.example:8443/status' }, 'https://acme.example:8443'],
  [{ service: 'drift' }, 'https://driftapi.com'],
  [{ service: 'drift', url: 'http://127.0.0.1:99/' }, 'http://127.0.0.1:99'],
] as const)('the token of %j goes to %s alone', (profile, origin) => {
  expect(tokenOrigin(profile)).toBe(origin)
})
