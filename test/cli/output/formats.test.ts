import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { COMMANDS } from '../../../src/cli/commands/index.js'
import { runCli } from '../fake-context.js'
import { sampleWorkspace } from '../sample-workspace.js'

const FILE = 'docs/sample/acme.yaml'

/** Lists of the sample workspace, after a few writes. */
const LISTS: readonly { readonly line: string; readonly key?: string }[] = [
  { line: 'agent list', key: 'agents' },
  { line: 'team list', key: 'teams' },
  { line: 'routing list', key: 'rules' },
  { line: 'routing cursor', key: 'cursors' },
  { line: 'playbook list', key: 'playbooks' },
  { line: 'route list' },
  { line: 'token list', key: 'tokens' },
  { line: 'profile list', key: 'profiles' },
  { line: 'log', key: 'revisions' },
  { line: 'hours show', key: 'days' },
  { line: 'hours next 3', key: 'changes' },
  { line: 'simulate --from mon --to tue', key: 'changes' },
]

/** Answers that are not lists, and writes, which answer alike. */
const OTHERS = [
  'status',
  'agent show sam',
  'auto-offline show',
  'is online',
  'lint',
  'playbook show leadbot',
  'profile show',
  'show 2',
  'route chat --dry-run',
  'route end 1 --dry-run',
  'widget show',
  'simulate --next 2 --sequence 2',
  'agent away --dry-run',
  'widget offline --dry-run',
  'hours close 2026-12-31 --dry-run',
  'team add night --dry-run',
]

async function busyWorkspace() {
  const run = await sampleWorkspace()
  for (const line of [
    'agent away --agent ana --for 1h --note lunch',
    'agent away --agent kofi --for 1h',
    'agent available --agent kofi --for 2h',
    'widget offline --for 1h',
    'route chat',
    'token create --name ci --scope read',
  ]) {
    expect((await run(line.split(' '))).exitCode).toBe(0)
  }
  return async (line: string) => (await run(line.split(' '))).stdout
}

/** The default rule stands beside the others in the answer, and is the last row of them. */
function itemsOf(json: unknown, key?: string) {
  if (key === undefined) return json as Record<string, unknown>[]
  const { [key]: items, default: fallback } = json as Record<string, Record<string, unknown>[]>
  return fallback ? [...items!, { id: 'default', ...fallback }] : items!
}

const specOf = (line: string) =>
  COMMANDS.filter(({ name }) => `${line} `.startsWith(`${name} `)).sort((a, b) => b.name.length - a.name.length)[0]!

describe('a list in the shape that a script asks for', async () => {
  const run = await busyWorkspace()

  test.each(LISTS)('$line: every field of an item is a column, in a pipe and in each format', async ({ line, key }) => {
    const { fields } = specOf(line).list!
    const items = itemsOf(JSON.parse(await run(`${line} --json`)), key)
    expect(items.length).toBeGreaterThan(0)
    for (const item of items) expect(fields).toEqual(expect.arrayContaining(Object.keys(item)))

    const [header, ...rows] = (await run(line)).slice(0, -1).split('\n')
    expect(header).toBe(fields.join('\t'))
    expect(rows.map((row) => row.split('\t').length)).toEqual(items.map(() => fields.length))
    expect(await run(`${line} --format tsv`)).toBe(await run(line))

    const csv = (await run(`${line} --format csv`)).split('\n')
    expect(csv[0]).toBe(fields.join(','))
    expect(csv).toHaveLength(items.length + 2)
    const markdown = (await run(`${line} --format markdown`)).split('\n')
    expect(markdown[1]).toBe(`| ${fields.map(() => '---').join(' | ')} |`)

    const clock = /"at": ".*"|"lastUsedAt": ".*"/g
    const json = (text: string) => text.replaceAll(clock, '')
    expect(json(JSON.stringify(parse(await run(`${line} --format yaml`)), null, 2))).toBe(
      json((await run(`${line} --format json`)).trimEnd()),
    )
  })

  test.each(LISTS)('$line --json=FIELDS: the items, with these fields alone', async ({ line, key }) => {
    const { fields } = specOf(line).list!
    const [first = '', second = ''] = fields
    const picked = JSON.parse(await run(`${line} --json=${second},${first}`))
    const items = itemsOf(JSON.parse(await run(`${line} --json`)), key)
    expect(picked).toEqual(items.map((item) => ({ [second]: item[second] ?? null, [first]: item[first] ?? null })))
  })

  test.each(OTHERS)('%s --json: every part is known to --json=FIELDS', async (line) => {
    const { fields = [] } = specOf(line)
    const answer = JSON.parse(await run(`${line} --json`))
    expect(fields).toEqual(expect.arrayContaining(Object.keys(answer)))
    const [name = ''] = Object.keys(answer)
    expect(Object.keys(JSON.parse(await run(`${line} --json=${name}`)))).toEqual([name])
  })
})

