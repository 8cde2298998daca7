// Builds dist/: the command line and the library as split bundles, their types, and the notices of
// the packages bundled into them.
import { execFileSync } from 'node:child_process'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'

const require = createRequire(import.meta.url)

await rm('dist', { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: { cli: 'src/cli/run.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minify: true,
  keepNames: false,
  chunkNames: 'chunks/[name]-[hash]',
  // A native package cannot be bundled; it is loaded only where Node has no SQLite of its own.
  external: ['@photostructure/sqlite'],
  metafile: true,
  logLevel: 'warning',
  // The package's ES modules bundle and start faster than the CommonJS that it offers Node.
  alias: { yaml: join(dirname(require.resolve('yaml/package.json')), 'browser/dist/index.js') },
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
})
execFileSync(
  process.execPath,
  [join(dirname(require.resolve('typescript/package.json')), 'bin/tsc'), '--project', '.ci/tsconfig.types.json'],
  {
    stdio: 'inherit',
  },
)
await writeFile('dist/THIRD-PARTY-NOTICES.txt', await notices(Object.keys(metafile.inputs)))

/** The licence of every bundled package: their terms ask that it travels with the code. */
async function notices(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []))
  const texts = await Promise.all(
    [...folders].sort().map(async (folder) => {
      const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
      const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry))
      const text = file ? await readFile(join(folder, file), 'utf8') : `License: ${license}\n`
      return `${name} ${version}\n\n${text}`
    }),
  )
  return texts.join(`\n${'-'.repeat(72)}\n\n`)
}
