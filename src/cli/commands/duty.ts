import type { Client } from '../../api/client.js'
import type { RequestOf } from '../../api/contract/operations.js'
import type { DutyDocument, ShiftDocument } from '../../domain/document/duty-schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { TurnAnswer } from '../../domain/questions/duty-view.js'
import { DAY_MS, MINUTE_MS, weekdayIndex } from '../../domain/time/calendar-date.js'
import { formatFullMoment, formatMoment } from '../../domain/time/moment.js'
import { parseDays } from '../../domain/time/weekdays.js'
import { type Instant, Zone } from '../../domain/time/zone.js'
import { ROTATIONS, type RotationPeriod } from '../../domain/words.js'
import { defineCommand, type OptionSpec, type WriteFlags } from '../command.js'
import type { Context } from '../context.js'
import { readRanges } from '../flags/day-ranges.js'
import { addItem, findItem, removeItem, replaceItem } from '../flags/named-items.js'
import { type PeriodFlags, readTime } from '../flags/typed-time.js'
import { duration, naming, wholeNumber } from '../flags/values.js'
import { editVersioned, writeOptions } from '../session/with-profile.js'
import { defineCall, defineWrite } from '../session/workspace-command.js'
import { FILE_OPTION, type FileOptions, withWorkspace } from '../session/workspace-options.js'

const SHIFT = { name: '<shift>', summary: 'the id of a shift', completes: 'shifts' } as const
const TURN_FIELDS = ['from', 'to', 'shift', 'name', 'places'] as const
/** More turns than a week of any counter has. */
const MAX_TURNS = 10_000

export const dutyShow = defineCommand<FileOptions & { week?: string }>({
  name: 'duty show',
  summary: 'who is on duty in a week',
  isDefault: true,
  options: [FILE_OPTION, { flags: '--week <time>', summary: 'the week that contains this time (default: now)' }],
  list: { key: 'turns', fields: TURN_FIELDS },
  examples: ['duty', 'duty show --week 2026-12-24', 'duty show --file docs/sample/rota.yaml'],
  run: (options, context) =>
    withWorkspace(options, context, async (workspace) => {
      const { zone, name } = workspace
      const at = await readTime(options.week, '--week', zone, context)
      const today = Math.floor(zone.toLocal(at) / DAY_MS)
      const monday = today - weekdayIndex(today)
      const [from, to] = [monday, monday + 7].map((day) => zone.toInstant(day * DAY_MS)) as [Instant, Instant]
      const answer = await workspace.turns({ from, to, limit: MAX_TURNS })
      return {
        json: answer,
        text: async (style) =>
          (await import('../output/views/duty.js')).renderDutyWeek(answer, { name, monday, now: context.now(), style }),
      }
    }),
})

export const dutyList = defineCall({
  name: 'duty list',
  summary: 'the shifts: when, and who takes them',
  list: { key: 'shifts', fields: ['id', 'name', 'days', 'hours', 'timeZone', 'agents', 'rotate'] },
  examples: ['duty list', 'duty list --json'],
  call: async (client) => {
    const [answer, { value: general }] = await Promise.all([client.getDuty({}), client.getSettings({})])
    const told = { ...answer, timeZone: general.timeZone }
    return {
      json: { ...answer.value, revision: answer.revision },
      text: async (style) => (await import('../output/views/duty.js')).renderShifts(told, style),
    }
  },
})

export const dutyNext = defineCall<{ count?: number; agent?: string }>({
  name: 'duty next',
  summary: 'when you, or another agent, are on duty next',
  arguments: [{ name: '[count]', summary: 'how many turns (default: 1)', parse: wholeNumber(1, 1000) }],
  options: [{ flags: '--agent <who>', summary: 'another agent: id, email or name', completes: 'agents' }],
  list: { key: 'turns', fields: TURN_FIELDS },
  examples: ['duty next', 'duty next 5 --agent ana'],
  call: async (client, { count = 1, agent = 'me' }, context) => {
    const [{ value }, answer] = await Promise.all([
      client.getAgent({ id: agent }),
      client.listTurns({ agent, limit: count }),
    ])
    const whose = agent === 'me' ? undefined : (value.name ?? value.id)
    return {
      json: answer,
      text: async (style) =>
        (await import('../output/views/duty.js')).renderNextDuties(answer, { whose, now: context.now(), style }),
    }
  },
})

