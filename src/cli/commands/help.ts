import { DriftStatusError } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'
import { defineCommand, type OptionSpec, SHARED_OPTIONS } from '../command.js'
import type { Lines } from '../output/line.js'

/** Everything that `help` tells beside commands and rules: a page of docs/help, or what is made. */
export const TOPICS: readonly string[] = [
  'times',
  'hours',
  'conditions',
  'exit-codes',
  'environment',
  'profiles',
  'rules',
  'flags',
]

/** Topics that are made from what they are about. */
const MADE: Readonly<Record<string, () => Promise<Lines>>> = { flags: sharedFlags, rules: allRules }

/** `help TOPIC` and `help R9`; the help of a command is its own `--help`. */
export const help = defineCommand<{ readonly topic?: readonly string[] }>({
  name: 'help',
  summary: 'the help of a command, a topic or a rule',
  description: `Shows the help of a command, of a topic, or a rule by its number. Topics: ${TOPICS.join(', ')}.`,
  arguments: [{ name: '[topic...]', summary: 'a command, a topic, or a rule such as R9', completes: 'help' }],
  options: [],
  examples: ['help times', 'help R9', 'help hours set'],
  async run({ topic = [] }) {
    const name = topic.join(' ')
    const lines = /^r\d+$/i.test(name) ? await ruleLines(name.toUpperCase()) : await topicLines(name)
    return { json: { topic: name, text: [lines].flat().join('\n') }, text: () => lines }
  },
  fields: ['topic', 'text'],
})

async function topicLines(name: string): Promise<Lines> {
  const made = Object.hasOwn(MADE, name) ? MADE[name] : undefined
  if (made) return made()
  if (!TOPICS.includes(name)) {
    throw new DriftStatusError('usage', `"${name}" is neither a command nor a topic`, {
      hint: `${didYouMean(name, TOPICS) ?? ''} topics: ${TOPICS.join(', ')}; a rule: R9; commands: run "drift-status help"`.trim(),
    })
  }
  const text = await pageText('help', `${name}.md`)
  return flowing(text.replace(/^# /, ''))
}

async function pageText(...parts: readonly string[]): Promise<string> {
  const { packageText } = await import('../start/installed-package.js')
  return packageText('docs', ...parts)
}

/** A rule as docs/rules.md states it, and how it is read where it leaves room. */
async function ruleLines(rule: string): Promise<Lines> {
  const told = (await ruleBullets()).filter(({ rules }) => rules.includes(rule))
  if (told.length > 0) return told.flatMap(({ text }, index) => [...(index > 0 ? [''] : []), text])
  throw new DriftStatusError('usage', `there is no rule ${rule}`, { hint: 'run "drift-status help rules" to see all' })
}

async function allRules(): Promise<Lines> {
  const told = (await ruleBullets()).flatMap(({ text }) => ['', text])
  return ['The rules that decide, each with its number', ...told]
}

interface RuleBullet {
  /** What it is about: `R15`, `R8`. */
  readonly rules: readonly string[]
  readonly text: string
}

/** Each bullet on one line, without the marks of its page; the rules before how they are read. */
async function ruleBullets(): Promise<readonly RuleBullet[]> {
  const page = await pageText('rules.md')
  const [readings = '', rules = ''] = page.split(/\n(?=## )(.*)/s)
  return [rules, readings].flatMap((part) =>
    [...part.matchAll(/^- \*\*(R\d[^*]*)\*\*((?:.|\n(?! *\n|- |#))*)/gm)].map(([, names = '', words = '']) => ({
      rules: names.split(/[, ]+/),
      text: `${names}${words.replace(/\s+/g, ' ')}`.replace(/\*\*|`/g, '').replace(/ \[[SDP][^\]]*\]/g, ''),
    })),
  )
}

async function sharedFlags(): Promise<Lines> {
  const width = Math.max(...SHARED_OPTIONS.map(({ flags }) => flags.length))
  return [
    'Flags that every command takes, before it or after it',
    '',
    ...SHARED_OPTIONS.map(({ flags, summary }: OptionSpec) => `  ${flags.padEnd(width)}  ${summary}`),
  ]
}

/** A page as lines: paragraphs flow, what is indented keeps its lines. */
function flowing(text: string): readonly string[] {
  return text
    .trim()
    .split('\n\n')
    .flatMap((part, index) => [
      ...(index > 0 ? [''] : []),
      ...(/^ {4}/.test(part) ? part.split('\n').map((row) => row.slice(2)) : [part.replaceAll('\n', ' ')]),
    ])
}
