import type { Client } from '../../api/client.js'
import type { RequestOf } from '../../api/contract/operations.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { TurnAnswer } from '../../domain/questions/duty-view.js'
import { MINUTE_MS } from '../../domain/time/calendar-date.js'
import { formatFullMoment, formatMoment } from '../../domain/time/moment.js'
import { type Instant, Zone } from '../../domain/time/zone.js'
import type { OptionSpec } from '../command.js'
import type { Context } from '../context.js'
import { findItem } from '../flags/named-items.js'
import { type Someone, someoneNamed } from '../flags/someone.js'
import { type PeriodFlags, readTime } from '../flags/typed-time.js'
import { duration } from '../flags/values.js'
import { defineWrite } from '../session/workspace-command.js'
import { SHIFT } from './duty-shifts.js'

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
    const [taker, giver] = await Promise.all([someoneNamed(client, who), someoneNamed(client, instead)])
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
  isLive: true,
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
    const me = await someoneNamed(client, 'me')
    const zone = Zone.of((await client.getSettings({})).value.timeZone)
    const at = await readTime(options.from, '--from', zone, context, 'future')
    const turn = await runningTurn(client, options.shift, at, zone)
    const others = turn.places.filter(({ agent }) => agent !== me.id)
    const names = await namesOf(client, others)
    const instead = options.instead === undefined ? undefined : (await someoneNamed(client, options.instead)).id
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
    const [first, second] = await Promise.all([someoneNamed(client, options.who), someoneNamed(client, options.with)])
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

async function namesOf(client: Client, places: TurnAnswer['places']): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(places.map(({ agent }) => someoneNamed(client, agent)))
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
