import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BODY_LIMITS } from '../src/api/contract/body-bytes.js'
import { optionsOf } from '../src/cli/command.js'
import { COMMANDS, NOUNS } from '../src/cli/commands/index.js'

const below = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
const PAGES = [...readdirSync('.'), ...below('docs'), ...below('examples'), ...below('bench'), ...below('.github')]
  .filter((path) => path.endsWith('.md'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }))

/** The blocks of code of a page, by their language. */
function blocksOf(text: string): readonly { readonly language: string; readonly code: string }[] {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```/gms)].map(([, language, code]) => ({
    language: language!,
    code: code!,
  }))
}

/** The anchors of a page, as a host makes them of its headings. */
function anchorsOf(text: string): readonly string[] {
  const headings = [...text.replace(/^```.*?^```/gms, '').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!)
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  )
}

test('docs/serve.md states the limits of a body as the service says them', () => {
  expect(readFileSync('docs/serve.md', 'utf8')).toContain(BODY_LIMITS)
})

test('docs/lint.md has every code of a finding, and no other', () => {
  const source = readFileSync('src/domain/questions/lint/lint-finding.ts', 'utf8')
  const codes = [...source.matchAll(/^ {2}\| '([\w-]+)'$/gm)].map(([, code]) => code)
  const told = [...readFileSync('docs/lint.md', 'utf8').matchAll(/^\| `([\w-]+)` \|/gm)].map(([, code]) => code)
  expect(codes.length).toBeGreaterThan(10)
  expect(told.sort()).toEqual(codes.sort())
})

describe.each(PAGES)('$path', ({ path, text }) => {
  test('links to what exists', () => {
    const links = [...text.replace(/^```.*?^```/gms, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!)
    for (const link of links.filter((to) => !/^[a-z]+:/.test(to))) {
      const [file, anchor] = link.split('#')
      const target = file === '' ? path : join(dirname(path), file!)
      expect(existsSync(target), link).toBe(true)
      if (anchor) expect(anchorsOf(readFileSync(target, 'utf8')), link).toContain(anchor)
    }
  })

  test('names files that exist', () => {
    const named = [...text.matchAll(/`((?:src|test|bench|docs|examples|completions|bin|\.ci)\/[\w./-]*)`/g)]
    for (const [, file] of named) expect(existsSync(file!), file).toBe(true)
  })

  test('has commands and flags that exist', () => {
    const lines = blocksOf(text)
      .filter(({ language }) => ['sh', 'bash', 'yaml', 'yml'].includes(language))
      .flatMap(({ code }) => code.replace(/\\\n\s*/g, '').split('\n'))
    for (const line of lines) {
      for (const [, words] of line.matchAll(/(?:^|[\s(;&|])drift-status\s+([^;&|#)]*)/g))
        expect(problemOf(words!), line).toBe('')
    }
  })
})

/** What is wrong with the words of a command; nothing for a command that exists, with flags that exist. */
function problemOf(text: string): string {
  const words = text.match(/"[^"]*"|'[^']*'|\S+/g) ?? []
  const named = [3, 2, 1]
    .map((count) => words.slice(0, count).join(' '))
    .find((name) => COMMANDS.some((known) => known.name === name))
  const noun = words[0] ?? ''
  const spec =
    COMMANDS.find(({ name }) => name === named) ??
    COMMANDS.find(({ name, isDefault }) => isDefault && name.startsWith(`${noun} `))
  const known = ['-h', '--help', '-V', '--version', ...namesOf(optionsOf(spec ?? { options: [] }))]
  if (!spec && !noun.startsWith('-') && noun !== '' && noun !== 'COMMAND' && !(noun in NOUNS))
    return `no command ${noun}`
  const flags = words.filter((word) => /^--?[a-z]/.test(word)).map((word) => word.replace(/=.*/, ''))
  const unknown = flags.filter((flag) => !known.includes(flag))
  return unknown.length === 0 ? '' : `no flag ${unknown.join(', ')}`
}

function namesOf(options: readonly { readonly flags: string }[]): readonly string[] {
  return options.flatMap(({ flags }) => flags.match(/(?<![\w-])--?[\w-]+/g) ?? [])
}

test('the checks find what is wrong', () => {
  expect(problemOf('agnt away')).toBe('no command agnt')
  expect(problemOf('agent away --form 45m')).toBe('no flag --form')
  expect(problemOf('agent away --for 45m --note "--form"')).toBe('')
  expect(PAGES.length).toBeGreaterThan(15)
})
