import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ICAL from 'ical.js'
import { expect, onTestFinished, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { runCommand } from './run-command.js'
import { loggedIn } from './served.js'
import { serveProcess } from './served-process.js'

test('R31: turns of duty are at an address that opens nothing else, until the token list’s revoke ends it', async () => {
  const database = join(newFolder(), 'acme.db')
  const served = await serveProcess(['--from', 'docs/sample/rota.yaml', '--database', database])
  onTestFinished(async () => void (await served.end('SIGKILL')))
  const { run, env } = await loggedIn(served.url, served.adminToken)

  const created = await run('duty feed create --agent kofi')
  const address = created.stdout.trim()
  expect(created.exitCode).toBe(0)
  expect(address).toMatch(new RegExp(`^${served.url}/v1/calendar/dst_\\w+_[\\w-]{43}\\.ics$`))
  const answer = await fetch(address)
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'private, no-cache'])
  const events = new ICAL.Component(ICAL.parse(await answer.text())).getAllSubcomponents('vevent')
  expect(new Set(events.map((event) => new ICAL.Event(event).summary))).toEqual(new Set(['Late desk']))

  const secret = /dst_[\w-]+/.exec(address)![0]
  const asBearer = await runCommand(['status'], { ...env, DRIFT_STATUS_TOKEN: secret })
  expect(asBearer).toMatchObject({ exitCode: 4, stdout: '' })
  const [feed] = JSON.parse((await run('duty feed list --json')).stdout).feeds
  expect(feed).toMatchObject({ agent: '3', state: 'active', scopes: [] })
  expect((await run('token list')).stdout).toContain(feed.id)
  const others = [await run('log --json'), await run('token list --json'), await run('duty feed list'), asBearer]

  expect((await run(`token revoke ${feed.id}`)).exitCode).toBe(0)
  const ended = await fetch(address)
  expect([ended.status, await ended.text()]).toEqual([404, expect.not.stringContaining(secret)])
  expect(await served.end('SIGTERM')).toBe(0)
  const random = secret.split('_').slice(2).join('_')
  for (const { stdout, stderr } of others) expect(stdout + stderr).not.toContain(random)
  expect(served.log()).not.toContain(random)
  expect(served.log()).toContain('/v1/calendar/:secret')
  const folder = dirname(database)
  for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file)).includes(random)).toBe(false)
})
