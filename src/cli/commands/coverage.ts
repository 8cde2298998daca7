import { DriftStatusError } from '../../domain/errors.js'
import { DAY_MS, weekdayIndex } from '../../domain/time/calendar-date.js'
import type { Instant, Zone } from '../../domain/time/zone.js'
import { defineCommand } from '../command.js'
import type { Context } from '../context.js'
import { EXIT_CONDITION, EXIT_OK } from '../exit-codes.js'
import { readTime } from '../flags/typed-time.js'
import { wholeNumber } from '../flags/values.js'
import { type FactEntry, readFacts, VISITOR_OPTION } from '../flags/visitor-flags.js'
import { assumedPeople } from '../session/assumed-people.js'
import { FILE_OPTION, type FileOptions, LIVE_OPTION, withWorkspace } from '../session/workspace-options.js'

const DEFAULT_DAYS = 7

interface CoverageOptions extends FileOptions {
  readonly week?: string
  readonly from?: string
  readonly to?: string
  readonly route?: string
  readonly url?: string
  readonly visitor?: readonly FactEntry[]
  readonly team?: string
  readonly min?: number
  readonly exitCode?: boolean
}

export const coverage = defineCommand<CoverageOptions>({
  name: 'coverage',
  summary: 'when the open hours are staffed, by how many, and when nobody is there',
  description:
    'Shows hour by hour when the widget is open by its policy, how many people are there, and the gaps: open and nobody\nthere. Those on duty are there in their shifts; everyone else is taken to stay as they are now.',
  options: [
    FILE_OPTION,
    LIVE_OPTION,
    { flags: '--week <time>', summary: 'the week that contains this time (default: now)' },
    { flags: '--from <time>', summary: 'a stretch of time instead of a week, from here (default: now)' },
    { flags: '--to <time>', summary: `to here (default: ${DEFAULT_DAYS} days later)` },
    { flags: '--team <team>', summary: 'count the members of this team only', completes: 'teams' },
    {
      flags: '--route <target>',
      summary:
        'count those who can take a chat sent to rules, agent:X, team:X, round-robin:X,Y, account-owner or playbook:ID',
      completes: 'targets',
    },
    { flags: '--url <url>', summary: 'with --route: the page the visitor is on' },
    VISITOR_OPTION,
    {
      flags: '--min <people>',
      summary: 'fewer people than this are a gap (default: 1)',
      parse: wholeNumber(1, 100_000),
    },
    { flags: '--exit-code', summary: 'exit 3 when there is a gap' },
  ],
  list: { key: 'spans', fields: ['from', 'to', 'state', 'people', 'minutes'], isDrawable: true },
  examples: [
    'coverage --file docs/sample/acme.yaml',
    'coverage --file docs/sample/acme.yaml --team sales --min 2 --week 2026-12-24',
    'coverage --from now --to "in 14d" --exit-code',
    'coverage --file docs/sample/acme.yaml --format svg',
  ],
  run(options, context) {
    checkFlags(options)
    return withWorkspace(options, context, async (workspace) => {
      const { route, url, visitor, team, min } = options
      const now = context.now()
      const { from, to } = await readStretch(options, workspace.zone, context)
      const answer = await workspace.coverage({
        from,
        to,
        now,
        ...(route !== undefined && { route, visitor: { url, attributes: readFacts(visitor) } }),
        team,
        min,
      })
      const { name } = workspace
      const isEveryone = route === undefined && team === undefined
      const assumed =
        answer.basis && isEveryone
          ? await assumedPeople(options, () => workspace.basis(Math.max(from, now), to))
          : undefined
      return {
        json: answer,
        isSentence: true,
        text: async (style) =>
          (await import('../output/views/coverage.js')).renderCoverage(answer, { name, now, assumed, style }),
        drawing: async () => (await import('../output/views/coverage-svg.js')).coverageSvg(answer, name, options),
        exitCode: options.exitCode && answer.gaps.length > 0 ? EXIT_CONDITION : EXIT_OK,
      }
    })
  },
})

/** Refuses flags that do not go together, before anything is opened. */
function checkFlags({ week, from, to, route, team, url, visitor }: CoverageOptions): void {
  if (week !== undefined && (from !== undefined || to !== undefined)) {
    throw new DriftStatusError('usage', '--week and --from or --to are two stretches of time', {
      hint: 'keep one of them',
    })
  }
  if (route !== undefined && team !== undefined) {
    throw new DriftStatusError('usage', '--route and --team both say who is counted', { hint: 'keep one of them' })
  }
  if (route === undefined && (url !== undefined || visitor !== undefined)) {
    throw new DriftStatusError('usage', `${url === undefined ? '--visitor' : '--url'} says whose chat is routed`, {
      hint: 'add --route rules',
    })
  }
}

interface Stretch {
  readonly from: Instant
  readonly to: Instant
}

async function readStretch(options: CoverageOptions, zone: Zone, context: Context): Promise<Stretch> {
  if (options.from === undefined && options.to === undefined) {
    return weekOf(await readTime(options.week, '--week', zone, context), zone)
  }
  const from = await readTime(options.from, '--from', zone, context)
  const to = options.to === undefined ? from + DEFAULT_DAYS * DAY_MS : await readTime(options.to, '--to', zone, context)
  if (to > from) return { from, to }
  throw new DriftStatusError('usage', `--to is not after ${options.from === undefined ? 'now' : '--from'}`, {
    hint: 'swap them, or write --to with a date',
  })
}

/** From Monday's midnight to the next one's. */
function weekOf(at: Instant, zone: Zone): Stretch {
  const today = Math.floor(zone.toLocal(at) / DAY_MS)
  const monday = today - weekdayIndex(today)
  return { from: zone.toInstant(monday * DAY_MS), to: zone.toInstant((monday + 7) * DAY_MS) }
}
