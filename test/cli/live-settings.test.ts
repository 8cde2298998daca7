import { describe, expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

const TERMINAL = { isTTY: true, columns: 100, env: { NO_COLOR: '1' } }

async function workspace() {
  const run = await sampleWorkspace()
  return {
    shown: async (line: string[]) => (await run(line, TERMINAL)).stdout,
    json: async (line: string) => JSON.parse((await run([...line.split(' '), '--json'])).stdout),
    run,
  }
}

describe('settings', () => {
  test('are shown, and changed one by one', async () => {
    const { shown, json, run } = await workspace()
    expect(await shown(['settings'])).toBe(
      '  name        Acme\n  plan        premium\n  time zone   America/New_York\n  chat limit  5 open chats an agent\n',
    )
    await run(['settings', 'set', '--name', 'Acme Shop', '--chat-limit', '3'])
    expect(await json('settings')).toMatchObject({ name: 'Acme Shop', chatLimit: 3, timeZone: 'America/New_York' })
    await run(['settings', 'set', '--chat-limit', 'none'])
    expect(await json('settings')).not.toHaveProperty('chatLimit')
  })

  test.each([
    { words: ['set'], says: 'there is nothing to change' },
    { words: ['set', '--plan', 'gold'], says: '"gold" is not one of free, pro, premium, enterprise' },
    { words: ['set', '--time-zone', 'Europe/Berln'], says: 'Europe/Berlin' },
    { words: ['set', '--name', ''], says: 'name' },
    { words: ['set', '--plan', 'free'], says: 'plan', code: 4 },
  ])(
    'settings $words is refused, and changes nothing',
    async ({ words, says, code = 2 }: { words: string[]; says: string; code?: number }) => {
      const { run, json } = await workspace()
      const before = await json('settings')
      const { exitCode, stderr } = await run(['settings', ...words])
      expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: expect.stringContaining(says) })
      expect(await json('settings')).toEqual(before)
    },
  )
})

test('R27: greeting set changes the text of a mode; an empty one is the default again', async () => {
  const { shown, json, run } = await workspace()
  await run(['greeting', 'set', '--offline', 'Back on Monday.'])
  expect(await json('greeting')).toMatchObject({ offline: 'Back on Monday.' })
  expect((await json('simulate --at 2026-11-28T12:00:00Z')).visitor.greeting.message).toBe('Back on Monday.')
  await run(['greeting', 'set', '--online', ''])
  expect(await shown(['greeting'])).toMatch(/online +".+" \(the default\)\n +offline +"Back on Monday\."\n/)
})

describe('a word that is left out', () => {
  test.each([
    {
      words: ['agent', 'away', 'kofi', '--note', '--dry-run'],
      says: '--note has no value: "--dry-run" after it is a flag\nhint: if that is its value, write --note=--dry-run',
    },
    { words: ['settings', 'set', '--name', '--json=changed'], says: '"--json=changed" after it is a flag' },
    {
      words: ['settings', 'set', '--name', 'x', '-m', '-y'],
      says: '-m has no value: "-y" after it is a flag\nhint: run "drift-status settings set --help"',
    },
    { words: ['--profile', '--yes', 'agent', 'away'], says: '--profile has no value' },
    { words: ['agent', 'away', '--for', '--until', 'noon'], says: '--for has no value' },
    { words: ['agent', 'away', ''], says: 'argument [who]: is empty\nhint: run "drift-status agent away --help"' },
    { words: ['agent', 'remove', ''], says: 'argument <who>: is empty' },
    { words: ['hours', 'set', 'mon', '9-12', ''], says: 'argument <ranges...>: is empty' },
    { words: ['log', '--who', ''], says: '--who: is empty' },
    { words: ['log', '--what='], says: '--what: is empty' },
    { words: ['routing', 'default', '--to', ''], says: '--to: is empty' },
  ])('$words is refused, and changes nothing', async ({ words, says }) => {
    const { run } = await workspace()
    const { exitCode, stdout, stderr } = await run(words)
    const { error } = stderr.startsWith('{') ? JSON.parse(stderr) : { error: { message: stderr } }
    expect({ exitCode, stdout, message: error.message }).toEqual({
      exitCode: 2,
      stdout: '',
      message: expect.stringContaining(says),
    })
    expect(JSON.parse((await run(['log', '--json'])).stdout).revisions).toHaveLength(1)
  })

  test('may still be a flag: after =, and after --', async () => {
    const { run, json } = await workspace()
    await run(['settings', 'set', '--name=--dry-run'])
    expect(await json('settings')).toMatchObject({ name: '--dry-run' })
    const { exitCode, stderr } = await run(['agent', 'show', '--', '--json'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 5, stderr: expect.stringContaining('"--json" is not an agent') })
  })
})