interface ShiftFlags extends WriteFlags {
  readonly shift: string
  readonly name?: string
  readonly days?: string
  readonly hours?: readonly string[]
  readonly timeZone?: string
  readonly agent?: readonly string[]
  readonly every?: RotationPeriod | 'none'
  readonly from?: string
  readonly count?: number
}

const SHIFT_OPTIONS: readonly OptionSpec[] = [
  { flags: '--name <name>', summary: 'the name' },
  { flags: '--days <days>', summary: 'mon-fri, sat,sun, weekdays or all', completes: 'days' },
  { flags: '--hours <range>', summary: 'from when to when: 09:00-13:00', isRepeatable: true },
  { flags: '--time-zone <zone>', summary: "of its hours (default: the workspace's)", completes: 'zones' },
  {
    flags: '--agent <who>',
    summary: 'who is on duty, all of them; or who takes turns, in order',
    isRepeatable: true,
    completes: 'agents',
  },
  { flags: '--every <period>', summary: 'they take turns of a day or a week', choices: [...ROTATIONS, 'none'] },
  { flags: '--from <date>', summary: 'the date from which turns are counted (default: today)' },
  { flags: '--count <people>', summary: 'people a turn (default: 1)', parse: wholeNumber(1, 1000) },
]

export const dutyAdd = defineWrite<ShiftFlags>({
  name: 'duty add',
  summary: 'add a shift: days, hours, and who takes it',
  description:
    'With --every they take turns, in the order in which they are named; without it all of them are on duty.\n' +
    'A shift writes no status: "agent auto" lets the status of an agent follow the duty.',
  arguments: [{ name: '<shift>', summary: 'a new id' }],
  options: SHIFT_OPTIONS,
  examples: [
    'duty add front --name "Front desk" --days mon-fri --hours 09:00-13:00 --agent 1 --agent 2',
    'duty add late --days mon-fri --hours 13:00-22:00 --every week --agent 1 --agent 2 --agent 4',
  ],
  write: async (client, options, _writing, context) => {
    const { shift: id, days, hours, agent } = options
    const missing = Object.entries({ days, hours, agent }).flatMap(([flag, value]) => (value ? [] : [`--${flag}`]))
    if (missing.length > 0) {
      throw new DriftStatusError('usage', `a shift needs ${missing.join(', ')}`, {
        hint: 'run "drift-status duty add --help"',
      })
    }
    const [settings, people] = await shiftSettings(options, client, context)
    const answer = await editDuty(client, options, (duty) => ({
      ...duty,
      shifts: addItem(duty.shifts, changeShift({ id } as ShiftDocument, settings), 'shift'),
    }))
    return [answer, `Shift ${id} is added${byHandWords(people)}`]
  },
})

export const dutyEdit = defineWrite<ShiftFlags>({
  name: 'duty edit',
  summary: 'change a shift; covers of turns that it no longer has go',
  arguments: [SHIFT],
  options: SHIFT_OPTIONS,
  examples: ['duty edit front --hours 08:00-12:00', 'duty edit late --every none --agent 1 --agent 2'],
  write: async (client, options, _writing, context) => {
    const [settings, people] = await shiftSettings(options, client, context)
    if (Object.values(settings).every((value) => value === undefined)) {
      throw new DriftStatusError('usage', 'there is nothing to change', { hint: 'run "drift-status duty edit --help"' })
    }
    const answer = await editDuty(client, options, (duty) => ({
      ...duty,
      shifts: replaceItem(duty.shifts, options.shift, 'shift', (shift) => changeShift(shift, settings)),
    }))
    return [answer, `Shift ${options.shift} is changed${byHandWords(people)}`]
  },
})

