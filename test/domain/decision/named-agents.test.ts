import { describe, expect, test } from 'vitest'
import { agentsNamed, mailboxKey, onlyAgent, personKey } from '../../../src/domain/decision/named-agents.js'

describe('the key of a person', () => {
  test.each([
    ['Ana@A.example', 'ana@a.example'],
    ['ÉMILE', 'émile'],
    ['e\u0301mile', '\u00e9mile'],
    ['Straße', 'STRASSE'],
    ['Straße', 'STRAẞE'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευς'],
    ['ＡＮＡ', 'ana'],
    ['ﬁona', 'Fiona'],
    ['  Ana   Flores ', 'ana flores'],
    ['Ana\u00a0Flores', 'ana flores'],
    ['Ana\u200b', 'ana'],
    ['Фёдор', 'ФЁДОР'],
    ['Işıl', 'IŞIL'],
  ])('of %j is that of %j', (a, b) => {
    expect(personKey(a)).toBe(personKey(b))
  })

  test.each([
    ['Emile', 'Émile'],
    ['ana@a.example', 'ana@b.example'],
    ['Ana Flores', 'AnaFlores'],
    ['José', 'Jose'],
  ])('of %j is not that of %j', (a, b) => {
    expect(personKey(a)).not.toBe(personKey(b))
  })

  test.each([
    { agent: { id: '1', email: 'Ana@A.example' }, key: 'ana@a.example' },
    { agent: { id: 'Ana@A.example' }, key: 'ana@a.example' },
    { agent: { id: 'x@a.example', email: 'ana@a.example' }, key: 'ana@a.example' },
    { agent: { id: '1', email: '  ' }, key: undefined },
    { agent: { id: 'ana' }, key: undefined },
  ])('of the mailbox of $agent is $key', ({ agent, key }) => {
    expect(mailboxKey(agent)).toBe(key)
  })
})

describe('whom a text names', () => {
  const AGENTS = [
    { id: '7', name: 'Ana', email: 'ana@a.example' },
    { id: '007', name: 'James Bond', email: 'ben@a.example' },
    { id: 'ana', name: 'Ben Ana' },
    { id: 'ben', name: '7' },
    { id: 'x', name: 'ben@a.example' },
    { id: 'twin', name: 'Émile Zola' },
    { id: 'Twin', name: 'Émile Dubois' },
  ]
  test.each([
    { text: '7', ids: ['7'], why: 'an id before a name' },
    { text: '007', ids: ['007'], why: 'an id as it is written' },
    { text: 'ana', ids: ['ana'], why: 'an id before a first name' },
    { text: 'ANA', ids: ['7'], why: 'a whole name before a first name, an id never in another case' },
    { text: 'BEN@a.example', ids: ['007'], why: 'an email before a name' },
    { text: 'Twin', ids: ['Twin'], why: 'ids that differ in case are two' },
    { text: 'TWIN', ids: [], why: 'ids are exact' },
    { text: 'émile', ids: ['twin', 'Twin'], why: 'everyone of a first name' },
    { text: 'ÉMILE zola', ids: ['twin'], why: 'a whole name' },
    { text: ' ', ids: [], why: 'nothing names nobody' },
    { text: '', ids: [], why: 'nothing names nobody' },
  ])('"$text": $why', ({ text, ids }) => {
    expect(agentsNamed(AGENTS, text).map(({ id }) => id)).toEqual(ids)
  })

  test('thousands of texts among many agents are looked up without going through all of them each time', () => {
    const agents = Array.from({ length: 20_000 }, (_, index) => ({ id: `${index}`, name: `Ana ${index} Reed` }))
    const start = performance.now()
    for (const { id } of agents.slice(-4000)) {
      expect(agentsNamed(agents, id)).toHaveLength(1)
      expect(agentsNamed(agents, `ANA ${id} reed`)).toHaveLength(1)
      expect(agentsNamed(agents, `nobody ${id}`)).toEqual([])
    }
    // One pass for each takes a minute.
    expect(performance.now() - start).toBeLessThan(5000)
  })

  test.each([
    { count: 2, told: '1 and 2' },
    { count: 4, told: '1, 2, 3 and 4' },
    { count: 6, told: '1, 2, 3, 4, 5 and others' },
  ])('$count of one name are told as "$told"', ({ count, told }) => {
    const found = Array.from({ length: count }, (_, index) => ({ id: String(index + 1) }))
    expect(() => onlyAgent(found, 'Sam')).toThrow(`"Sam" names more than one agent: ${told}`)
  })
})
