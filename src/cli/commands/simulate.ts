import { DriftStatusError } from '../../domain/errors.js'
import type { Assumptions } from '../../domain/questions/assume.js'
import type { TimelineRequest } from '../../domain/questions/simulate-timeline.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import {
  AGENT_STATUSES,
  type AgentStatus,
  MODE_POLICIES,
  type ModePolicy,
  STRATEGIES,
  type Strategy,
} from '../../domain/words.js'
import { type CommandResult, defineCommand } from '../command.js'
import type { Context } from '../context.js'
import { readTime } from '../flags/typed-time.js'
import { oneOf, onOrOff, pair, wholeNumber } from '../flags/values.js'
import { type FactEntry, readFacts, unambiguous, VISITOR_OPTION } from '../flags/visitor-flags.js'
import { assumedPeople } from '../session/assumed-people.js'
import type { AskedWorkspace } from '../session/profile-questions.js'
import { AT_OPTION, FILE_OPTION, type FileOptions, LIVE_OPTION, withWorkspace } from '../session/workspace-options.js'

const DEFAULT_CHANGES = 5
const DEFAULT_TIMELINE_DAYS = 7

interface SimulateOptions extends FileOptions {
  readonly at?: string
  readonly agent?: readonly (readonly [string, AgentStatus])[]
  readonly mode?: ModePolicy
  readonly autoOffline?: boolean
  readonly after?: string
  readonly url?: string
  readonly visitor?: readonly FactEntry[]
  readonly visitorZone?: string
  readonly route?: string
  readonly strategy?: Strategy
  readonly seed?: number
  readonly sequence?: number
  readonly next?: number | true
  readonly from?: string
  readonly to?: string
  readonly timeline?: boolean
}

export const simulate = defineCommand<SimulateOptions>({
  name: 'simulate',
  summary: 'what would a visitor see, who would get the chat, and why',
  description:
    'Answers what a visitor would see at a time, who would get the chat, and why.\nNothing is changed: no mode, no status, no cursor.',
  options: [
    FILE_OPTION,
    LIVE_OPTION,
    AT_OPTION,
    {
      flags: '--agent <who=status>',
      summary: 'suppose an agent is available or away',
      isRepeatable: true,
      parse: agentStatus,
    },
    { flags: '--mode <mode>', summary: 'suppose this mode: automatic, online, offline', choices: MODE_POLICIES },
    {
      flags: '--auto-offline <on|off>',
      summary: 'suppose auto-offline is on or off',
      choices: ['on', 'off'],
      parse: onOrOff,
    },
    { flags: '--after <agent>', completes: 'agents', summary: 'suppose this agent was routed last (the cursor)' },
    { flags: '--url <url>', summary: 'the page the visitor is on' },
    VISITOR_OPTION,
    {
      flags: '--visitor-zone <zone>',
      completes: 'zones',
      summary: 'the visitor\'s time zone, for "when you are back"',
    },
    {
      flags: '--route <target>',
      summary: 'rules, agent:X, team:X, round-robin:X,Y, account-owner or playbook:ID',
      completes: 'targets',
    },
    {
      flags: '--strategy <name>',
      summary: 'suppose groups pick in-order, random, least-open or least-recent',
      choices: STRATEGIES,
    },
    { flags: '--seed <number>', summary: 'the seed of strategy random', parse: wholeNumber(0, 2 ** 32 - 1) },
    { flags: '--sequence <count>', summary: 'route this many visitors in a row', parse: wholeNumber(1, 1_000_000) },
    { flags: '--next [count]', summary: 'list the next changes of the mode', parse: wholeNumber(1, 10_000) },
    { flags: '--from <time>', summary: 'answer a stretch of time, from here' },
    { flags: '--to <time>', summary: 'to here' },
    { flags: '--timeline', summary: `draw the stretch (default: ${DEFAULT_TIMELINE_DAYS} days from --at)` },
  ],
  fields: [
    'at',
    'timeZone',
    'widget',
    'visitor',
    'routing',
    'agents',
    'reasons',
    'warnings',
    'teams',
    'basis',
    'next',
    'hidden',
    'sequence',
  ],
  list: {
    key: 'changes',
    fields: [
      'at',
      'mode',
      'source',
      'visible',
      'playbook',
      'rule',
      'assignee',
      'assigneeName',
      'calendar',
      'available',
      'promised',
    ],
  },
  examples: [
    'simulate --file docs/sample/acme.yaml --at "fri 17:30"',
    'simulate --file docs/sample/acme.yaml --agent sam=away --agent lena=away --auto-offline on',
    'simulate --file docs/sample/acme.yaml --url /pricing --visitor company.size=80 --json',
    'simulate --file docs/sample/acme.yaml --route team:support --sequence 10',
    'simulate --file docs/sample/acme.yaml --from "mon 00:00" --to "in 14d" --timeline',
  ],
  async run(options, context) {
    checkFlags(options)
    return withWorkspace(options, context, (workspace) =>
      asksTimeline(options) ? runTimeline(workspace, options, context) : runDecision(workspace, options, context),
    )
  },
})

