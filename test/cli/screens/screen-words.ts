import stringWidth from 'fast-string-width'

/** Titles of columns: a row of two or more of them is the head of a table. */
const TITLES = new Set(
  'status agent note id email team name members rule who to playbook when for text chat since token may group agent_id id_or_email last_routed profile service as place setting value from what why day open in_all exception date widget because shows available visitors would_see instant path before_→_after'
    .split(' ')
    .map((title) => title.replaceAll('_', ' ')),
)

/** What a cell that decides may begin with, or a time in it: none of these is ever shortened. */
const NEVER_SHORTENED =
  /^(?:available|away|bot|disabled|online|offline|on|off|open|opens|closed|closes|routed|next|at-limit|not-a-member|active|revoked|protected)(?: |$)|\b\d\d:\d\d\b|\bclosed\b/

/** Columns that go where there is no room for them. */
const MAY_GO = new Set([
  'email',
  'note',
  'id',
  'name',
  'text',
  'in all',
  'because',
  'shows',
  'available',
  'instant',
  'agent id',
  'id or email',
])

interface Piece {
  readonly text: string
  /** The column at which it begins. */
  readonly start: number
}

/** The pieces of a row that two spaces part. */
function piecesOf(row: string): readonly Piece[] {
  return [...row.matchAll(/\S(?:\S| (?! ))*/g)].map(({ 0: text, index }) => ({
    text: text.trimEnd(),
    start: stringWidth(row.slice(0, index)),
  }))
}

/** An example of help: what it is stands beside it where there is room. */
const EXAMPLE = /^( *\$ drift-status .*?) {2,}.*$/

const isChart = (row: string) => /^ {2}.{12}[ ░▒▓█·▂!x]*[░▒▓█·▂]/u.test(row) || /^ {14}00:00/.test(row)
const isHead = (row: string) => {
  const pieces = piecesOf(row)
  return pieces.length >= 2 && pieces.every(({ text }) => TITLES.has(text))
}

interface Cell extends Piece {
  /** What stands above it in a table. */
  readonly title?: string | undefined
}

/** The cells of a screen, with the title above each, and the titles that there are. */
export function cellsOf(screen: string): { readonly cells: readonly Cell[]; readonly titles: ReadonlySet<string> } {
  const titles = new Set<string>()
  const cells: Cell[] = []
  let head: readonly Piece[] = []
  for (const row of screen.split('\n')) {
    const pieces = piecesOf(row.replace(EXAMPLE, '$1').replace(/ \\$/, ''))
    if (isHead(row)) {
      head = pieces
      for (const { text } of pieces) titles.add(text)
    } else if (!isChart(row)) {
      if (!row.startsWith('  ')) head = []
      cells.push(...pieces.map((piece) => ({ ...piece, title: titleOf(piece, head) })))
    }
  }
  return { cells, titles }
}

const titleOf = ({ start }: Piece, head: readonly Piece[]) => head.findLast((title) => title.start <= start)?.text

const WIDE_END = /[、。，！？]/u
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u

/** The words of a text: what spaces part, and in scripts without spaces each character. */
function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).flatMap((word) => {
    const words: string[] = []
    let last = ''
    for (const character of word) {
      if (WIDE.test(character) && (WIDE.test(last) || WIDE_END.test(last))) words.push(character)
      else words.push((words.pop() ?? '') + character)
      last = character
    }
    return words
  })
}

const widestOf = (cells: readonly Cell[]) => cells.toSorted((a, b) => stringWidth(b.text) - stringWidth(a.text))[0]

/** What of a screen without an edge is not whole on the same one with an edge, in words; nothing where all is there. */
export function lostWords(wide: string, narrow: string): readonly string[] {
  const lost: string[] = []
  const { cells, titles } = cellsOf(wide)
  const shown = cellsOf(narrow)
  const isShown = (title: string) => shown.titles.has(title) || shown.cells.some(({ text }) => text === title)
  const gone = [...titles].filter((title) => MAY_GO.has(title) && !isShown(title))
  const left = cells.filter(({ title }) => title === undefined || !gone.includes(title))
  const texts = new Set(cells.map(({ text }) => text))
  const whole = shown.cells.filter(({ text }) => {
    // A text may end in a `…` of its own.
    if (!text.endsWith('…') || texts.has(text)) return true
    const cell = widestOf(left.filter((one) => one.text.startsWith(text.slice(0, -1).trimEnd())))
    if (!cell) return true
    left.splice(left.indexOf(cell), 1)
    if (NEVER_SHORTENED.test(cell.text)) lost.push(`${cell.text} is shortened to ${text}`)
    return false
  })
  const count = new Map<string, number>()
  for (const word of whole.flatMap(({ text }) => wordsOf(text))) count.set(word, (count.get(word) ?? 0) + 1)
  for (const { text } of left) {
    for (const word of wordsOf(text)) {
      const times = count.get(word) ?? 0
      if (times > 0) count.set(word, times - 1)
      else lost.push(`"${word}" of "${text}"`)
    }
  }
  return lost
}

/** What stands above or before an id that a person copies to act, or before a raw value that was asked for. */
const FOR_IDS = new Set(['id', 'agent id', 'id or email', 'path', 'before → after'])
/** A command, what goes on where a list ends, a line of a document, or an id that says that it is one. */
const COPIED = /"drift-status [^"]*"|--after \S+|\{ agent: "[^"]*" \}|\(id \S+\)/g

/** The ids that stand for a person on a screen, each with its row. */
export function personsById(screen: string, id: RegExp, typed: readonly string[]): readonly string[] {
  const { cells } = cellsOf(screen)
  return cells.flatMap(({ text, title }, index) => {
    if (FOR_IDS.has(title ?? '') || FOR_IDS.has(cells[index - 1]?.text ?? '')) return []
    // An error quotes what was typed.
    const rest = typed.reduce((left, word) => left.replaceAll(`"${word}"`, ''), text.replaceAll(COPIED, ''))
    return id.test(rest) ? [text] : []
  })
}
