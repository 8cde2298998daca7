import { describe, expect, onTestFinished, test } from 'vitest'
import { eventChange, eventState } from '../../../src/api/contract/responses/events.js'
import { OPEN } from '../../domain/workspace-builder.js'
import { forgetRevisionsAfter } from '../forget-revisions.js'
import { readEvents } from './event-reader.js'
import { AGENTS, serveWorkspace } from './served-workspace.js'

const CLOSE = OPEN + 5 * 3_600_000
const iso = (instant: number) => new Date(instant).toISOString()

/** The events of a stream in order: their names, a revision's number. */
const namesIn = (text: string) =>
  [...text.matchAll(/(?:id: (\d+)\n)?event: (\S+)\ndata: .*\n\n/g)].map(([, id, name]) =>
    name === 'revision' ? id : name,
  )
const dataOf = (text: string, name: string) =>
  [...text.matchAll(new RegExp(`event: ${name}\ndata: (.*)\n\n`, 'g'))].map(([, data]) => JSON.parse(data!))

async function watched(parts: object = { agents: AGENTS }) {
  const served = await serveWorkspace({ parts })
  const secret = await served.token({ scopes: ['read'] })
  const watch = async (headers: Record<string, string> = {}) => {
    const events = await readEvents(`${served.url}/v1/events`, secret, headers)
    onTestFinished(() => events.close())
    await events.until(({ text }) => text.includes('event: state'))
    return events
  }
  return { ...served, watch }
}