export const dutyRemove = defineWrite<WriteFlags & { shift: string }>({
  name: 'duty remove',
  summary: 'remove a shift, and its covers',
  arguments: [SHIFT],
  examples: ['duty remove late'],
  write: async (client, options) => {
    const answer = await editDuty(client, options, (duty) => ({
      shifts: removeItem(duty.shifts, options.shift, 'shift'),
      covers: duty.covers.filter(({ shift }) => shift !== options.shift),
    }))
    return [answer, `Shift ${options.shift} is removed`]
  },
})

const PERIOD: readonly OptionSpec[] = [
  { flags: '--from <time>', summary: 'from when (default: as the turn begins)' },
  { flags: '--until <time>', summary: 'until when (default: as the turn ends)' },
  { flags: '--for <duration>', summary: 'for how long, instead of --until', parse: duration },
]

interface CoverFlags extends PeriodFlags {
  readonly shift: string
  readonly who?: string
  readonly instead?: string
  readonly note?: string
}

export const dutyCover = defineWrite<CoverFlags>({
  name: 'duty cover',
  summary: "let one agent take another's place for some time",
  description:
    'Without times it is the turn that runs, or else the next one. You may give away a place of your own; that of\n' +
    'another needs an admin. Of two covers of the same place the later one holds.',
  arguments: [SHIFT],
  options: [
    { flags: '--who <who>', summary: 'who takes the place (default: you)', completes: 'agents' },
    { flags: '--instead <who>', summary: 'whose place it is (default: yours)', completes: 'agents' },
    ...PERIOD,
    { flags: '--note <text>', summary: 'why, for those who look, e.g. dentist' },
  ],
  examples: [
    'duty cover front --who kofi --instead ana --from "tue 09:00" --until "tue 13:00"',
    'duty cover front --who kofi --note dentist',
  ],
  write: async (client, options, writing, context) => {
    const { shift, who = 'me', instead = 'me', note } = options
    if (who === instead) {
      throw new DriftStatusError('usage', 'nobody covers for themselves', { hint: 'name --who, or --instead' })
    }
    const [taker, giver] = await Promise.all([agentOf(client, who), agentOf(client, instead)])
    const zone = Zone.of((await client.getSettings({})).value.timeZone)
    const begin =
      options.from === undefined ? undefined : await readTime(options.from, '--from', zone, context, 'future')
    const answer = await client.listTurns({ agent: giver.id, ...(begin !== undefined && { from: iso(begin) }) })
    findItem((await client.getDuty({})).value.shifts, shift, 'shift')
    const turn = answer.turns.find((one) => one.shift === shift)
    if (!turn) {
      throw new DriftStatusError('not-found', `${giver.name} has no duty in shift "${shift}" to give away`, {
        rule: 'R33',
        hint: describeNext(answer.turns[0], giver.name, zone),
      })
    }
    const from = begin === undefined ? minuteOf(turn.from) : iso(begin)
    const to = await readCoverEnd(options, from, turn.to, zone, context)
    const cover = { shift, from, to, agent: taker.id, instead: giver.id, ...(note !== undefined && { note }) }
    const written = await client.addCovers({ covers: [cover] }, writing)
    return [
      written,
      `${taker.name} takes the place of ${giver.name} in ${turn.name} ${during(from, to, zone, context)}`,
    ]
  },
})

