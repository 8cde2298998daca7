import { describe, expect, test } from 'vitest'
import { runCli } from './fake-context.js'

const ROTA = `version: 1
name: "Acme <&> \\"Söhne\\""
plan: premium
timeZone: America/New_York
hours:
  weekly: { mon: "09:00-17:00", tue: "09:00-17:00", wed: "09:00-17:00", fri: ["09:00-17:00", "22:00-02:00"] }
agents:
  - { id: "1", name: Ana }
  - { id: "2", name: Sam }
  - { id: "3", name: Kofi, status: away }
teams:
  - { id: sales, name: Sales, members: ["2", "3"] }
duty:
  shifts:
    - { id: front, days: mon-fri, hours: "09:00-17:00", agents: ["1"] }
    - { id: late, days: mon-fri, hours: ["10:00-12:00", "22:00-23:00"], agents: ["2"] }
  covers:
    - { shift: front, from: "2026-11-25 12:00", to: "2026-11-25 13:00", agent: "3", instead: "1" }
`

async function coverage(words: readonly string[], stdin = ROTA, columns = 60) {
  return runCli(['coverage', '--file', '-', ...words], { stdin, columns })
}

async function answer(...words: string[]) {
  const { stdout, exitCode } = await coverage([...words, '--json'])
  return { exitCode, ...JSON.parse(stdout) }
}

describe('coverage', () => {
  test('R36: shows the week hour by hour, the totals and the gaps', async () => {
    const { stdout, stderr, exitCode } = await coverage([])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout).toBe(`Coverage Acme <&> "Söhne", Mon 23 Nov 2026, 00:00 to Mon 30 Nov 2026, 00:00 (America/New_York)
              00:00 06:00 12:00 18:00
  Mon 23 Nov  ·········▒██▒▒▒▒▒·······
  Tue 24 Nov  ·········▒██▒▒▒▒▒·······
  Wed 25 Nov  ·········▒██!▒▒▒▒·······
  Thu 26 Nov  ························
  Fri 27 Nov  ·········▒██▒▒▒▒▒·····▒!
  Sat 28 Nov  !!······················
  Sun 29 Nov  ························
  · closed  there: ▒ 1  █ 2
  ! open and nobody there

open 36 h, staffed 32 h, nobody 4 h: Wed 12:00-13:00, Fri 23:00 to Sat 02:00

2 gaps
  Wed 12:00-13:00         1 h  open and nobody there
  Fri 23:00 to Sat 02:00  3 h  open and nobody there

2 agents follow the duty; 1 is assumed to stay as is.
Times before now are told as the workspace is now; "drift-status report" tells how they were.
`)
  })

  test('R9, R36: what auto-offline hides is told as such', async () => {
    const { stdout } = await coverage(['--week', '2026-11-25'], `${ROTA}widget: { autoOffline: true }\n`)
    expect(stdout).toContain('x open, but offline by auto-offline: nobody is there')
    expect(stdout).toContain('open 36 h, staffed 32 h, masked 4 h: Wed 12:00-13:00, Fri 23:00 to Sat 02:00')
    expect(stdout).toContain('It shows as soon as Ana, Sam or Kofi is.')
    expect(stdout).toMatch(/Wed 12:00-13:00 +1 h +auto-offline shows the widget offline: nobody is there/)
  })

  test('R35: says who is assumed to stay, of those who are counted, and nothing of the past alone', async () => {
    expect(await answer('--team', 'sales')).toMatchObject({ basis: { onDuty: 1, assumed: 1 } })
    expect(await answer('--route', 'agent:ana')).toMatchObject({ basis: { onDuty: 1, assumed: 0 } })
    expect(await answer('--week', '2026-11-16')).not.toHaveProperty('basis')
    expect((await coverage(['--verbose'])).stdout).toContain('assumed: Kofi (away)')
    expect((await coverage(['--from', 'tue', '--to', 'wed'])).stdout).not.toContain('before now')
  })

  test('says that there is no gap, and that it is never open', async () => {
    expect((await coverage(['--from', 'tue', '--to', 'wed'])).stdout).toContain('open 8 h, staffed 8 h: no gap\n')
    expect((await coverage(['--from', 'sun', '--to', '"mon 8:00"'.replaceAll('"', '')])).stdout).toContain(
      'never open in that time\n',
    )
  })

  test('counts the members of a team, and those who can take a chat', async () => {
    const team = await answer('--team', 'sales', '--from', 'mon', '--to', 'tue')
    expect(team).toMatchObject({ team: 'sales', route: null, totals: { staffedMinutes: 120, nobodyMinutes: 360 } })
    const route = await answer('--route', 'agent:ana', '--from', 'mon', '--to', 'tue')
    expect(route).toMatchObject({ team: null, route: 'agent:ana', totals: { staffedMinutes: 480 } })
    const { stdout } = await coverage(['--team', 'sales', '--min', '2'])
    expect(stdout).toContain('team sales, Mon 23 Nov 2026')
    expect(stdout).toContain('▂ open, and fewer than 2 there')
    expect(stdout).toMatch(/Mon 10:00-12:00 +2 h +open, 1 of 2 there/)
  })

  test.each([
    ['a gap', ['--exit-code'], 3],
    ['a gap, and nobody asked', [], 0],
    ['no gap', ['--exit-code', '--from', 'tue', '--to', 'wed'], 0],
    ['fewer than the minimum', ['--exit-code', '--from', 'tue', '--to', 'wed', '--min', '2'], 3],
  ])('exits 3 with --exit-code when there is a gap: %s', async (_, words, exitCode) => {
    expect((await coverage(words)).exitCode).toBe(exitCode)
    expect((await answer(...words)).exitCode).toBe(exitCode)
  })

  test('answers in JSON, with the gaps in it', async () => {
    const gap = { from: '2026-11-25T12:00:00.000-05:00', to: '2026-11-25T13:00:00.000-05:00', state: 'nobody' }
    expect(await answer('--from', 'wed', '--to', 'thu')).toEqual({
      exitCode: 0,
      from: '2026-11-25T00:00:00.000-05:00',
      to: '2026-11-26T00:00:00.000-05:00',
      timeZone: 'America/New_York',
      route: null,
      team: null,
      min: 1,
      basis: { onDuty: 2, assumed: 1 },
      totals: {
        closedMinutes: 960,
        openMinutes: 480,
        staffedMinutes: 420,
        shortMinutes: 0,
        nobodyMinutes: 60,
        maskedMinutes: 0,
      },
      reasons: [],
      gaps: [{ ...gap, people: 0, minutes: 60 }],
      spans: expect.arrayContaining([{ ...gap, people: 0, minutes: 60 }]),
    })
  })

  test('lists its spans as CSV, Markdown and TSV', async () => {
    const words = ['--from', 'wed 11:00', '--to', 'wed 13:00']
    const row = ['2026-11-25T12:00:00.000-05:00', '2026-11-25T13:00:00.000-05:00', 'nobody', '0', '60']
    const fields = ['from', 'to', 'state', 'people', 'minutes']
    const last = async (format: string) => (await coverage([...words, '--format', format])).stdout.trimEnd().split('\n')
    expect(await last('csv')).toEqual([fields.join(','), expect.stringContaining(',staffed,2,60'), row.join(',')])
    expect((await last('tsv')).at(-1)).toBe(row.join('\t'))
    expect((await last('markdown')).at(-1)).toBe(`| ${row.join(' | ')} |`)
  })

  test('--utc shows the days of UTC', async () => {
    const { stdout } = await coverage(['--from', 'fri 20:00', '--to', 'fri 24:00', '--utc'])
    expect(stdout).toContain('Sat 28 Nov 2026, 01:00 to Sat 28 Nov 2026, 05:00 (UTC)')
    expect(stdout).toContain('  Sat 28 Nov   ··█!\n')
  })
})

