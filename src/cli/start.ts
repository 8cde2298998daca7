// The first code of the executable. It is CommonJS and loads next to nothing: starting Node's
// loader of ES modules costs a sixth of a start, and compiling the command line another whole one,
// so what V8 compiled is kept between runs.
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Script } from 'node:vm'
import { cacheFolderOf, LEARNING_RUNS, readCache, writeCache } from './compile-cache.js'

/** Names the build that this one belongs to; filled in when it is bundled. */
declare const BUILD: { readonly version: string; readonly id: string }

const EXIT_USAGE = 2
const PACKAGES = './packages/'

/** What a shell asks at every press of Tab: see shell-answer.ts. */
const COMPLETE = '__complete'

interface ShellAnswer {
  run(): Promise<number | undefined>
}

interface CommandLine {
  run(): Promise<number>
}

const cacheFolder = cacheFolderOf(`${BUILD.version}-${BUILD.id}`)
/** Code that was compiled in this run, with where it is to be kept and how often it was before. */
const compiled = new Map<string, { readonly script: Script; readonly runs: number }>()

function isVersion(argv: readonly string[]): boolean {
  return argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')
}

function printVersion(): void {
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return
    process.exitCode = 1
    process.stderr.write(`error: standard output cannot be written: ${code}\n`)
  })
  process.stdout.write(`${BUILD.version}\n`)
}

async function start(command = ''): Promise<void> {
  // Each command has a cache of its own, so that it reads back what it runs and no more.
  const name = /^[a-z_-]{1,20}$/.test(command) ? command : 'other'
  const answered = command === COMPLETE ? await load<ShellAnswer>('complete.cjs', 'complete').run() : undefined
  const exitCode = answered ?? (await load<CommandLine>('cli.cjs', `command-${name}`).run())
  process.exitCode = exitCode
  // A line that could not be read may name a command that does not exist: it is not worth a file.
  if (exitCode === EXIT_USAGE) return
  for (const [file, { script, runs }] of compiled) writeCache(file, { code: script.createCachedData(), runs: runs + 1 })
}

/** Runs a file of the build, compiled before where that is known. */
function load<Exports>(path: string, cacheName: string): Exports {
  const file = join(__dirname, path)
  const cacheFile = cacheFolder && join(cacheFolder, `${cacheName}.bin`)
  const cached = cacheFile === undefined ? undefined : readCache(cacheFile)
  // The build has made it ASCII, and a function already.
  const script = new Script(readFileSync(file, 'latin1'), {
    filename: file,
    ...(cached && { cachedData: cached.code }),
  })
  const runs = script.cachedDataRejected ? 0 : (cached?.runs ?? 0)
  // One run shows some of what a command does: the code of the first few is kept together.
  if (cacheFile !== undefined && runs < LEARNING_RUNS) compiled.set(cacheFile, { script, runs })
  const module = { exports: {} as Exports }
  script.runInThisContext()(module.exports, requireFrom, module, file, __dirname)
  return module.exports
}

const packages = new Map<string, unknown>()

/** Packages by their main file. Node finds them by the rules of `exports`, and loading those takes longer than the package. */
const MAIN_FILES = new Map([['@photostructure/sqlite', 'dist/index.cjs']])

/** Node's own require, but for the packages that are part of the build, and those that can be found faster. */
function requireFrom(id: string): unknown {
  const main = MAIN_FILES.get(id)
  if (main !== undefined) return require(findPackageFile(join(id, main)) ?? id)
  if (!id.startsWith(PACKAGES)) return require(id)
  if (!packages.has(id)) packages.set(id, load(id, `package-${basename(id, '.cjs')}`))
  return packages.get(id)
}

/** The nearest such file of a package, as Node looks for packages; undefined when it is nowhere. */
function findPackageFile(path: string): string | undefined {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    const file = join(folder, 'node_modules', path)
    if (existsSync(file)) return file
    if (dirname(folder) === folder) return undefined
  }
}

if (isVersion(process.argv.slice(2))) printVersion()
else void start(process.argv[2])
