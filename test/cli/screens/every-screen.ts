import { stripVTControlCharacters } from 'node:util'
import stringWidth from 'fast-string-width'
import { beforeAll, describe, expect, test } from 'vitest'
import { type RunCommand, type Start, sampleWorkspace } from '../sample-workspace.js'
import { PERSON_ID } from './big-workspace.js'
import { DRY_RUNS, MISTAKES, QUESTIONS, REFUSED, WRITES, wordsOf } from './screen-lines.js'
import { lostWords, personsById } from './screen-words.js'

/** A workspace, and what stands for the capitals of the lines in it. */
export interface ScreenedWorkspace {
  readonly title: string
  readonly start: Start
  readonly named: Readonly<Record<'ME' | 'AGENT' | 'MEMBER' | 'TEAM' | 'RULE' | 'PLAYBOOK' | 'EMAIL', string>>
}

/** Without an edge: as wide as the longest line. */
const ENDLESS = 100_000
const COLUMNS = [60, 80, 120, 200]
/** What differs from run to run. A clock may be wider or narrower, and so end a line elsewhere. */
const CLOCK = '0 s'
const CLOCKS = /\b\d+(?:\.\d+)? (?:ms|MB|s)\b/g
const FOLDERS = /drift-status-test-\w+/g
const SECRETS = /dst_\w+/g

/** What a person copies and acts with, which no line end may part: a command, or one address or path. */
const COPIED = /^\W*(?:"drift-status [^"]*"|(?:\$ )?drift-status .*|\S*\/\S*)\W*$/

interface Screen {
  readonly line: string
  readonly words: readonly string[]
  readonly text: string
}

interface Terminal {
  readonly columns: number
  readonly isColoured?: boolean
}

type Show = (terminal: Terminal) => Promise<readonly Screen[]>

/** Runs each line as on a terminal of a width. */
async function screensOf(
  run: RunCommand,
  lines: readonly string[],
  named: Readonly<Record<string, string>>,
  { columns, isColoured = false }: Terminal,
): Promise<readonly Screen[]> {
  const screens: Screen[] = []
  for (const line of lines) {
    const words = [...wordsOf(line, named), ...(isColoured ? [] : ['--no-color'])]
    const { stdout, stderr } = await run(words, { isTTY: true, columns })
    const text = (stdout + stderr).replaceAll(CLOCKS, CLOCK).replaceAll(FOLDERS, 'folder').replaceAll(SECRETS, 'dst_')
    screens.push({ line: `${line} at ${columns}`, words, text })
  }
  return screens
}

