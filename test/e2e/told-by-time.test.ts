import { copyFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, onTestFinished, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { BIN, runCommand } from './run-command.js'
import { loggedIn, type Machine, startServe } from './served.js'

const SOON = { timeout: 20_000 }

async function onFile(): Promise<Machine & { readonly database: string }> {
  const folder = newFolder()
  const env = { DRIFT_STATUS_CONFIG_DIR: folder, DRIFT_STATUS_DATA_DIR: folder }
  const database = join(folder, 'acme.db')
  const run: Machine['run'] = (line, input = '') => runCommand(line.split(' '), env, input)
  await run(`init --sample --database ${database}`)
  return { folder, env, run, database }
}

async function onServer(): Promise<Machine> {
  const { url, adminToken } = await startServe(join(newFolder(), 'acme.db'))
  return loggedIn(url, adminToken)
}

/** A command that stays, and what it has written. */
function started({ env }: Pick<Machine, 'env'>, ...words: readonly string[]) {
  const running = execa(process.execPath, [BIN, ...words], { env, reject: false, buffer: false })
  let [stdout, stderr] = ['', '']
  running.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString()
  })
  running.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString()
  })
  onTestFinished(() => void running.kill('SIGKILL'))
  const states = () =>
    stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line))
  return { stdout: () => stdout, stderr: () => stderr, states, ended: running }
}

describe.each([
  { place: 'a workspace file', open: onFile },
  { place: 'a served workspace', open: onServer },
])('status --watch, of $place', ({ open }) => {
  test('R35: shows that an override ended, which nobody wrote', async () => {
    const machine = await open()
    await machine.run('widget online')
    const [asJson, asText] = [started(machine, 'status', '--watch', '--json'), started(machine, 'status', '--watch')]
    await expect.poll(() => asJson.states().length, SOON).toBe(1)
    await expect.poll(asText.stdout, SOON).toContain('ONLINE')
    expect((await machine.run('widget offline --for 2s')).exitCode).toBe(0)
    const modes = () => asJson.states().map(({ widget }) => widget.mode)
    await expect.poll(modes, SOON).toEqual(['online', 'offline', 'online'])
    const [, , last] = asJson.states()
    expect(last.revision).toBe(asJson.states()[1].revision)
    await expect.poll(asText.stdout, SOON).toMatch(/: the override ended; the widget is online\n/)
  })
})

test('a file that is replaced by an older copy under a watch and a wait: both start over, and see what is', async () => {
  const machine = await onFile()
  const { database, folder } = machine
  await machine.run('widget offline')
  copyFileSync(database, join(folder, 'copy.db'))
  for (const line of ['widget online', 'agent away 2', 'agent available 2']) await machine.run(line)
  const watch = started(machine, 'status', '--watch', '--json')
  await expect.poll(() => watch.states().at(-1)?.revision, SOON).toBe(5)
  const waiting = started(machine, 'wait', 'offline', '--timeout', '1m', '--json')
  await new Promise((resolve) => setTimeout(resolve, 1500))
  renameSync(join(folder, 'copy.db'), database)
  await expect.poll(() => watch.states().at(-1), SOON).toMatchObject({ revision: 2, widget: { mode: 'offline' } })
  expect((await waiting.ended).exitCode).toBe(0)
  expect(JSON.parse(waiting.stdout())).toMatchObject({ condition: 'offline', holds: true })
  // They go on with the copy.
  await machine.run('widget online')
  await expect.poll(() => watch.states().at(-1), SOON).toMatchObject({ revision: 3, widget: { mode: 'online' } })
})

test('a server that comes back with an older copy: its watchers start over, and see what is', async () => {
  const folder = newFolder()
  const database = join(folder, 'acme.db')
  // None that the system gives to a server of another test while this one is gone.
  const port = 20_000 + ((process.pid + 5_000) % 10_000)
  const served = await startServe(database, port)
  const machine = await loggedIn(served.url, served.adminToken)
  await machine.run('widget offline')
  await served.stop()
  copyFileSync(database, join(folder, 'copy.db'))
  const again = await startServe(database, port)
  for (const line of ['widget online', 'agent away 2', 'agent available 2']) await machine.run(line)
  const watch = started(machine, 'status', '--watch')
  const waiting = started(machine, 'wait', 'offline', '--timeout', '1m', '--json')
  await expect.poll(watch.stdout, SOON).toContain('ONLINE')
  await again.stop()
  renameSync(join(folder, 'copy.db'), database)
  await startServe(database, port)
  await expect.poll(watch.stdout, { timeout: 60_000 }).toMatch(/OFFLINE(?:.|\n)*replaced by another copy/)
  expect((await waiting.ended).exitCode).toBe(0)
}, 120_000)
