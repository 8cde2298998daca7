/** One way to do a thing. The first of a list is the reference of the others. */
export interface Contender {
  readonly name: string
  /** Does it this many times and answers a sum of the results, so that no call can be optimised away. */
  readonly run: (times: number) => number
  readonly aim?: Aim
}

/** What a figure should be. A benchmark reports whether it is; it never fails. */
export interface Aim {
  readonly text: string
  readonly isMet: (figure: Figure) => boolean
}

export interface Figure {
  readonly name: string
  /** The median of the rounds, for one operation. */
  readonly nanoseconds: number
  /** Half the distance between the quartiles, as a share of the median: how noisy the machine was. */
  readonly spread: number
  /** This median as a multiple of the reference's. */
  readonly ratio: number
  readonly aim: Aim | undefined
}

export interface MeasureOptions {
  readonly rounds?: number
  /** How long one contender runs in one round, at least; 0 for a single operation. */
  readonly roundMs?: number
  /** Milliseconds since some moment. */
  readonly clock?: Clock
}

export type Clock = () => number

/** What the whole process took of its processors: waiting for other processes does not count. */
export const processorClock: Clock = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

/** What a clock on the wall shows. */
export const wallClock: Clock = () => performance.now()

/** Above this share of the median, something disturbed the run. */
const BUSY_SPREAD = 0.15

let checksum = 0

/**
 * Warms every contender up, then runs them in rounds, A B C A B C …: whatever slows the machine
 * for a while slows all of them, and the medians leave it out.
 */
export function measure(contenders: readonly Contender[], options: MeasureOptions = {}): readonly Figure[] {
  const { rounds = 15, roundMs = 25, clock = processorClock } = options
  const runs = contenders.map((contender) => ({
    contender,
    times: warmUp(contender, roundMs, clock),
    samples: [] as number[],
  }))
  for (let round = 0; round < rounds; round++) {
    for (const { contender, times, samples } of runs) samples.push((elapsedMs(contender, times, clock) * 1e6) / times)
  }
  const reference = quantile(runs[0]!.samples, 0.5)
  return runs.map(({ contender: { name, aim }, samples }) => {
    const median = quantile(samples, 0.5)
    const spread = (quantile(samples, 0.75) - quantile(samples, 0.25)) / 2 / median
    return { name, nanoseconds: median, spread, ratio: median / reference, aim }
  })
}

/** Doubles the work until a round is long enough to be timed; answers how much that was. */
function warmUp(contender: Contender, roundMs: number, clock: Clock): number {
  let times = 1
  while (elapsedMs(contender, times, clock) < roundMs) times *= 2
  return times
}

function elapsedMs({ run }: Contender, times: number, clock: Clock): number {
  const start = clock()
  checksum += run(times)
  return clock() - start
}

function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  const position = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(position)]!, sorted[Math.ceil(position)]!]
  return below + (above - below) * (position % 1)
}

export function atLeastTimesTheReference(factor: number): Aim {
  return { text: `>= ${factor}x`, isMet: ({ ratio }) => ratio >= factor }
}

export function atMostTimesTheReference(factor: number): Aim {
  return { text: `<= ${factor}x`, isMet: ({ ratio }) => ratio <= factor }
}

export function atLeastPerSecond(count: number): Aim {
  return { text: `>= ${count.toLocaleString('en-US')}/s`, isMet: ({ nanoseconds }) => 1e9 / nanoseconds >= count }
}

export function atMostMs(limit: number): Aim {
  return { text: `<= ${limit} ms`, isMet: ({ nanoseconds }) => nanoseconds / 1e6 <= limit }
}

/** One line per contender: its time, how often that is in a second, the ratio, and its aim. */
export function printTable(title: string, figures: readonly Figure[]): void {
  const header = ['', 'median', 'spread', 'per second', 'ratio', 'aim', 'met']
  const rows = figures.map(({ aim, ...figure }, index) => [
    figure.name,
    formatTime(figure.nanoseconds),
    `±${Math.round(figure.spread * 100)}%`,
    formatNumber(1e9 / figure.nanoseconds),
    `${formatNumber(figure.ratio)}x`,
    aim?.text ?? (index === 0 ? 'reference' : 'none'),
    aim === undefined ? '' : aim.isMet({ aim, ...figure }) ? 'yes' : 'NO',
  ])
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]!.length)))
  const isText = (column: number) => column === 0 || column > 4
  const lines = [header, ...rows].map((row) =>
    row
      .map((cell, column) => (isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  '),
  )
  process.stdout.write(`\n${title}\n\n${lines.map((line) => `  ${line.trimEnd()}\n`).join('')}`)
  if (figures.some(({ spread }) => spread > BUSY_SPREAD)) {
    process.stdout.write(
      `  a spread above ±${BUSY_SPREAD * 100}%: something disturbed this run, which makes times, less so ratios, doubtful\n`,
    )
  }
}

/** Where the answers went: printing their sum makes every one of them needed. */
export function printChecksum(): void {
  process.stdout.write(`\nsum of all answers: ${checksum.toPrecision(6)}\n`)
}

function formatTime(nanoseconds: number): string {
  if (nanoseconds < 1e3) return `${formatNumber(nanoseconds)} ns`
  return nanoseconds < 1e6 ? `${formatNumber(nanoseconds / 1e3)} us` : `${formatNumber(nanoseconds / 1e6)} ms`
}

/** Three significant digits: the machine is not steadier than that. */
function formatNumber(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 2 })
}