test('R22: routing list ends with the default rule in every shape, and with the others where there is none', async () => {
  const run = await sampleWorkspace()
  const rows = async () => (await run(['routing', 'list', '--format', 'csv'])).stdout.trimEnd().split('\n')
  expect((await rows()).at(-1)).toMatch(/^default,,,"\{""round-robin""/)
  const ids = JSON.parse((await run(['routing', 'list', '--json=id'])).stdout)
  expect(ids.at(-1)).toEqual({ id: 'default' })
  await run(['routing', 'default', '--none'])
  expect((await rows()).at(-1)).toMatch(/^germany,/)
})

test.each([
  {
    line: 'agent list --json=id,statsu',
    says: ['"statsu" is not a field of agent list', 'did you mean "status"?', 'openChats'],
  },
  {
    line: 'agent away --json=nothing',
    says: ['"nothing" is not a field of agent away', 'its fields: profile, file, workspace,'],
  },
  { line: 'agent list --json=', says: ['--json= without a field', 'its fields: id,'] },
  { line: 'agent list --json --format csv', says: ['--json and --format csv are two shapes for one answer'] },
  { line: 'agent list --format xml', says: ['--format', 'table'] },
  { line: 'simulate --format csv', says: ['--format csv is for a list', 'use --format json or yaml'] },
])('$line: refused, and nothing is changed', async ({ line, says }) => {
  const run = await sampleWorkspace()
  const { exitCode, stderr } = await run(line.split(' '))
  expect(exitCode).toBe(2)
  for (const text of says) expect(stderr.replaceAll('\\"', '"')).toContain(text)
  expect(JSON.parse((await run(['log', '--json'])).stdout).revisions).toHaveLength(1)
})

test('a name that would break a row is escaped in each format', async () => {
  const run = await sampleWorkspace()
  await run(['team', 'add', 't', '--name', 'a,"c"|d\\e'])
  const shown = async (format: string) => (await run(['team', 'list', '--format', format])).stdout.split('\n').at(-2)
  expect(await shown('csv')).toBe('t,"a,""c""|d\\e",')
  expect(await shown('tsv')).toBe('t\ta,"c"|d\\\\e\t')
  expect(await shown('markdown')).toBe('| t | a,"c"\\|d\\\\e |  |')
})

test('a text that begins like a formula is text in CSV, and as it is in TSV', async () => {
  const run = await sampleWorkspace()
  for (const [id, name] of Object.entries({ a: '=1+1', b: '+1', c: '-1', d: '@SUM(1)', e: '\t=1', f: '"=1' })) {
    await run(['team', 'add', id, '--name', name])
  }
  const names = async (format: string) => {
    const { stdout } = await run(['team', 'list', '--format', format])
    return stdout
      .trimEnd()
      .split('\n')
      .slice(3)
      .map((row) => row.split(format === 'csv' ? ',' : '\t')[1])
  }
  expect(await names('csv')).toEqual(["'=1+1", "'+1", "'-1", "'@SUM(1)", "'\\u0009=1", '"""=1"'])
  expect(await names('tsv')).toEqual(['=1+1', '+1', '-1', '@SUM(1)', '\\t=1', '"=1'])
})

test('what stands behind -- is no flag: --json=x stays an argument', async () => {
  const { exitCode, stderr } = await runCli(['is', '--file', FILE, '--', '--json=x'])
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--json=x') })
})

describe('long output', () => {
  const show = async (words: string[], rows: number) => {
    let paged = 0
    const { stdout } = await runCli(['simulate', '--file', FILE, '--at', 'fri 17:30', ...words], {
      isTTY: true,
      rows,
      paged: () => paged++,
    })
    return { paged, stdout }
  }

  test('goes through the pager on a terminal that it does not fit', async () => {
    expect(await show([], 10)).toMatchObject({ paged: 1, stdout: expect.stringContaining('We will be back soon') })
    expect(await show([], 100)).toMatchObject({ paged: 0 })
    expect(await show(['--no-pager'], 10)).toMatchObject({ paged: 0 })
    expect(await show(['--json'], 10)).toMatchObject({ paged: 0 })
  })
})

test('--utc shows the times of a person in UTC', async () => {
  const { stdout } = await runCli(['simulate', '--file', FILE, '--at', 'fri 17:30', '--utc'], { isTTY: true })
  expect(stdout).toContain('22:30 (UTC)')
  expect(stdout).toContain('back Sat 03:00')
})
