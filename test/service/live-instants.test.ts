import { describe, expect, test } from 'vitest'
import { OPEN, people } from '../domain/workspace-builder.js'
import { liveWorkspace } from './live-workspace.js'

/** Half past the hour at which workspaces of tests are made, in every way that an instant may be written. */
const HALF_PAST = OPEN + 30 * 60_000
const WRITTEN = [
  '2026-11-23T17:30:00Z',
  '2026-11-23T17:30:00.000Z',
  '2026-11-23T17:30:00,0Z',
  '2026-11-23T18:30:00,000000000+01:00',
  '2026-11-23T12:30-0500',
  '2026-11-23 17:30z',
  '2026-11-23t17:30:00z',
]

describe.each(WRITTEN)('%s is an instant wherever one is asked for', (text) => {
  const settled = [HALF_PAST - 1, HALF_PAST]

  test('R15: the end of a status', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1') })
    await owner.putStatus({ id: '1', status: 'away', until: text })
    const seen = []
    for (const at of settled) {
      clock(at)
      seen.push((await owner.getAgent({ id: '1' })).value.status)
    }
    expect(seen).toEqual(['away', 'available'])
  })

  test('R8: the end of an override', async () => {
    const { owner, clock } = await liveWorkspace({ widget: { mode: 'online', autoOffline: false } })
    await owner.putWidget({ override: { mode: 'offline', until: text } })
    const seen = []
    for (const at of settled) {
      clock(at)
      seen.push((await owner.getStatus({})).widget.mode)
    }
    expect(seen).toEqual(['offline', 'online'])
  })

  test('R15: the end of a status in a document', async () => {
    const agents = [{ id: '1', status: 'away', until: text, lastRoutedAt: text }]
    const { owner, clock } = await liveWorkspace({ agents })
    const { value } = await owner.getAgent({ id: '1' })
    expect([Date.parse(value.until!), Date.parse(value.lastRoutedAt!)]).toEqual([HALF_PAST, HALF_PAST])
    clock(HALF_PAST)
    expect((await owner.listAgents({})).available).toBe(1)
  })

  test('the end of a token', async () => {
    const { owner } = await liveWorkspace()
    const { token } = await owner.createToken({ name: 'ci', scopes: ['read'], expiresAt: text })
    expect(Date.parse(token.expiresAt!)).toBe(HALF_PAST)
  })

  test('an end that is over is refused, and nothing is written', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1') })
    clock(HALF_PAST)
    const writes = [
      owner.putStatus({ id: '1', status: 'away', until: text }),
      owner.putWidget({ override: { mode: 'offline', until: text } }),
      owner.createToken({ name: 'ci', scopes: ['read'], expiresAt: text }),
    ]
    for (const write of writes) await expect(write).rejects.toMatchObject({ code: 'invalid-input' })
    expect((await owner.getStatus({})).revision).toBe(1)
  })

  test('what a log is asked for, and hours and decisions at it', async () => {
    const { owner, clock } = await liveWorkspace({ agents: people('1') })
    clock(HALF_PAST)
    await owner.putStatus({ id: '1', status: 'away' })
    const { revisions } = await owner.listRevisions({ since: text })
    expect(revisions.map(({ number }) => number)).toEqual([2])
    const at = (answer: { readonly at: string }) => Date.parse(answer.at)
    expect([at(await owner.nextHours({ at: text })), at(await owner.simulate({ at: text }))]).toEqual([
      HALF_PAST,
      HALF_PAST,
    ])
  })
})
