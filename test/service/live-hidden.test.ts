import { describe, expect, test } from 'vitest'
import { openDocument } from '../../src/api/workspace-questions.js'
import { CLOSED, documentOf, people } from '../domain/workspace-builder.js'
import { liveWorkspace } from './live-workspace.js'

const OPENS = { at: '2026-11-24T09:00:00.000-05:00', mode: 'online', source: 'hours' }
const DUTY = { shifts: [{ id: 'late', days: 'mon-fri', hours: '10:00-17:00', agents: ['1'] }] }

describe('R36: a live workspace tells what auto-offline hides as its document does', () => {
  test.each<{ title: string; parts: object; nextHidden: object | undefined; comesOnline?: string }>([
    { title: 'everyone is away', parts: { agents: people('1 away', '2 away') }, nextHidden: OPENS },
    {
      title: 'the duty begins after the hours',
      parts: { agents: [{ id: '1' }], duty: DUTY },
      nextHidden: OPENS,
      comesOnline: '2026-11-24T10:00:00.000-05:00',
    },
    {
      title: 'somebody is available',
      parts: { agents: people('1') },
      nextHidden: undefined,
      comesOnline: OPENS.at,
    },
  ])('R36: $title', async ({ parts, nextHidden, comesOnline }) => {
    const document = documentOf({ widget: { autoOffline: true }, ...parts })
    const { owner, clock } = await liveWorkspace({ widget: { autoOffline: true }, ...parts })
    clock(CLOSED)
    const file = openDocument(Buffer.from(JSON.stringify(document)), 'acme.json')
    const at = new Date(CLOSED).toISOString()
    const answers = [
      (await owner.getStatus({})).widget,
      (await owner.simulate({ at })).widget,
      file.simulate({ at: CLOSED }).widget,
    ]
    for (const widget of answers) {
      expect(widget.nextHidden).toEqual(nextHidden)
      expect(widget.nextChange?.at).toBe(comesOnline)
    }
    const live = (await owner.lint({ at })).map(({ code, text }) => `${code} ${text}`)
    expect(live).toEqual(file.lint(CLOSED).map(({ code, text }) => `${code} ${text}`))
    expect(live.some((finding) => finding.startsWith('stays-offline'))).toBe(nextHidden !== undefined)
  })

  test('R36: the last one who leaves in the evening learns when the hours open', async () => {
    const { owner, clock } = await liveWorkspace({ widget: { autoOffline: true }, agents: people('1', '2 away') })
    clock(CLOSED)
    const { effect } = await owner.putStatus({ id: '1', status: 'away' })
    expect(effect.before.nextHidden).toBeUndefined()
    expect(effect.after).toEqual({ mode: 'offline', source: 'hours', nextHidden: OPENS })
  })
})
