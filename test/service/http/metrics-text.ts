/** One number of a scrape. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** A metric with all of its samples. */
export interface Family {
  readonly name: string
  readonly type: string
  readonly help: string
  readonly samples: readonly Sample[]
}

const TYPES = ['counter', 'gauge', 'histogram']
const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*/
const LABEL_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*/
const VALUE = /^(?:[+-]?Inf|NaN|[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/

/**
 * Reads the text format 0.0.4 of Prometheus, as strictly as its specification is: HELP and TYPE before the samples of a
 * metric and once, the samples of a metric together, no series twice, histograms whole.
 * @throws Error that names the line
 */
export function parseMetrics(text: string): ReadonlyMap<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line has no end')
  if (text.includes('\r')) throw new Error('a line ends with CR')
  const families = new Map<string, Family>()
  let current: { name: string; type: string; help: string; samples: Sample[] } | undefined
  let help: readonly [name: string, text: string] | undefined
  const seen = new Set<string>()
  for (const line of text.slice(0, -1).split('\n')) {
    const fail = (why: string): never => {
      throw new Error(`${why}: ${line}`)
    }
    if (line === '') continue
    if (line.startsWith('#')) {
      const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.+)$/.exec(line) ?? fail('neither HELP nor TYPE')
      if (NAME.exec(name)?.[0] !== name) fail('not a name')
      if (families.has(name)) fail('a metric comes twice')
      if (kind === 'HELP') help = [name, unescaped(rest, /\\[\\n]/g, fail)]
      else {
        if (!TYPES.includes(rest)) fail('no such type')
        if (help?.[0] !== name) fail('TYPE without HELP')
        current = { name, type: rest, help: help![1], samples: [] }
        families.set(name, current)
      }
      continue
    }
    const sample = parseSample(line, fail)
    if (!current || !namesOf(current).includes(sample.name)) fail('a sample outside of its metric')
    const series = JSON.stringify([sample.name, Object.entries(sample.labels).sort()])
    if (seen.has(series)) fail('a series comes twice')
    seen.add(series)
    current!.samples.push(sample)
  }
  for (const family of families.values()) checkFamily(family)
  return families
}

function parseSample(line: string, fail: (why: string) => never): Sample {
  const name = NAME.exec(line)?.[0] ?? fail('no name')
  let rest = line.slice(name.length)
  const labels: Record<string, string> = {}
  if (rest.startsWith('{')) {
    rest = rest.slice(1)
    while (!rest.startsWith('}')) {
      const label = LABEL_NAME.exec(rest)?.[0] ?? fail('no name of a label')
      const [quoted, value = ''] = /^="((?:[^"\\]|\\.)*)"/.exec(rest.slice(label.length)) ?? fail('no value of a label')
      if (Object.hasOwn(labels, label)) fail('a label comes twice')
      labels[label] = unescaped(value, /\\[\\n"]/g, fail)
      rest = rest.slice(label.length + quoted!.length)
      if (rest.startsWith(',')) rest = rest.slice(1)
      else if (!rest.startsWith('}')) fail('neither another label nor the end')
    }
    rest = rest.slice(1)
  }
  const value = rest.slice(1)
  if (!rest.startsWith(' ') || !VALUE.test(value)) fail('not a value')
  return { name, labels, value: value.endsWith('Inf') ? Number(value.replace('Inf', 'Infinity')) : Number(value) }
}

function unescaped(text: string, escapes: RegExp, fail: (why: string) => never): string {
  if (text.replace(escapes, '').includes('\\')) fail('an escape that there is not')
  return text.replace(escapes, (pair) => (pair === '\\n' ? '\n' : pair[1]!))
}

function namesOf({ name, type }: Family): readonly string[] {
  return type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => `${name}${end}`) : [name]
}

function checkFamily({ name, type, samples }: Family): void {
  if (type === 'counter') {
    if (!name.endsWith('_total')) throw new Error(`${name} is a counter and does not end with _total`)
    const wrong = samples.find(({ value }) => !(value >= 0 && Number.isFinite(value)))
    if (wrong) throw new Error(`${name} is a counter of ${wrong.value}`)
  }
  if (type === 'histogram') checkHistogram(name, samples)
}

function checkHistogram(name: string, samples: readonly Sample[]): void {
  const all = new Map<string, { readonly buckets: [bound: number, count: number][]; count?: number; sum?: number }>()
  for (const { name: part, labels, value } of samples) {
    const { le, ...others } = labels
    const key = JSON.stringify(others)
    const one = all.get(key) ?? { buckets: [] }
    all.set(key, one)
    if (part.endsWith('_bucket')) one.buckets.push([le === '+Inf' ? Infinity : Number(le), value])
    else if (part.endsWith('_count')) one.count = value
    else one.sum = value
  }
  for (const [key, { buckets, count, sum }] of all) {
    if (sum === undefined || count === undefined) throw new Error(`${name} ${key} has no sum or no count`)
    for (const [index, [bound, value]] of buckets.entries()) {
      const [lastBound, lastValue] = buckets[index - 1] ?? [-Infinity, 0]
      if (!(bound > lastBound && value >= lastValue)) throw new Error(`${name} ${key} has buckets out of order`)
    }
    const [last, total] = buckets.at(-1) ?? []
    if (last !== Infinity || total !== count) throw new Error(`${name} ${key} does not end with all that were counted`)
  }
}

/** The value of a series; undefined when there is none. */
export function seriesValue(
  families: ReadonlyMap<string, Family>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = JSON.stringify(Object.entries(labels).sort())
  const family = families.get(name) ?? families.get(name.replace(/_(?:bucket|sum|count)$/, ''))
  return family?.samples.find(
    (sample) => sample.name === name && JSON.stringify(Object.entries(sample.labels).sort()) === wanted,
  )?.value
}