describe('GET /v1/events, of what time alone changes', () => {
  test('R35: tells what is, then the hours, with the instant, and no id', async () => {
    const { watch, clock } = await watched()
    const events = await watch()
    const [state] = dataOf(events.text, 'state')
    expect(eventState().parse(state)).toMatchObject({ mode: 'online', open: true, staffed: true, nobodyThere: false })
    clock(CLOSE + 20)
    await events.until(({ text }) => text.includes('event: change'))
    const [change] = dataOf(events.text, 'change')
    expect(eventChange().parse(change)).toMatchObject({
      at: '2026-11-23T17:00:00.000-05:00',
      because: ['hours'],
      mode: 'offline',
      open: false,
      before: { mode: 'online', open: true },
      agents: [],
    })
    expect(events.ids).toEqual([])
  })

  test('R35: tells whose status ended, and the first and the last "nobody is there"', async () => {
    const agents = [
      { ...AGENTS[0], until: iso(OPEN + 1000) },
      { ...AGENTS[1], status: 'away', until: iso(OPEN + 5000) },
    ]
    const { watch, clock } = await watched({ agents })
    const events = await watch()
    clock(OPEN + 1000)
    await events.until(({ text }) => text.includes('event: nobody-there'))
    clock(OPEN + 5000)
    await events.until(({ text }) => text.includes('event: nobody-there-ended'))
    expect(namesIn(events.text)).toEqual(['state', 'change', 'nobody-there', 'change', 'nobody-there-ended'])
    expect(dataOf(events.text, 'change').map((change) => change.agents)).toEqual([
      [{ id: '1', name: 'Sam', status: 'away' }],
      [{ id: '2', name: 'Ana', status: 'available' }],
    ])
  })

  test('R36: the last one who goes by a write leaves nobody there, told after the revision', async () => {
    const { watch, owner } = await watched()
    const events = await watch()
    await owner.putStatus({ id: '1', status: 'away' })
    await owner.putStatus({ id: '2', status: 'away' })
    await events.until(({ text }) => text.includes('event: nobody-there'))
    expect(namesIn(events.text)).toEqual(['state', '3', '4', 'nobody-there'])
    expect(dataOf(events.text, 'nobody-there')).toMatchObject([
      { because: ['revision'], staffed: false, mode: 'online' },
    ])
    await owner.putStatus({ id: '2', status: 'available' })
    await events.until(({ text }) => text.includes('event: nobody-there-ended'))
    expect(dataOf(events.text, 'change')).toEqual([])
  })

  test('a write in the very millisecond of an end comes after it, and hides nothing', async () => {
    const { watch, owner, clock } = await watched({
      agents: AGENTS,
      widget: { override: { mode: 'offline', until: iso(OPEN + 1000) } },
    })
    const events = await watch()
    clock(OPEN + 1000)
    const { revision } = await owner.putStatus({ id: '2', status: 'away' })
    await events.until(({ ids }) => ids.includes(revision))
    expect(namesIn(events.text)).toEqual(['state', 'change', String(revision)])
    expect(dataOf(events.text, 'change')).toMatchObject([{ because: ['override'], mode: 'online', agents: [] }])
  })

  test('a write that moves the end is followed, and what it took back is not told', async () => {
    const { watch, owner, clock } = await watched({
      agents: AGENTS,
      widget: { override: { mode: 'offline', until: iso(OPEN + 1000) } },
    })
    const events = await watch()
    const { revision } = await owner.putWidget({ override: { mode: 'offline', until: iso(OPEN + 9000) } })
    await events.until(({ ids }) => ids.includes(revision))
    clock(OPEN + 1000)
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(namesIn(events.text)).toEqual(['state', String(revision)])
    clock(OPEN + 9000)
    await events.until(({ text }) => text.includes('event: change'))
    expect(dataOf(events.text, 'change')).toMatchObject([
      { because: ['override'], at: '2026-11-23T12:00:09.000-05:00' },
    ])
  })

  test('resuming goes by the revisions alone, and begins with what is', async () => {
    const { watch, owner, clock } = await watched()
    const first = await watch()
    const { revision } = await owner.putStatus({ id: '2', status: 'away' })
    await first.until(({ ids }) => ids.includes(revision))
    first.close()
    clock(CLOSE)
    const again = await watch({ 'last-event-id': String(revision) })
    expect(namesIn(again.text)).toEqual(['state'])
    expect(dataOf(again.text, 'state')).toMatchObject([{ mode: 'offline', open: false, revision }])
  })

  test('a clock that is set back is told as what is then, and small steps are not', async () => {
    const { watch, clock } = await watched()
    const events = await watch()
    clock(CLOSE)
    await events.until(({ text }) => text.includes('event: change'))
    clock(CLOSE - 500)
    await new Promise((resolve) => setTimeout(resolve, 300))
    clock(CLOSE)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(namesIn(events.text)).toEqual(['state', 'change'])
    clock(CLOSE - 60_000)
    await events.until(({ text }) => dataOf(text, 'change').length === 2)
    clock(CLOSE + 1)
    await events.until(({ text }) => dataOf(text, 'change').length === 3)
    expect(dataOf(events.text, 'change').map(({ because, mode }) => [...because, mode])).toEqual([
      ['hours', 'offline'],
      ['clock', 'online'],
      ['hours', 'offline'],
    ])
  })

  test('a machine that slept for months tells what is, once', async () => {
    const { watch, clock } = await watched()
    const events = await watch()
    clock(OPEN + 80 * 86_400_000 + 10 * 3_600_000)
    await events.until(({ text }) => text.includes('event: change'))
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(dataOf(events.text, 'change')).toMatchObject([{ because: ['clock'], mode: 'offline' }])
  })

  test('R35: fifty watchers, one of them reading nothing, are each told every change once', async () => {
    const agents = Array.from({ length: 20 }, (_, index) => ({
      id: `${index + 1}`,
      status: 'away',
      until: iso(OPEN + (index + 1) * 1000),
    }))
    const { watch, clock } = await watched({
      agents: [...agents, ...AGENTS.map((agent) => ({ ...agent, id: `9${agent.id}` }))],
    })
    const watchers = await Promise.all(Array.from({ length: 50 }, () => watch()))
    watchers[0]!.pause()
    for (let second = 1; second <= 20; second++) {
      clock(OPEN + second * 1000)
      await watchers[1]!.until(({ text }) => dataOf(text, 'change').length === second)
    }
    watchers[0]!.resume()
    for (const watcher of watchers) {
      await watcher.until(({ text }) => dataOf(text, 'change').length === 20)
      expect(dataOf(watcher.text, 'change').map((change) => change.agents[0].id)).toEqual(agents.map(({ id }) => id))
    }
  }, 120_000)

  test('a copy that is restored with as many revisions is told, and what is', async () => {
    const { watch, owner, path, clock } = await watched()
    const { revision } = await owner.putStatus({ id: '2', status: 'away' })
    const events = await watch({ 'last-event-id': String(revision - 1) })
    await events.until(({ ids }) => ids.includes(revision))
    await forgetRevisionsAfter(revision - 1, path)
    clock(OPEN + 1)
    const another = await owner.putStatus({ id: '2', status: 'available' })
    expect(another.revision).toBe(revision)
    await events.until(({ text }) => dataOf(text, 'state').length === 2)
    expect(namesIn(events.text).slice(-3)).toEqual(['restored', String(revision), 'state'])
  })
})