export const dutyTake = defineWrite<Omit<CoverFlags, 'shift' | 'who'> & { shift?: string }>({
  name: 'duty take',
  summary: 'take over the shift that is running, or take back a place of your own',
  description:
    'You are on duty instead of who is, until the turn ends. Everyone may take a running shift, and their own place\n' +
    'back; a coming turn of another needs an admin.',
  arguments: [{ ...SHIFT, name: '[shift]' }],
  options: [
    { flags: '--instead <who>', summary: 'whose place, where several are on duty', completes: 'agents' },
    ...PERIOD,
    { flags: '--note <text>', summary: 'why, for those who look' },
  ],
  examples: ['duty take', 'duty take front --instead ana', 'duty take front --from "tue 09:00"'],
  write: async (client, options, writing, context) => {
    const me = await agentOf(client, 'me')
    const zone = Zone.of((await client.getSettings({})).value.timeZone)
    const at = await readTime(options.from, '--from', zone, context, 'future')
    const turn = await runningTurn(client, options.shift, at, zone)
    const others = turn.places.filter(({ agent }) => agent !== me.id)
    const names = await namesOf(client, others)
    const instead = options.instead === undefined ? undefined : (await agentOf(client, options.instead)).id
    const own = others.find((place) => place.instead === me.id)
    if (turn.places.length > others.length && !own && instead === undefined) {
      throw new DriftStatusError('conflict', `you are on duty in ${turn.name} already`, {
        rule: 'R33',
        hint: 'name whose place you take as well: --instead',
      })
    }
    const place = instead === undefined ? (own ?? only(others)) : others.find(({ agent }) => agent === instead)
    if (!place) throw whichPlace(turn, others, options.instead, names)
    const from = options.from === undefined ? minuteOf(turn.from) : iso(at)
    const to = await readCoverEnd(options, from, turn.to, zone, context)
    const { note } = options
    const cover = {
      shift: turn.shift,
      from,
      to,
      agent: me.id,
      instead: place.agent,
      ...(note !== undefined && { note }),
    }
    const written = await client.addCovers({ covers: [cover] }, writing)
    const giver = names.get(place.agent) ?? place.agent
    return [written, `You take over from ${giver} in ${turn.name} ${during(from, to, zone, context)}`]
  },
})

export const dutySwap = defineWrite<{ who: string; at: string; with: string; other: string }>({
  name: 'duty swap',
  summary: 'let two agents swap a turn each',
  description: 'Each turn is named by its agent and a time within it. Both are swapped in one revision.',
  arguments: [
    { name: '<who>', summary: 'an agent', completes: 'agents' },
    { name: '<at>', summary: 'a time of their turn: "tue 09:00"' },
    { name: '<with>', summary: 'the other agent', completes: 'agents' },
    { name: '<other>', summary: 'a time of the turn of the other' },
  ],
  examples: ['duty swap ana "tue 09:00" kofi "wed 13:00"'],
  write: async (client, options, writing, context) => {
    const zone = Zone.of((await client.getSettings({})).value.timeZone)
    const [first, second] = await Promise.all([agentOf(client, options.who), agentOf(client, options.with)])
    if (first.id === second.id) {
      throw new DriftStatusError('usage', `${first.name} is named twice`, { hint: 'name two agents', rule: 'R33' })
    }
    const [one, two] = [
      await turnOf(client, first, await readTime(options.at, 'argument <at>', zone, context, 'future'), zone),
      await turnOf(client, second, await readTime(options.other, 'argument <other>', zone, context, 'future'), zone),
    ]
    const covers: RequestOf<'addCovers'>['covers'] = [
      { shift: one.shift, from: one.from, to: one.to, agent: second.id, instead: first.id },
      { shift: two.shift, from: two.from, to: two.to, agent: first.id, instead: second.id },
    ]
    const written = await client.addCovers({ covers }, writing)
    const [a, b] = [one, two].map((turn) => `${turn.name} ${during(turn.from, turn.to, zone, context)}`)
    return [written, `${second.name} takes ${a}, and ${first.name} takes ${b}`]
  },
})

interface Someone {
  readonly id: string
  readonly name: string
  /** Whether the duty decides the status. */
  readonly isAutomatic: boolean
}

