// Holding a big document to a thousand scenarios, against asking it one question; each a process of its own. Needs
// `npm run build` first.
// Run: node bench/run.mjs bench/check.ts
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withoutState } from '../src/domain/document/state.js'
import { bigDocument, SIZE } from './big-document.js'

const ROUNDS = 5
const SCENARIOS = 1000

const folder = mkdtempSync(join(tmpdir(), 'drift-status-bench-'))
const env = { ...process.env, DRIFT_STATUS_CONFIG_DIR: folder, NODE_EXTRA_CA_CERTS: undefined }
try {
  const [document, scenarios] = ['document.json', 'scenarios.json'].map((name) => join(folder, name)) as [
    string,
    string,
  ]
  writeFileSync(document, JSON.stringify(withoutState(bigDocument())))
  writeFileSync(scenarios, JSON.stringify({ version: 1, scenarios: Array.from({ length: SCENARIOS }, scenario) }))
  const rows = [
    ['is open --file', ['is', 'open', '--file', document]],
    [`check of ${SCENARIOS}`, ['check', scenarios, '--file', document]],
  ] as const
  const times = rows.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, [, words]] of rows.entries()) times[index]!.push(run(words))
  }
  const medians = times.map((each) => each.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)]!)
  const { agents, rules, shifts, exceptions } = SIZE
  process.stdout.write(`${agents} agents, ${rules} rules, ${shifts} shifts, ${exceptions} exceptions; wall clock\n`)
  for (const [index, [name]] of rows.entries()) {
    const ms = medians[index]!
    process.stdout.write(`  ${name.padEnd(22)} ${ms.toFixed(0).padStart(6)} ms  ${(ms / medians[0]!).toFixed(2)}x\n`)
  }
} finally {
  rmSync(folder, { recursive: true })
}

/** Half of them at an instant, half of them in a day. */
function scenario(_: unknown, index: number): object {
  const day = `2026-${String((index % 12) + 1).padStart(2, '0')}-${String((index % 28) + 1).padStart(2, '0')}`
  const visitor = { attributes: { segment: `segment-${index % SIZE.rules}` } }
  const name = `Scenario ${index}`
  return index % 2 === 0
    ? { name, at: `${day} 10:00`, visitor, expect: { routing: { rule: `rule-${index % SIZE.rules}` } } }
    : { name, from: `${day} 00:00`, to: `${day} 24:00`, visitor, never: { widget: { mode: 'online', visible: false } } }
}

/** @returns milliseconds */
function run(words: readonly string[]): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['bin/drift-status.js', ...words], { env, encoding: 'utf8' })
  if (status !== 0 && status !== 3) throw new Error(`${words.join(' ')}: ${stderr}`)
  return performance.now() - start
}