test('agent add --chat-limit none: no limit, as agent edit takes it', async () => {
  const { run, json } = await workspace()
  expect((await run(['agent', 'add', '12', '--chat-limit', 'none'])).exitCode).toBe(0)
  expect(await json('agent show 12')).not.toHaveProperty('chatLimit')
})

test('greeting set: two who change the text of different modes at once both do', async () => {
  const { run, json } = await workspace()
  const outcomes = await Promise.all([
    run(['greeting', 'set', '--online', 'Hello']),
    run(['greeting', 'set', '--offline', 'Bye']),
  ])
  expect(outcomes.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual([
    { exitCode: 0, stderr: '' },
    { exitCode: 0, stderr: '' },
  ])
  expect(await json('greeting')).toMatchObject({ online: 'Hello', offline: 'Bye' })
})

test('R5: hours exceptions lists those ahead first, and when a yearly one is next', async () => {
  const { shown, json, run } = await workspace()
  await run(['hours', 'close', '2026-11-02', '--name', 'Gone'])
  await run(['hours', 'close', '02-29', '--name', 'Leap day'])
  const { exceptions } = await json('hours exceptions')
  expect(exceptions.map(({ dates, from, past }: Record<string, unknown>) => [dates, from, past])).toEqual([
    ['2026-12-24', '2026-12-24', false],
    ['2026-12-25..2026-12-26', '2026-12-25', false],
    ['01-01', '2027-01-01', false],
    ['02-29', '2028-02-29', false],
    ['2026-11-02', '2026-11-02', true],
  ])
  expect(await shown(['hours', 'exceptions'])).toContain(
    '  Tue 29 Feb 2028                closed       Leap day       every year',
  )
  const week = await shown(['hours'])
  expect(week).toContain('Exceptions ahead\n')
  expect(week).toContain('Christmas')
  expect(week).not.toContain('Gone')
})

test('agent show says what a list leaves out', async () => {
  const { shown, json, run } = await workspace()
  await run(['agent', 'edit', 'kofi', '--chat-limit', '2'])
  const text = await shown(['agent', 'show', 'kofi'])
  for (const row of [
    / available +Kofi Mensah/,
    /role +agent/,
    /id +3/,
    /email +kofi@acme\.example/,
    /teams +Sales/,
    /time zone +America\/New_York, of the workspace/,
    /open chats +2 of 2/,
  ]) {
    expect(text).toMatch(row)
  }
  expect(await json('agent show lena')).toMatchObject({ id: '4', teams: ['support'] })
})

test('team show says where its members are', async () => {
  const { shown, run } = await workspace()
  await run(['agent', 'away', '--agent', 'kofi', '--note', 'lunch'])
  const text = await shown(['team', 'show', 'sales'])
  expect(text).toContain('Sales (team sales; 2 members, 1 available)\n')
  expect(text).toMatch(/ away +Kofi Mensah .*3 +lunch/)
  const { exitCode, stderr } = await run(['team', 'show', 'sale'])
  expect({ exitCode, stderr }).toEqual({ exitCode: 5, stderr: expect.stringContaining('did you mean "sales"') })
})

test('R26: playbook move changes which one is first', async () => {
  const { json, run } = await workspace()
  const order = async () => (await json('playbook list')).playbooks.map(({ id }: { id: string }) => id)
  await run(['playbook', 'move', 'welcome-offline', '--before', 'leadbot'])
  expect(await order()).toEqual(['welcome-offline', 'leadbot', 'welcome-online'])
  await run(['playbook', 'move', 'welcome-offline', '--last'])
  expect(await order()).toEqual(['leadbot', 'welcome-online', 'welcome-offline'])
})
