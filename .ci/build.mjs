// Builds dist/: the command line as one file, the library as split bundles, their types, and the
// notices of the packages bundled into them.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const require = createRequire(import.meta.url)

// The package's ES modules bundle and start faster than the CommonJS that it offers Node.
const alias = { yaml: join(dirname(require.resolve('yaml/package.json')), 'browser/dist/index.js') }
// Native packages: loaded from node_modules when a command needs them.
const external = ['@photostructure/sqlite', '@napi-rs/keyring', 'pg-native']
/** Big packages that not every command loads: each is a file of its own, read when it is needed. */
const PACKAGES = [
  '@fastify/cors',
  'chalk',
  'commander',
  'conf',
  'fastify',
  'inquirer',
  'luxon',
  'pg',
  'prom-client',
  'undici',
  'yaml',
]
/** Those of them whose default export is what they are for: it is the module, as `require` gives it. */
const DEFAULT_EXPORTS = ['@fastify/cors', 'conf', 'fastify', 'inquirer', 'pg']
/** What is imported when needed is required: an import would start the loader of ES modules. */
const REQUIRED = { 'dynamic-import': false }
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: true,
  // Node shows the whole line of an error that nobody caught.
  lineLimit: 400,
  metafile: true,
  logLevel: 'warning',
  alias,
  external,
  plugins: [{ name: 'no-executables', setup: loadNoExecutables }],
}

await rm('dist', { recursive: true, force: true })
const builds = await Promise.all([buildLibrary(), buildCommandLine(), buildWidget(), ...PACKAGES.map(buildPackage)])
const { version } = JSON.parse(await readFile('package.json', 'utf8'))
const commandLine = ['cli', ...PACKAGES.map(bundleOf)].map((name) => `dist/${name}.cjs`)
await Promise.all(commandLine.map(makeLoadable))
const id = createHash('sha256')
  .update(Buffer.concat(await Promise.all(commandLine.map((path) => readFile(path)))))
  .digest('hex')
  .slice(0, 12)
await writeFile('dist/help.json', JSON.stringify(await helpPages()))
await build({ ...common, entryPoints: ['src/cli/start/built-help.ts'], outfile: 'dist/help.cjs', format: 'cjs' })
await build({
  ...common,
  entryPoints: ['src/cli/start/start.ts'],
  outfile: 'dist/start.cjs',
  format: 'cjs',
  supported: REQUIRED,
  define: { BUILD: JSON.stringify({ version, id }) },
  plugins: [{ name: 'help', setup: keepHelpApart }],
})
execFileSync(
  process.execPath,
  [join(dirname(require.resolve('typescript/package.json')), 'bin/tsc'), '--project', '.ci/tsconfig.types.json'],
  {
    stdio: 'inherit',
  },
)
const bundled = await bundledPackages(builds.flatMap(({ metafile }) => Object.keys(metafile.inputs)))
await writeFile('dist/THIRD-PARTY-NOTICES.txt', notices(bundled))
await writeFile('dist/bundled.cdx.json', `${JSON.stringify(billOfMaterials(bundled), null, 2)}\n`)

/** The library: ES modules that share chunks. */
function buildLibrary() {
  return build({
    ...common,
    entryPoints: { index: 'src/index.ts' },
    outdir: 'dist',
    splitting: true,
    format: 'esm',
    chunkNames: 'chunks/[name]-[hash]',
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
  })
}

/**
 * The command line: one file, so that what V8 compiled of it can be kept in one. A module in it runs
 * when it is first imported, as it would from a file of its own.
 */
function buildCommandLine() {
  return build({
    ...common,
    entryPoints: ['src/cli/start/run.ts'],
    outfile: 'dist/cli.cjs',
    format: 'cjs',
    supported: REQUIRED,
    // Wherever a module asks for its address, its path does as well.
    define: { 'import.meta.url': '__filename' },
    plugins: [{ name: 'packages', setup: keepPackagesApart }],
  })
}

function keepPackagesApart({ onResolve }) {
  onResolve({ filter: new RegExp(`^(?:${PACKAGES.join('|')})$`) }, ({ path }) => ({
    path: `./${bundleOf(path)}.cjs`,
    external: true,
  }))
}

/** The file of a package below dist: `packages/fastify-cors`. */
function bundleOf(name) {
  return `packages/${name.replace('@', '').replace('/', '-')}`
}

/**
 * Makes a file what src/cli/start/start.ts loads: a function of the names that CommonJS knows, in ASCII. A
 * text of one byte a character is read and compiled twice as fast, and as it stands, with nothing put around it.
 */
async function makeLoadable(path) {
  const code = (await readFile(path, 'utf8')).replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  await writeFile(path, `(function(exports,require,module,__filename,__dirname){${code}\n})`)
}

function keepHelpApart({ onResolve }) {
  onResolve({ filter: /\/built-help\.js$/ }, () => ({ path: './help.cjs', external: true }))
}

/** What `--help` prints, from the program itself. */
async function helpPages() {
  const folder = await mkdtemp('.help-')
  try {
    const outfile = join(folder, 'help-pages.mjs')
    await build({
      entryPoints: ['.ci/help-pages.ts'],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      logLevel: 'warning',
    })
    return await (await import(pathToFileURL(outfile).href)).helpPages()
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The script that pages load: every byte is one that each visitor downloads. */
function buildWidget() {
  return build({
    ...common,
    entryPoints: ['src/widget/widget.ts'],
    outfile: 'dist/widget.js',
    platform: 'browser',
    target: 'es2020',
    format: 'iife',
  })
}

/** Commander can run commands that are executables of their own; there are none, and Node's part for it loads slowly. */
function loadNoExecutables({ onResolve, onLoad }) {
  onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
    importer.includes('commander') ? { path: 'none', namespace: 'no-executables' } : undefined,
  )
  onLoad({ filter: /.*/, namespace: 'no-executables' }, () => ({ contents: 'module.exports = {}' }))
}

function buildPackage(name) {
  return build({
    ...common,
    stdin: {
      contents: DEFAULT_EXPORTS.includes(name)
        ? `import value from '${name}'; module.exports = value`
        : `export * from '${name}'`,
      resolveDir: '.',
    },
    outfile: `dist/${bundleOf(name)}.cjs`,
    format: 'cjs',
    define: { 'import.meta.url': '__fileUrl' },
    banner: { js: "const __fileUrl=require('node:url').pathToFileURL(__filename).href;" },
  })
}

/** Every package that files of the bundles come from, by its name. */
async function bundledPackages(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []))
  return Promise.all(
    [...folders].sort().map(async (folder) => {
      const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'))
      const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry))
      const text = file ? await readFile(join(folder, file), 'utf8') : `License: ${license}\n`
      return { name, version, license, text }
    }),
  )
}

/** The licence of each: their terms ask that it travels with the code. */
function notices(packages) {
  return packages.map(({ name, version, text }) => `${name} ${version}\n\n${text}`).join(`\n${'-'.repeat(72)}\n\n`)
}

/** What is bundled, in the form that an audit reads (CycloneDX): npm sees none of it. */
function billOfMaterials(packages) {
  const components = packages.map(({ name, version, license }) => ({
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    // Several to choose from are an expression.
    licenses: [/ /.test(license) ? { expression: license } : { license: { id: license } }],
  }))
  return { bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components }
}
