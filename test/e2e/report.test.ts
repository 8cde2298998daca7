import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { BIN } from './run-command.js'

const WRITERS = ['1', '2', 'mia']
const WRITES = 3

interface Report {
  readonly knownFrom: string
  readonly to: string
  readonly totals: Readonly<Record<string, number>>
  readonly people: readonly { readonly id: string; readonly availableMinutes: number; readonly removed: boolean }[]
}

describe('drift-status report', () => {
  test('adds up while other processes write, and tells who was removed', async () => {
    const env = { DRIFT_STATUS_CONFIG_DIR: newFolder() }
    const run = (...args: readonly string[]) => execa(process.execPath, [BIN, ...args], { env })
    const ask = async (...args: readonly string[]): Promise<Report> =>
      JSON.parse((await run('report', '--json', ...args)).stdout)
    await run('init', '--sample')
    await run('widget', 'online')
    await run('auto-offline', 'on')
    await run('agent', 'add', 'mia', '--name', 'Mia', '--status', 'available')
    const write = async (who: string) => {
      for (let round = 0; round < WRITES; round++) await run('agent', round % 2 ? 'available' : 'away', '--agent', who)
    }
    const writing = Promise.all(WRITERS.map(write))
    const during = [await ask(), await ask(), await ask()]
    await writing
    await run('agent', 'remove', 'mia', '--yes')
    const after = await ask()
    for (const { knownFrom, to, totals, people } of [...during, after]) {
      const known = (Date.parse(to) - Date.parse(knownFrom)) / 60_000
      const { closedMinutes, openMinutes, staffedMinutes, nobodyMinutes, maskedMinutes, onlineMinutes } = totals
      expect(closedMinutes! + openMinutes!).toBeCloseTo(known, 1)
      expect(staffedMinutes! + nobodyMinutes! + maskedMinutes!).toBeCloseTo(openMinutes!, 1)
      expect(onlineMinutes).toBeCloseTo(staffedMinutes! + nobodyMinutes!, 1)
      // Kofi was available from the start and nobody said anything else of him.
      expect(people.find(({ id }) => id === '3')!.availableMinutes).toBeCloseTo(known, 1)
    }
    const mia = after.people.find(({ id }) => id === 'mia')!
    expect(mia.removed).toBe(true)
    expect(mia.availableMinutes).toBeGreaterThan(0)
    // What was is not changed by what comes.
    expect(await ask('--to', after.to)).toEqual(after)
  })
})
