import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { calendarAnswer, calendarOf, startFeedServer } from '../service/feed-server.js'
import { serveProcess } from './served-process.js'

/** `serve` of a workspace whose holidays come from an address of this machine. */
async function served(...flags: readonly string[]) {
  const feed = await startFeedServer(calendarAnswer(calendarOf(['20261225', 'Christmas Day'])))
  const folder = newFolder()
  const document = join(folder, 'acme.yaml')
  const source = feed.url.replace('/holidays.ics', '/secret-path/holidays.ics')
  writeFileSync(document, `version: 1\ntimeZone: UTC\nholidays: [{ id: uk, source: "${source}" }]\n`)
  const process = await serveProcess(['--database', join(folder, 'acme.db'), '--from', document, ...flags])
  onTestFinished(async () => {
    await process.end('SIGKILL')
    await feed.close()
  })
  const holidays = async () => {
    const answer = await fetch(`${process.url}/v1/holidays`, {
      headers: { authorization: `Bearer ${process.adminToken}` },
    })
    return (await answer.json()) as { value: { days: object[] }[]; feeds: { failure: string | null }[] }
  }
  return { process, feed, holidays }
}

test('R40: serve reads the feeds of its calendars by itself, and says in its log what is new', async () => {
  const { process, feed, holidays } = await served('--private-feeds')
  const day = { date: '2026-12-25', name: 'Christmas Day', hours: 'closed' }
  await expect.poll(async () => (await holidays()).value[0]?.days).toEqual([day])
  expect(feed.requests).toHaveLength(1)
  await expect.poll(() => process.log()).toContain('the holiday calendar \\"uk\\" has new days')
  expect(await process.end('SIGTERM')).toBe(0)
})

test('R40: a private address is not read unless told, and its path is in no log', async () => {
  const { process, feed, holidays } = await served()
  await expect.poll(async () => (await holidays()).feeds[0]?.failure).toContain('is not on the public internet')
  expect(feed.requests).toEqual([])
  expect(process.log()).toContain('is not on the public internet')
  expect(process.log()).not.toContain('secret-path')
  expect(await process.end('SIGTERM')).toBe(0)
})
