import type { Client } from '../../api/client.js'
import type { DutyDocument, ShiftDocument } from '../../domain/document/duty-schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { parseDays } from '../../domain/time/weekdays.js'
import { Zone } from '../../domain/time/zone.js'
import { ROTATIONS, type RotationPeriod } from '../../domain/words.js'
import type { OptionSpec, WriteFlags } from '../command.js'
import type { Context } from '../context.js'
import { readRanges } from '../flags/day-ranges.js'
import { addItem, removeItem, replaceItem } from '../flags/named-items.js'
import { type Someone, someoneNamed } from '../flags/someone.js'
import { naming, wholeNumber } from '../flags/values.js'
import { editVersioned, writeOptions } from '../session/with-profile.js'
import { defineWrite } from '../session/workspace-command.js'

export const SHIFT = { name: '<shift>', summary: 'the id of a shift', completes: 'shifts' } as const

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
  const people = await Promise.all(agent.map((who) => someoneNamed(client, who)))
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