async function runDecision(
  workspace: AskedWorkspace,
  options: SimulateOptions,
  context: Context,
): Promise<CommandResult> {
  const at = await readTime(options.at, '--at', workspace.zone, context)
  const answer = await workspace.simulate({
    ...commonRequest(options, context),
    at,
    sequence: options.sequence,
    next: options.next === true ? DEFAULT_CHANGES : options.next,
  })
  const assumed = answer.basis && (await assumedPeople(options, () => workspace.basis(at, at, assumptionsOf(options))))
  return {
    json: answer,
    text: async (style) =>
      (await import('../output/views/decision.js')).renderDecision(answer, {
        name: workspace.name,
        visitorZone: options.visitorZone,
        assumed,
        style,
      }),
  }
}

async function runTimeline(
  workspace: AskedWorkspace,
  options: SimulateOptions,
  context: Context,
): Promise<CommandResult> {
  const from = await readTime(
    options.from ?? options.at,
    options.from === undefined ? '--at' : '--from',
    workspace.zone,
    context,
  )
  const to =
    options.to === undefined
      ? from + DEFAULT_TIMELINE_DAYS * DAY_MS
      : await readTime(options.to, '--to', workspace.zone, context)
  if (to <= from) {
    throw new DriftStatusError('usage', `--to is not after ${options.from === undefined ? 'now' : '--from'}`, {
      hint: 'swap them, or write --to with a date',
    })
  }
  const request = commonRequest(options, context)
  const answer = await workspace.timeline({ ...request, from, to })
  const start = Math.max(from, context.now())
  const assumed =
    answer.basis && (await assumedPeople(options, () => workspace.basis(start, to, assumptionsOf(options))))
  return {
    json: answer,
    isSentence: options.timeline === true,
    text: async (style) =>
      (await import('../output/views/timeline.js')).renderTimeline(answer, workspace.name, {
        style,
        assumed,
        isDrawn: options.timeline === true,
      }),
  }
}

/** Refuses flags that do not go together, before anything is opened. */
function checkFlags(options: SimulateOptions): void {
  if (!asksTimeline(options) || (options.sequence === undefined && options.next === undefined)) return
  throw new DriftStatusError('usage', '--sequence and --next ask about one time, not a stretch', {
    hint: 'leave out --from, --to and --timeline',
  })
}

function asksTimeline({ from, to, timeline }: SimulateOptions): boolean {
  return from !== undefined || to !== undefined || timeline === true
}

function commonRequest(options: SimulateOptions, context: Context): Omit<TimelineRequest, 'from' | 'to'> {
  const { url, visitor, visitorZone, route, strategy, after, seed } = options
  return {
    now: context.now(),
    assumptions: assumptionsOf(options),
    visitor: { url, attributes: readFacts(visitor), timeZone: visitorZone },
    route,
    strategy,
    after,
    seed: seed ?? context.newSeed(),
  }
}

function assumptionsOf({ agent = [], mode, autoOffline }: SimulateOptions): Assumptions {
  return { agents: Object.fromEntries(unambiguous('--agent', agent)), mode, autoOffline }
}

function agentStatus(text: string): readonly [string, AgentStatus] {
  const [who, status] = pair(text)
  return [who.trim(), oneOf(AGENT_STATUSES)(status.trim())]
}
