// What a pull request waits for: planning a big document for a year ahead, checked against parsing it and against asking it
// one question, each a process of its own. Needs `npm run build` first.
// Run: node bench/run.mjs bench/plan.ts
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { printWorkspace } from '../src/domain/document/parse-workspace.js'
import { withoutState } from '../src/domain/document/state.js'
import { bigDocument, SIZE } from './big-document.js'

const ROUNDS = 5

const folder = mkdtempSync(join(tmpdir(), 'drift-status-bench-'))
const env = { ...process.env, DRIFT_STATUS_CONFIG_DIR: folder, NODE_EXTRA_CA_CERTS: undefined }
try {
  bench()
} finally {
  rmSync(folder, { recursive: true })
}

function bench(): void {
  const document = bigDocument()
  const [stored, json, yaml] = ['stored.json', 'wanted.json', 'wanted.yaml'].map((name) => join(folder, name))
  const wanted = { ...document, hours: { ...document.hours, weekly: { ...document.hours.weekly, thu: '09:00-16:00' } } }
  writeFileSync(stored!, JSON.stringify(withoutState(document)))
  writeFileSync(json!, JSON.stringify(withoutState(wanted)))
  writeFileSync(yaml!, printWorkspace(withoutState(wanted)))
  run(['init', '--from', stored!, '--yes'])
  const rows = [
    ['is open --file, JSON', ['is', 'open', '--file', json!]],
    ['is open --file, YAML', ['is', 'open', '--file', yaml!]],
    ['plan, 7 days', ['plan', json!, '--horizon', '7d']],
    ['plan, 30 days', ['plan', json!]],
    ['plan, 365 days', ['plan', json!, '--horizon', '365d']],
    ['plan, 365 days, YAML', ['plan', yaml!, '--horizon', '365d']],
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
}

/** @returns milliseconds */
function run(words: readonly string[]): number {
  const start = performance.now()
  const { status, stderr } = spawnSync(process.execPath, ['bin/drift-status.js', ...words], { env, encoding: 'utf8' })
  if (status !== 0 && status !== 3) throw new Error(`${words.join(' ')}: ${stderr}`)
  return performance.now() - start
}
