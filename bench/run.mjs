// Bundles one TypeScript entry of this folder with the sources it imports, and runs it:
// node bench/run.mjs bench/engine.ts [arguments]
import { spawn } from 'node:child_process'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

const [entry, ...args] = process.argv.slice(2)
const outfile = join('dist', 'bench', `${basename(entry, '.ts')}.mjs`)
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  logLevel: 'warning',
})
const child = spawn(process.execPath, [...process.execArgv, outfile, ...args], { stdio: 'inherit' })
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