async function agentOf(client: Client, who: string): Promise<Someone> {
  const { id, name = id, status, afterwards } = (await client.getAgent({ id: who })).value
  return { id, name, isAutomatic: (afterwards?.at(-1)?.status ?? status) === 'automatic' }
}

async function namesOf(client: Client, places: TurnAnswer['places']): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(places.map(({ agent }) => agentOf(client, agent)))
  return new Map(found.map(({ id, name }) => [id, name]))
}

function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined
}

/** The turn of a shift at a time; without a shift the only one that runs. */
async function runningTurn(client: Client, shift: string | undefined, at: Instant, zone: Zone): Promise<TurnAnswer> {
  if (shift !== undefined) findItem((await client.getDuty({})).value.shifts, shift, 'shift')
  const { turns } = await client.listTurns({ from: iso(at) })
  const ofShift = turns.filter((turn) => shift === undefined || turn.shift === shift)
  const running = ofShift.filter(({ from }) => Date.parse(from) <= at)
  const turn = only(running)
  if (turn) return turn
  const when = formatFullMoment(at, zone)
  if (running.length > 1) {
    throw new DriftStatusError('usage', `several shifts run at ${when}`, {
      hint: `name one of them: ${[...new Set(running.map((one) => one.shift))].join(', ')}`,
    })
  }
  const [next] = ofShift
  throw new DriftStatusError(
    'not-found',
    `no ${shift === undefined ? 'shift' : `turn of "${shift}"`} runs at ${when}`,
    {
      hint: next && `the next begins ${formatFullMoment(Date.parse(next.from), zone)}: name it by --from`,
    },
  )
}

function whichPlace(
  { name }: TurnAnswer,
  others: TurnAnswer['places'],
  asked: string | undefined,
  names: ReadonlyMap<string, string>,
): DriftStatusError {
  const listed = others.map(({ agent }) => names.get(agent) ?? agent).join(', ')
  const message = asked === undefined ? `several are on duty in ${name}` : `${asked} is not on duty in ${name}`
  return new DriftStatusError('usage', message, { hint: `say whose place with --instead: ${listed}` })
}

/** The turn of an agent at a time. */
async function turnOf(client: Client, { id, name }: Someone, at: Instant, zone: Zone): Promise<TurnAnswer> {
  const { turns } = await client.listTurns({ agent: id, from: iso(at), limit: 1 })
  const [turn] = turns
  if (turn && Date.parse(turn.from) <= at) return turn
  throw new DriftStatusError('not-found', `${name} is not on duty at ${formatFullMoment(at, zone)}`, {
    rule: 'R33',
    hint: describeNext(turn, name, zone),
  })
}

function describeNext(turn: TurnAnswer | undefined, name: string, zone: Zone): string {
  if (!turn) return `${name} is in no shift: see "drift-status duty list"`
  return `${name} is on duty next ${formatFullMoment(Date.parse(turn.from), zone)}, ${turn.name}`
}

async function readCoverEnd(flags: PeriodFlags, from: string, turnEnd: string, zone: Zone, context: Context) {
  if (flags.for !== undefined && flags.until !== undefined) {
    throw new DriftStatusError('usage', '--for and --until say the same thing', { hint: 'keep one of them' })
  }
  if (flags.for !== undefined) return iso(Date.parse(from) + flags.for)
  if (flags.until === undefined) return turnEnd
  return iso(await readTime(flags.until, '--until', zone, { ...context, now: () => Date.parse(from) }, 'future'))
}

/** `from Tue 09:00 to Tue 13:00 Europe/Berlin`. */
function during(from: string, to: string, zone: Zone, { now }: Context): string {
  const moment = (text: string) => formatMoment(Date.parse(text), zone, now())
  return `from ${moment(from)} to ${moment(to)} ${zone.name}`
}

