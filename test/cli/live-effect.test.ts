import { describe, expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

const LAST_ONE = ['agent away --agent lena', 'agent away --agent kofi'] as const
const NOBODY = [...LAST_ONE, 'agent away'] as const

interface Case {
  readonly title: string
  readonly before: readonly string[]
  readonly line: string
  /** The lines after what changed; empty for none. */
  readonly says: string
}

const CASES: readonly Case[] = [
  {
    title: 'R9: the last one who leaves',
    before: LAST_ONE,
    line: 'agent away',
    says: 'You were the last one available: auto-offline turns the widget offline.',
  },
  {
    title: 'R9: an admin who sends the last one away',
    before: ['agent away --agent lena', 'agent away'],
    line: 'agent away --agent kofi',
    says: 'Kofi Mensah was the last one available: auto-offline turns the widget offline.',
  },
  {
    title: 'R9: a dry run of it',
    before: LAST_ONE,
    line: 'agent away --dry-run',
    says: 'You were the last one available: auto-offline would turn the widget offline.',
  },
  { title: 'one of several who leaves', before: [], line: 'agent away', says: '' },
  {
    title: 'R9: auto-offline off, so nobody closes the widget, and R12 is told',
    before: ['auto-offline off', ...LAST_ONE],
    line: 'agent away',
    says: 'The widget is online with nobody available',
  },
  {
    title: 'R10: the first who is back',
    before: NOBODY,
    line: 'agent available',
    says: 'Someone is available again: the widget turns online.',
  },
  { title: 'a mode by hand', before: [], line: 'widget offline', says: 'The widget turns offline now.' },
  { title: 'a mode back', before: ['widget offline'], line: 'widget auto', says: 'The widget turns online now.' },
  {
    title: 'R9: auto-offline itself',
    before: ['auto-offline off', ...NOBODY],
    line: 'auto-offline on',
    says: 'The widget turns offline now.',
  },
  {
    title: 'R12: online with nobody available',
    before: ['auto-offline off', 'widget offline', ...NOBODY],
    line: 'widget online',
    says: 'The widget is online with nobody available',
  },
  { title: 'hours of another day', before: [], line: 'hours set sat 10:00-12:00', says: '' },
  {
    title: 'the hours of now',
    before: [],
    line: 'hours set mon closed',
    says: 'The widget turns offline now.',
  },
]

describe('what a write does to the widget', () => {
  test.each(CASES)('$title', async ({ before, line, says }) => {
    const run = await sampleWorkspace()
    for (const earlier of before) await run(earlier.split(' '))
    const { stdout } = await run(line.split(' '))
    const told = stdout
      .split('\n')
      .slice(1)
      .filter((row) => row !== '' && !row.startsWith('  '))
    if (says === '') expect(told).toEqual([])
    else expect(told.join('\n')).toContain(says)
  })

  test('a dry run shows the days on which visitors would see another mode', async () => {
    const run = await sampleWorkspace()
    const { stdout } = await run(['hours', 'set', 'sat', '10:00-12:00', '--dry-run'])
    expect(stdout).toMatch(/Visitors would see:\n +when +would see\n +Sat 10:00 to 12:00 +offline → online\n/)
    const answer = JSON.parse((await run(['hours', 'set', 'sat', '10:00-12:00', '--dry-run', '--json'])).stdout)
    expect(answer.preview).toEqual([
      {
        from: '2026-11-28T10:00:00.000-05:00',
        to: '2026-11-28T12:00:00.000-05:00',
        before: 'offline',
        after: 'online',
        differences: [
          { what: 'mode', before: 'offline', after: 'online' },
          { what: 'message', before: 'We will be back soon.', after: 'Hello! Ask us anything.' },
          { what: 'greeting', before: 'We are away. Leave us a message.', after: 'Hi! How can we help?' },
        ],
      },
    ])
  })

  test('R15: an override is over at its end with nothing running', async () => {
    const run = await sampleWorkspace()
    await run(['widget', 'offline', '--for', '1h'])
    const modeAt = async (now: string) => JSON.parse((await run(['status', '--json'], { now })).stdout).widget.mode
    expect(await modeAt('2026-11-23T15:59:59Z')).toBe('offline')
    expect(await modeAt('2026-11-23T16:00:00Z')).toBe('online')
  })
})
