import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { runCommand } from './run-command.js'
import { loggedIn, startServe } from './served.js'

type Run = (line: string) => ReturnType<typeof runCommand>

const PLACES: readonly { readonly place: string; readonly open: () => Promise<Run> }[] = [
  {
    place: 'a workspace file',
    async open() {
      const env = { DRIFT_STATUS_CONFIG_DIR: newFolder() }
      await runCommand(['init', '--sample'], env)
      return (line) => runCommand(line.split(' '), env)
    },
  },
  {
    place: 'a served workspace',
    async open() {
      const { url, adminToken } = await startServe(join(newFolder(), 'acme.db'))
      return (await loggedIn(url, adminToken)).run
    },
  },
]

/** How long a change may take to show, of processes that share the machine with other tests. */
const SLACK_MS = 4_000

describe.each(PLACES)('wait, of $place', ({ open }) => {
  test.each([
    {
      title: 'R35: ends when an override ends',
      before: ['widget offline', 'widget online --for 2s'],
      wait: 'wait offline',
    },
    {
      title: 'R35: ends when the timed status of the last one ends',
      before: ['agent away 1', 'agent away 2', 'agent away 3', 'agent away 4', 'agent available 1 --for 2s'],
      wait: 'wait unstaffed',
    },
    {
      title: 'ends when somebody else writes',
      before: ['widget online'],
      meanwhile: 'widget offline',
      wait: 'wait offline',
    },
  ])('$title', async ({ before, meanwhile, wait }) => {
    const run = await open()
    for (const line of before) expect((await run(line)).exitCode, line).toBe(0)
    const waiting = run(`${wait} --timeout 30s --json`)
    if (meanwhile !== undefined) {
      await new Promise((resolve) => setTimeout(resolve, 1000))
      expect((await run(meanwhile)).exitCode).toBe(0)
    }
    const { exitCode, stdout, stderr } = await waiting
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const { holds, waitedMs } = JSON.parse(stdout)
    expect(holds).toBe(true)
    expect(waitedMs).toBeLessThan(2000 + SLACK_MS)
  })
})
