import stringWidth from 'fast-string-width'
import { expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

/** Of a letter, in pixels. */
const [WIDTH, HEIGHT, MARGIN] = [8.4, 19, 16]

/** The colours of a terminal's escapes, on a dark screen. */
const COLOURS: Readonly<Record<string, string>> = {
  1: 'font-weight="bold"',
  2: 'opacity="0.6"',
  31: 'fill="#ff7b72"',
  32: 'fill="#56d364"',
  33: 'fill="#e3b341"',
  36: 'fill="#76e3ea"',
}

/** A screen as a picture: what was typed, then what came back, with its colours. */
function pictureOf(line: string, screen: string): string {
  const lines = [`\u001b[2m$\u001b[22m drift-status ${line}`, ...screen.trimEnd().split('\n')]
  const columns = Math.max(...lines.map((text) => stringWidth(text)))
  const [width, height] = [Math.ceil(columns * WIDTH + 2 * MARGIN), lines.length * HEIGHT + 2 * MARGIN]
  const rows = lines.map(
    (text, index) => `<text x="${MARGIN}" y="${MARGIN + 14 + index * HEIGHT}">${spansOf(text)}</text>`,
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img">
<title>${escaped(`drift-status ${line}`)}</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3" xml:space="preserve">
${rows.join('\n')}
</g>
</svg>
`
}

/** A line cut at its escapes, each piece at its column, in its colours. */
function spansOf(text: string): string {
  const spans: string[] = []
  let [column, colours] = [0, [] as string[]]
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what is looked for.
  for (const [, code, gap, words] of text.matchAll(/\u001b\[(\d+)m|( {2,}|^ )|((?:[^\u001b ]| (?! ))+| )/g)) {
    if (code !== undefined) colours = COLOURS[code] ? [...colours, COLOURS[code]] : colours.slice(0, -1)
    // Blanks at the start of a piece are not drawn everywhere.
    if (words?.trim())
      spans.push(`<tspan x="${at(column, words)}" ${colours.join(' ')}>${escaped(words.trim())}</tspan>`)
    column += stringWidth(gap ?? words ?? '')
  }
  return spans.join('')
}

/** Where a piece starts, in pixels. */
function at(column: number, words: string): number {
  return MARGIN + Math.round((column + words.length - words.trimStart().length) * WIDTH)
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

test.each([
  { name: 'status', line: 'status' },
  { name: 'dry-run', line: 'agent away sam --for 2h --note dentist --dry-run' },
])('the picture of $line is its screen', async ({ name, line }) => {
  const run = await sampleWorkspace({}, 'embedded')
  const { stdout, stderr, exitCode } = await run(line.split(' '), {
    columns: 96,
    isTTY: true,
    env: { FORCE_COLOR: '1' },
  })
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 })
  await expect(pictureOf(line, stdout)).toMatchFileSnapshot(`../../docs/pictures/${name}.svg`)
})
