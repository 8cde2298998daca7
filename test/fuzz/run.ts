// Reads a hundred thousand random documents: node bench/run.mjs test/fuzz/run.ts [runs] [seed]
import { fuzzDocuments } from './documents.js'

const [runs = '100000', seed = '1'] = process.argv.slice(2)
const result = fuzzDocuments({ runs: Number(runs), seed: Number(seed) })

const lines = [
  `documents  ${result.runs} runs, seed ${seed}`,
  `valid      ${result.valid} (${result.refusedRequests} refused the request)`,
  `refused    ${result.refused}`,
  `slowest    ${Math.round(result.slowestMs)} ms`,
  `total      ${(result.totalMs / 1000).toFixed(1)} s`,
  `failures   ${result.failures.length}`,
  ...result.failures
    .slice(0, 20)
    .map(({ runSeed, reason, text }) => `\nrun ${runSeed}: ${reason}\n${text.slice(0, 2000)}`),
]
process.stdout.write(`${lines.join('\n')}\n`)
if (result.failures.length > 0) process.exitCode = 1
