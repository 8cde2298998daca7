import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { type Acknowledged, findLosses } from '../soak/acknowledged.js'
import { readLog } from './read-log.js'
import { runCommand } from './run-command.js'
import { loggedIn, startServe } from './served.js'

/** Command lines at once, and how many each of them is followed by. */
const SHARED = 8
const EMBEDDED = 2
const ROUNDS = Number(process.env.PARALLEL_ROUNDS ?? 2)

const dateOf = (writer: number, round: number) => `2027-${String(writer + 1).padStart(2, '0')}-${10 + round}`

async function sharedAndEmbedded() {
  const database = join(newFolder(), 'acme.db')
  const { url, adminToken } = await startServe(database)
  const shared = await loggedIn(url, adminToken)
  const env = { DRIFT_STATUS_CONFIG_DIR: newFolder() }
  const embedded = (line: string) => runCommand(line.split(' '), env)
  expect((await embedded(`profile add file --database ${database} --agent 2`)).exitCode).toBe(0)
  return { database, shared: shared.run, environment: shared.env, embedded }
}

test('every acknowledged write is in the log once, whoever made it, and no date is lost', async () => {
  const { database, shared, embedded } = await sharedAndEmbedded()
  const acknowledged: Acknowledged[] = []
  const failures: string[] = []
  const write = async (run: typeof shared | typeof embedded, line: string, note: string) => {
    const { exitCode, stdout, stderr } = await run(`${line} --message ${note} --json`)
    if (exitCode !== 0 || stderr !== '') failures.push(`${line}: ${exitCode} ${stderr}`)
    else acknowledged.push({ note, ...JSON.parse(stdout) })
  }
  await Promise.all(
    Array.from({ length: SHARED + EMBEDDED }, async (_, writer) => {
      const run = writer < SHARED ? shared : embedded
      const who = writer < SHARED ? '' : ' --agent 2'
      for (let round = 0; round < ROUNDS; round++) {
        const status = (writer + round) % 2 === 0 ? 'away' : 'available'
        await write(run, `agent ${status} --note ${writer}.${round}${who}`, `flip-${writer}-${round}`)
        // Closing days is for admins: the embedded one is not one.
        if (writer < SHARED) await write(run, `hours close ${dateOf(writer, round)}`, `close-${writer}-${round}`)
      }
    }),
  )
  expect(failures).toEqual([])
  expect(acknowledged).toHaveLength(ROUNDS * (2 * SHARED + EMBEDDED))
  const log = await readLog(database)
  expect(findLosses(log, acknowledged)).toEqual([])
  const { exceptions } = JSON.parse((await shared('api GET /v1/hours')).stdout).value
  const closed = exceptions.map(({ date }: { date?: string }) => date)
  const dates = Array.from({ length: SHARED * ROUNDS }, (_, index) =>
    dateOf(index % SHARED, Math.floor(index / SHARED)),
  )
  expect(dates.filter((date) => !closed.includes(date))).toEqual([])
}, 300_000)

test('hours of different days set at once are all kept; of one day from one base, one is, and the other exits 6', async () => {
  const { shared } = await sharedAndEmbedded()
  const days = ['mon', 'tue', 'wed', 'thu', 'fri']
  const answers = await Promise.all(days.map((day) => shared(`hours set ${day} 07:00-08:00`)))
  expect(answers.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual(
    days.map(() => ({ exitCode: 0, stderr: '' })),
  )
  const read = async () => JSON.parse((await shared('api GET /v1/hours')).stdout)
  const { value, revision } = await read()
  expect(days.map((day) => value.weekly[day])).toEqual(days.map(() => '07:00-08:00'))

  const ranges = ['09:00-10:00', '11:00-12:00']
  const racers = await Promise.all(
    ranges.map((mon) =>
      shared(
        `api PUT /v1/hours --body - --if-match ${revision}`,
        JSON.stringify({ hours: { ...value, weekly: { ...value.weekly, mon } } }),
      ),
    ),
  )
  expect(racers.map(({ exitCode }) => exitCode).sort()).toEqual([0, 6])
  expect(racers.find(({ exitCode }) => exitCode === 6)!.stderr).toContain(`since revision ${revision} was read`)
  const winner = ranges[racers.findIndex(({ exitCode }) => exitCode === 0)]
  expect((await read()).value.weekly.mon).toBe(winner)
})

test('hours that someone else set while they were edited are a conflict: exit 6, and nothing typed is lost', async () => {
  const { shared, environment } = await sharedAndEmbedded()
  const editor = join(newFolder(), 'editor.sh')
  // Another command line writes while the editor is open.
  await writeFile(
    editor,
    `"${process.execPath}" bin/drift-status.js hours set mon 06:00-07:00 --quiet && sed -i 's/tue: .*/tue: closed/' "$1"\n`,
  )
  const env = { ...environment, EDITOR: `sh ${editor}` }
  const { exitCode, stderr } = await runCommand(['hours', 'edit', '--yes'], env)
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 6, stderr: expect.stringContaining('your text is kept: ') })
  expect(JSON.parse((await shared('api GET /v1/hours')).stdout).value.weekly.mon).toBe('06:00-07:00')
})
