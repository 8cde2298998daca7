import { DAY_MS, weekdayIndex } from '../../domain/time/calendar-date.js'
import type { Instant } from '../../domain/time/zone.js'
import { defineCommand } from '../command.js'
import { readTime } from '../flags/typed-time.js'
import { wholeNumber } from '../flags/values.js'
import { defineCall } from '../session/workspace-command.js'
import { FILE_OPTION, type FileOptions, withWorkspace } from '../session/workspace-options.js'

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
