// Reads a hundred thousand random documents, as many random times, and half as many calendars and texts for each importer:
// node bench/run.mjs test/fuzz/run.ts [runs] [seed]
import { fuzzCalendars } from './calendars.js'
import { fuzzDocuments } from './documents.js'
import { fuzzImporter, IMPORTERS } from './importers.js'
import { fuzzTimes } from './times.js'

const [runs = '100000', seed = '1'] = process.argv.slice(2)
const result = fuzzDocuments({ runs: Number(runs), seed: Number(seed) })
const times = fuzzTimes({ runs: Number(runs), seed: Number(seed) })
const calendars = fuzzCalendars({ runs: Number(runs) / 2, seed: Number(seed) })
const importers = IMPORTERS.map((importer) => fuzzImporter(importer, { runs: Number(runs) / 2, seed: Number(seed) }))

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
  `times      ${times.runs} runs, ${times.read} read, ${times.refused} refused, slowest ${Math.round(times.slowestMs)} ms`,
  `known      ${times.agreed} as luxon's clock says, ${times.spoiled} refused when spoiled`,
  `failures   ${times.failures.length}`,
  ...times.failures.slice(0, 20).map(({ text, reason }) => `\n${JSON.stringify(text)}: ${reason}`),
  `calendars  ${calendars.runs} runs, ${calendars.read} read, ${calendars.refused} refused, slowest ${Math.round(calendars.slowestMs)} ms`,
  `events     ${calendars.closing} close days, ${calendars.skipped} are told to close none`,
  `failures   ${calendars.failures.length}`,
  ...calendars.failures
    .slice(0, 20)
    .map(({ runSeed, reason, text }) => `\nrun ${runSeed}: ${reason}\n${text.slice(0, 2000)}`),
  ...importers.flatMap(({ importer, accepted, refused, slowestMs, failures, runs: read }) => [
    `${importer.padEnd(10)} ${read} runs, ${accepted} taken, ${refused} refused, slowest ${Math.round(slowestMs)} ms, ${failures.length} failures`,
    ...failures.slice(0, 5).map(({ text, reason }) => `\n${JSON.stringify(text.slice(0, 2000))}: ${reason}`),
  ]),
]
process.stdout.write(`${lines.join('\n')}\n`)
const failed = [result, times, calendars, ...importers].some(({ failures }) => failures.length > 0)
if (failed) process.exitCode = 1
