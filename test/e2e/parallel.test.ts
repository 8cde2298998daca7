import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'

const PROCESSES = 8
const DATES = [
  '2027-01-04',
  '2027-01-05',
  '2027-01-06',
  '2027-01-07',
  '2027-01-08',
  '2027-01-11',
  '2027-01-12',
  '2027-01-13',
]

/** The built executable on a workspace of its own. */
async function workspace() {
  const env = { DRIFT_STATUS_CONFIG_DIR: mkdtempSync(join(tmpdir(), 'drift-status-e2e-')) }
  const run = (...args: readonly string[]) =>
    execa(process.execPath, ['bin/drift-status.js', ...args], { env, reject: false })
  await run('init', '--sample')
  return run
}

describe('many processes at once', () => {
  test('every acknowledged write is in the log once, and no date is lost', async () => {
    const run = await workspace()
    const flips = Array.from({ length: PROCESSES }, (_, index) => run('agent', 'away', '--note', `n${index}`, '--json'))
    const closes = DATES.map((date) => run('hours', 'close', date, '--json'))
    const answers = await Promise.all([...flips, ...closes])
    expect(answers.map(({ exitCode }) => exitCode)).toEqual(answers.map(() => 0))
    const acknowledged = answers.map(({ stdout }) => JSON.parse(stdout).revision as number).sort((a, b) => a - b)
    const log = JSON.parse((await run('log', '--json', '--limit', '100')).stdout)
    const logged = log.revisions.map(({ number }: { number: number }) => number).reverse()
    expect(logged).toEqual([1, ...acknowledged])
    const hours = JSON.parse((await run('api', 'GET', '/v1/hours')).stdout).value
    const closed = hours.exceptions.map(({ date }: { date?: string }) => date)
    expect(DATES.filter((date) => !closed.includes(date))).toEqual([])
  })

  test('of plans applied at once one is done, as a whole, and the others are conflicts; statuses go on', async () => {
    const run = await workspace()
    const folder = mkdtempSync(join(tmpdir(), 'drift-status-e2e-'))
    const sample = readFileSync('docs/sample/acme.yaml', 'utf8')
    const plans = await Promise.all(
      Array.from({ length: PROCESSES }, async (_, index) => {
        const [document, plan] = [join(folder, `${index}.yaml`), join(folder, `${index}.json`)]
        const name = `Plan ${index}`
        writeFileSync(document, sample.replace('name: Acme', `name: ${name}`).replace('Hi! How can we help?', name))
        expect((await run('plan', document, '--out', plan)).exitCode).toBe(0)
        return plan
      }),
    )
    const flips = plans.map((_, index) => run('agent', index % 2 === 0 ? 'away' : 'available'))
    const applied = await Promise.all(plans.map((plan) => run('apply', plan, '--yes')))
    expect((await Promise.all(flips)).map(({ exitCode }) => exitCode)).toEqual(flips.map(() => 0))
    expect(applied.map(({ exitCode }) => exitCode).sort()).toEqual([0, 6, 6, 6, 6, 6, 6, 6])
    const { name, greeting } = JSON.parse((await run('export', '--json')).stdout)
    expect(greeting.online).toBe(name)
    expect(name).toBe(`Plan ${applied.findIndex(({ exitCode }) => exitCode === 0)}`)
  })

  test('hours of different days set at once are all kept', async () => {
    const run = await workspace()
    const days = ['mon', 'tue', 'wed', 'thu', 'fri']
    const answers = await Promise.all(days.map((day) => run('hours', 'set', day, '07:00-08:00')))
    expect(answers.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(
      days.map(() => ({ exitCode: 0, stderr: '' })),
    )
    const { weekly } = JSON.parse((await run('api', 'GET', '/v1/hours')).stdout).value
    expect(days.map((day) => weekly[day])).toEqual(days.map(() => '07:00-08:00'))
  })

  test('R21: turns are fair over processes', async () => {
    const run = await workspace()
    await run('agent', 'available', '--agent', 'ana')
    const answers = await Promise.all(Array.from({ length: 9 }, () => run('route', 'chat', '--json')))
    const turns = answers.map(({ stdout }) => JSON.parse(stdout).assignee as string)
    expect(['1', '2', '4'].map((id) => turns.filter((turn) => turn === id).length)).toEqual([3, 3, 3])
  })
})