/** Tests of every screen of a workspace: at each width, with and without colour. */
export function testEveryScreen({ start, named }: ScreenedWorkspace): void {
  let looked: RunCommand
  beforeAll(async () => {
    looked = await sampleWorkspace(start, 'embedded')
    for (const line of [
      'agent away --for 2h --note lunch',
      'route chat',
      'token create --name ci --scope read',
      'token create --agent AGENT',
    ]) {
      await looked(wordsOf(line, named))
    }
    const { values } = JSON.parse((await looked(['profile', 'show', '--json'])).stdout)
    await looked(['profile', 'add', 'member', '--database', values.database.value, '--agent', named.MEMBER])
  })

  const groups: readonly { readonly title: string; readonly lines: readonly string[]; readonly show: Show }[] = [
    ...[
      { title: 'questions', lines: QUESTIONS },
      { title: 'dry runs', lines: DRY_RUNS },
      { title: 'mistakes', lines: MISTAKES },
    ].map(({ title, lines }) => ({
      title,
      lines,
      show: async (terminal: Terminal) => screensOf(looked, lines, named, terminal),
    })),
    {
      title: 'refusals',
      lines: REFUSED,
      show: async (terminal) => {
        const asMember: RunCommand = (words, shape) => looked([...words, '--profile', 'member'], shape)
        return screensOf(asMember, REFUSED, named, terminal)
      },
    },
    {
      title: 'writes',
      lines: WRITES,
      // Each time on a workspace that nothing was written to before.
      show: async (terminal) => screensOf(await sampleWorkspace(start, 'embedded'), WRITES, named, terminal),
    },
  ]

  describe.each(groups)('$title', ({ show }) => {
    let endless: readonly Screen[]
    beforeAll(async () => {
      endless = await show({ columns: ENDLESS })
    })

    test.each(COLUMNS)(
      'fit %d columns, every word whole and every person by name, with and without colour',
      async (columns) => {
        const [plain, coloured] = [await show({ columns }), await show({ columns, isColoured: true })]
        const faults = plain.flatMap(({ line, words, text }, index) => {
          const rows = text.split('\n')
          const tooWide = rows.filter((row) => stringWidth(row) > columns && !COPIED.test(row))
          const ragged = rows.filter((row) => row !== row.trimEnd())
          const lost = lostWords(endless[index]!.text, text)
          const ids = personsById(text, PERSON_ID, words)
          return [...tooWide, ...ragged, ...lost, ...ids].map((fault) => `${line}: ${fault}`)
        })
        expect(faults).toEqual([])
        for (const [index, { line, text }] of coloured.entries()) {
          const asLaidOut = (screen: string) => (screen.includes(CLOCK) ? screen.split(/\s+/).join(' ') : screen)
          expect(asLaidOut(stripVTControlCharacters(text)), line).toBe(asLaidOut(plain[index]!.text))
          expect(plain[index]!.text, line).not.toContain(ESCAPE)
          if (STATES.test(line)) expect(text, line).toContain(ESCAPE)
          for (const row of text.split('\n')) expect(openStyles(row), `${line}: ${row}`).toBe(0)
        }
      },
    )
  })
}

/** Commands that show a state, an error, or what was done to one. */
const STATES = new RegExp(
  `^(?:${[
    'status',
    'widget',
    'hours',
    'agent (?:list|show)',
    'team show',
    'playbook (?:list|show)',
    'simulate',
    'coverage',
    'lint',
    'doctor',
    'token list',
    'profile list',
    'route chat',
    'agent away AGENT',
  ].join('|')})\\b`,
)

const ESCAPE = '\u001b'

/** How many styles a row begins and does not end: none, as what stands beside it has its own. */
function openStyles(row: string): number {
  return [...row.matchAll(STYLE)].reduce((open, [, code]) => open + (code === '22' || code === '39' ? -1 : 1), 0)
}
const STYLE = new RegExp(`${ESCAPE}\\[(\\d+)m`, 'g')

/** Screens that a reviewer reads. */
const READ = [
  'status',
  'agent list --limit 12',
  'agent show AGENT',
  'log',
  'simulate --at 2026-11-27T22:30:00Z',
  'hours',
  'coverage --team TEAM --min 2',
  'widget offline --for 2h --dry-run',
  'routing list',
  'playbook list',
  'playbook show PLAYBOOK',
  'team list',
  'token list',
  'agent show nobody',
]
/** Of a long list, its beginning shows how it looks. */
const MAX_ROWS = 40

/** Screens of a workspace as a person sees them. */
export function testReadScreens({ title, start, named }: ScreenedWorkspace): void {
  test.each([60, 100])('what a person reads at %d columns', async (columns) => {
    const run = await sampleWorkspace(start, 'embedded')
    await run(['agent', 'away', '--for', '2h', '--note', 'lunch'])
    const screens = await screensOf(run, READ, named, { columns })
    const shown = screens.map(({ words, text }) => {
      const rows = text.split('\n')
      const more = rows.length > MAX_ROWS ? [`… ${rows.length - MAX_ROWS} more rows`, ''] : []
      return [
        `$ drift-status ${words.slice(0, -1).join(' ')}`,
        ...rows.slice(0, more.length > 0 ? MAX_ROWS : undefined),
        ...more,
      ].join('\n')
    })
    await expect(shown.join('\n')).toMatchFileSnapshot(`__snapshots__/screens-${title}-${columns}.txt`)
  })
}
