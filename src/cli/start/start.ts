// The first code of the executable. It is CommonJS and loads next to nothing: starting Node's
// loader of ES modules costs a sixth of a start, and compiling the command line another whole one,
// so what V8 compiled is kept between runs.
import { existsSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { OutputStream } from '../context.js'
import { CodeCache } from './code-cache.js'
import { outputStream } from './output-stream.js'

/** Names the build that this one belongs to; filled in when it is bundled. */
declare const BUILD: { readonly version: string; readonly id: string }

/** Done, or a condition that does not hold: what fails shows little of what a command does. */
const LEARNED_FROM = [0, 3]
const PACKAGES = './packages/'

interface CommandLine {
  run(): Promise<number>
}

/** `agent away`, `simulate`: the words that name a command. */
const COMMAND = /^[a-z_-]{1,20}(?: [a-z][a-z-]{0,19})?(?= |$)/

// Each command has a cache of its own, so that it reads back what it runs, all of it and no more.
const [command = 'other'] = COMMAND.exec(process.argv.slice(2, 4).join(' ')) ?? []
const cacheName = `command-${command.replace(' ', '-')}`
const cache = new CodeCache(`${BUILD.version}-${BUILD.id}`, cacheName)

function isVersion(argv: readonly string[]): boolean {
  return argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')
}

/** Whose help is asked for, "" for that of all; undefined where anything else is. */
function helpName(argv: readonly string[]): string | undefined {
  if (argv.length === 0 || (argv.length === 1 && argv[0] === 'help')) return ''
  const words = argv.slice(0, -1)
  const isAsked = ['--help', '-h'].includes(argv.at(-1)!) && !words.some((word) => word.includes(' '))
  return isAsked ? words.join(' ') : undefined
}

async function printHelp(name: string): Promise<boolean> {
  // A file of its own: no other command has to compile it.
  const help = await import('./built-help.js')
  return help.printHelp(name, standardOutput())
}

function standardOutput(): OutputStream {
  return outputStream({
    fd: 1,
    open: () => process.stdout,
    mayWait: () => true,
    onLost({ code }) {
      if (code === 'EPIPE') return
      process.exitCode = 1
      process.stderr.write(`error: cannot write to standard output: ${code}\n`)
    },
  })
}

async function start(argv: readonly string[]): Promise<void> {
  if (isVersion(argv)) return standardOutput().write(`${BUILD.version}\n`)
  const helped = helpName(argv)
  if (helped !== undefined && (await printHelp(helped))) return
  const exitCode = await load<CommandLine>('cli.cjs', cacheName).run()
  process.exitCode = exitCode
  if (LEARNED_FROM.includes(exitCode)) cache.keep()
}

/** Runs a file of the build, compiled before where that is known. */
function load<Exports>(path: string, name: string): Exports {
  const file = join(__dirname, path)
  const module = { exports: {} as Exports }
  cache.compile(file, name).runInThisContext()(module.exports, requireFrom, module, file, __dirname)
  return module.exports
}

const packages = new Map<string, unknown>()

/** Packages by their main file. Node finds them by the rules of `exports`, and loading those takes longer than the package. */
const MAIN_FILES = new Map([['@photostructure/sqlite', 'dist/index.cjs']])

/** Node's own require, except for the packages that are part of the build, and those that can be found faster. */
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

void start(process.argv.slice(2))