/** A turn that is running is told from now on: seconds in a cover help nobody. */
function minuteOf(time: string): string {
  const at = Date.parse(time)
  return iso(at - (at % MINUTE_MS))
}

function iso(at: Instant): string {
  return new Date(at).toISOString()
}

interface ShiftSettings {
  readonly name: string | undefined
  readonly days: string | undefined
  readonly hours: ShiftDocument['hours'] | undefined
  readonly timeZone: string | undefined
  readonly agents: readonly string[] | undefined
  readonly every: RotationPeriod | 'none' | undefined
  readonly from: string | undefined
  readonly count: number | undefined
}

/** What flags say of a shift, and whom they name. */
async function shiftSettings(
  { name, days, hours, timeZone, agent = [], every, from, count }: ShiftFlags,
  client: Client,
  context: Context,
): Promise<readonly [ShiftSettings, readonly Someone[]]> {
  if (days !== undefined) parseDays(days)
  const people = await Promise.all(agent.map((who) => agentOf(client, who)))
  const settings = {
    name,
    days,
    hours: hours && (readRanges(hours)[0] as ShiftDocument['hours']),
    timeZone,
    agents: people.length === 0 ? undefined : people.map(({ id }) => id),
    every,
    from: from ?? (every === undefined || every === 'none' ? undefined : 'today'),
    count,
  }
  if (settings.from === undefined) return [settings, people]
  const { value } = await client.getSettings({})
  const { parseDates } = await import('../../domain/time/typed/parse-date.js')
  const zone = Zone.of(timeZone ?? value.timeZone)
  const date = naming('--from', () => parseDates(settings.from!, { now: context.now(), zone }))
  if (date.length === 10) return [{ ...settings, from: date }, people]
  throw new DriftStatusError('usage', '--from: turns are counted from one date', { hint: 'write 2026-11-30 or today' })
}

/** A shift with what flags say of it: who took part goes on doing so, and turns go on as they were. */
function changeShift(shift: ShiftDocument, settings: ShiftSettings): ShiftDocument {
  const { agents: all, rotate, ...rest } = shift
  const { name, days, hours, timeZone, every, from, count } = settings
  const agents = settings.agents ?? all ?? rotate?.agents ?? []
  const period = every ?? rotate?.every ?? 'none'
  if (period === 'none' && (from ?? count) !== undefined) {
    throw new DriftStatusError('usage', '--from and --count are of those who take turns', {
      hint: 'add --every day or --every week',
    })
  }
  const turns = { ...rotate, ...(from !== undefined && { from }), ...(count !== undefined && { count }) }
  return {
    ...rest,
    ...(name !== undefined && { name }),
    ...(days !== undefined && { days }),
    ...(hours !== undefined && { hours }),
    ...(timeZone !== undefined && { timeZone }),
    ...(period === 'none' ? { agents } : { rotate: { ...turns, agents, every: period } }),
  } as ShiftDocument
}

function editDuty(
  client: Client,
  options: WriteFlags & { shift: string },
  change: (duty: DutyDocument) => DutyDocument,
) {
  return editVersioned(
    () => client.getDuty({}),
    change,
    (duty, ifMatch) => client.putDuty({ duty }, { ...writeOptions(options), ifMatch }),
    ({ shifts, covers }) => [
      shifts.find(({ id }) => id === options.shift),
      covers.filter(({ shift }) => shift === options.shift),
    ],
  )
}

/** R32: a shift writes no status, and the sentence says whose goes on as it is. */
function byHandWords(people: readonly Someone[]): string {
  const byHand = people.filter(({ isAutomatic }) => !isAutomatic).map(({ name }) => name)
  if (byHand.length === 0) return ''
  const verb = byHand.length === 1 ? 'keeps' : 'keep'
  const told = byHand.length > 4 ? `${byHand.length} of them` : byHand.join(', ')
  return `; ${told} ${verb} their status by hand until "agent auto"`
}