describe('coverage --format svg', () => {
  const svg = async (...words: string[]) => (await coverage([...words, '--format', 'svg'])).stdout

  test('is a picture with its words, names escaped', async () => {
    const picture = await svg()
    expect(picture).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns="http:\/\/www.w3.org\/2000\/svg" /)
    expect(picture).toContain('role="img" aria-labelledby="title desc"')
    expect(picture).toContain('<title id="title">Coverage of Acme &lt;&amp;&gt; &quot;Söhne&quot;</title>')
    expect(picture).toContain('open 36 h, staffed 32 h, nobody 4 h: Wed 12:00-13:00, Fri 23:00 to Sat 02:00</desc>')
    expect(picture).toContain('<title>Wed 12:00-13:00: open and nobody there</title>')
    expect(picture).toContain('<title>Mon 10:00-12:00: 2 there</title>')
    expect(unclosed(picture)).toEqual([])
    expect(picture).not.toMatch(/href|<script|<style|url\((?!#)/)
  })

  test('draws each span as long as it lasts', async () => {
    const picture = await svg('--from', 'wed', '--to', 'thu')
    const bars = [...picture.matchAll(/<rect x="([\d.]+)" y="84" width="([\d.]+)".*?<title>(.*?)<\/title>/g)]
    expect(bars.map(([, x, width, title]) => `${(Number(x) - 116) / 32} ${Number(width) / 32} ${title}`)).toEqual([
      '0 9 Wed 00:00-09:00: closed',
      '9 1 Wed 09:00-10:00: 1 there',
      '10 2 Wed 10:00-12:00: 2 there',
      '12 1 Wed 12:00-13:00: open and nobody there',
      '13 4 Wed 13:00-17:00: 1 there',
      '17 7 Wed 17:00-24:00: closed',
    ])
  })

  test('holds no character that XML does not allow', async () => {
    const { stdout } = await coverage(['--format', 'svg'], ROTA.replace('Söhne', '\\uFFFE\\u0007\\u202E'))
    expect(stdout).toContain('&quot;\ufffd\ufffd\ufffd&quot;')
  })
})

/** Elements that are not closed, or closed twice; attributes without quotes and bare marks as well. */
function unclosed(xml: string): string[] {
  const open: string[] = []
  const rest = xml
    .replace(/^<\?xml.*?\?>/, '')
    .replaceAll(/<(\/?)(\w+)((?: [\w:-]+="[^"<&]*")*)(\/?)>/g, (_, end, name, __, self) => {
      if (self) return ''
      if (!end) open.push(name)
      else if (open.pop() !== name) open.push(`</${name}>`)
      return ''
    })
  return [...open, ...(rest.match(/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/g) ?? [])]
}
