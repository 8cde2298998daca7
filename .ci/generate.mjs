// Writes the files that are made from the sources: the document's JSON Schema and the command
// reference. With --check, writes nothing and exits 1 when one is stale.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const isCheck = process.argv.includes('--check')
const folder = await mkdtemp('.generate-')
let stale = 0
try {
  await build({
    entryPoints: ['.ci/generated-files.ts'],
    outfile: join(folder, 'generated-files.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  })
  const { generatedFiles } = await import(pathToFileURL(join(folder, 'generated-files.mjs')).href)
  for (const [path, text] of Object.entries(generatedFiles())) {
    const current = await readFile(path, 'utf8').catch(() => undefined)
    if (current === text) continue
    if (isCheck) {
      console.error(`${path} is stale: run "npm run generate"`)
      stale++
    } else {
      await writeFile(path, text)
      console.log(`wrote ${path}`)
    }
  }
} finally {
  await rm(folder, { recursive: true })
}
process.exitCode = stale > 0 ? 1 : 0
