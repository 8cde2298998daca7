import { describe, expect, test } from 'vitest'
import { idFindings } from '../../../src/domain/document/ids.js'
import { parseWorkspace } from '../../../src/domain/document/parse-workspace.js'
import { people, ZONE } from '../workspace-builder.js'

const read = (parts: object) => parseWorkspace(JSON.stringify({ version: 1, timeZone: ZONE, ...parts }), 'acme.yaml')

describe('an id', () => {
  test.each([
    { id: 'me', says: '"me" cannot be an id: it is the word for yourself' },
    { id: '.', says: '"." cannot be an id: in an address it means "here"' },
    { id: '..', says: '".." cannot be an id: in an address it means "one step up"' },
    { id: 'a/b', says: '"a/b" cannot be an id: it has "/"' },
    { id: 'a\\b', says: 'it has "\\"' },
    { id: 'a b', says: '"a b" cannot be an id: it has a space' },
    { id: ' a', says: 'it has a space' },
    { id: 'a\tb', says: '"a\\tb" cannot be an id: it has the character U+0009' },
    { id: 'a\u00a0b', says: 'it has the character U+00A0' },
    { id: 'a\u0000', says: 'has the character U+0000' },
    { id: 'a\u001b[31m', says: 'it has the character U+001B' },
    { id: 'a\u202eb', says: 'it has the character U+202E' },
    { id: 'a\u200bb', says: 'it has the character U+200B' },
    { id: 'a?b', says: 'it has "?"' },
    { id: 'a#b', says: 'it has "#"' },
    { id: 'a%2fb', says: 'it has "%"' },
    { id: '-rf', says: '"-rf" cannot be an id: it begins with "-"' },
    { id: -7, says: '"-7" cannot be an id: it begins with "-"' },
    { id: '', says: 'is empty' },
  ])('$id is refused for an agent, with its place', ({ id, says }) => {
    const places = [{ agents: [...people('1'), { id }] }]
    for (const parts of places) {
      expect(() => read(parts)).toThrow(
        expect.objectContaining({
          problems: expect.arrayContaining([
            expect.objectContaining({ path: 'agents[1].id', message: expect.stringContaining(says) }),
          ]),
        }),
      )
    }
  })

  test.each([
    { where: 'teams[0].id', parts: { teams: [{ id: 'a/b', members: [] }] } },
    { where: 'playbooks[0].id', parts: { playbooks: [{ id: 'a/b' }] } },
    { where: 'routing.rules[0].id', parts: { routing: { rules: [{ id: 'a/b', to: 'account-owner' }] } } },
  ])('is refused at $where as well', ({ where, parts }) => {
    expect(() => read(parts)).toThrow(`${where}: "a/b" cannot be an id: it has "/"`)
  })

  test.each(['1', '007', 'ana', 'ana@a.example', 'Émile', 'a.b', '...', 'ME', 'a-b_c', 'a:b', 'a+b', 'ünï', '😀'])(
    '%s is one',
    (id) => {
      expect(idFindings({ agents: [{ id }], teams: [{ id }] })).toEqual([])
    },
  )

  test('of a team may be "me": only agents are asked for by that word', () => {
    expect(read({ teams: [{ id: 'me', members: [] }] }).teams).toHaveLength(1)
  })
})

describe('who is who in a document', () => {
  test.each([
    { title: 'an email in another case', agents: [{ email: 'ana@a.example' }, { email: 'ANA@a.example' }] },
    { title: 'an email in another form', agents: [{ email: 'émile@a.example' }, { email: 'e\u0301mile@a.example' }] },
    { title: 'an email with a space at its end', agents: [{ email: 'ana@a.example' }, { email: 'ana@a.example ' }] },
  ])('$title is a conflict, with its place', ({ agents }) => {
    const parts = { agents: agents.map((agent, index) => ({ id: String(index), ...agent })) }
    expect(() => read(parts)).toThrow(`agents[1].email: "${agents[1]!.email}" is the email of agents[0] already`)
  })

  test('an id that is the email of another is a conflict', () => {
    const agents = [{ id: '1', email: 'ana@a.example' }, { id: 'Ana@a.example' }]
    expect(() => read({ agents })).toThrow('agents[1].id: "Ana@a.example" is the email of agents[0] already')
  })

  test('members and targets name an agent by an email in any case', () => {
    const agents = [{ id: '1', email: 'Ana@a.example' }]
    const teams = [{ id: 't', members: ['1', 'ANA@A.EXAMPLE'] }]
    expect(read({ agents, teams, routing: { default: { to: { agent: 'ana@a.example' } } } }).agents).toHaveLength(1)
  })
})

test.each([
  { path: 'name', parts: { name: 'a\u0000b' } },
  { path: 'agents[0].note', parts: { agents: [{ id: '1', note: 'a\u0000b' }] } },
  { path: 'playbooks[0].message', parts: { playbooks: [{ id: 'p', message: '\u0000' }] } },
])('U+0000 is refused in a document at $path', ({ path, parts }) => {
  expect(() => read(parts)).toThrow(`${path}: has the character U+0000`)
})

test('half of a surrogate pair is refused in a document: a database would keep another character', () => {
  expect(() => read({ agents: [{ id: '1', note: 'a\ud800b' }] })).toThrow(
    'agents[0].note: has half of a surrogate pair',
  )
})
