import { type StatusWriteAnswer, statusNow } from '../../api/contract/answers.js'
import { DriftStatusError } from '../../domain/errors.js'
import type { AgentStatus } from '../../domain/words.js'
import { type CommandSpec, defineCommand, WRITE_FIELDS, WRITE_OPTIONS, type WriteFlags } from '../command.js'
import { type PeriodFlags, readPeriod, readWorkspaceTime } from '../flags/typed-time.js'
import { withAgents, writeOptions, writeResult } from '../session/with-profile.js'
import { defineWrite } from '../session/workspace-command.js'
import { describePeriod, describeTime, PERIOD_OPTIONS } from './widget.js'

export const WHO = {
  name: '<who>',
  summary: 'an agent: id, email or name; "me" is yourself',
  completes: 'agents',
} as const

export const agentAvailable = statusCommand('available')
export const agentAway = statusCommand('away')

interface StatusFlags extends WriteFlags, PeriodFlags {
  readonly who?: string
  readonly agent?: string
  readonly note?: string
}

function statusCommand(status: AgentStatus): CommandSpec {
  return defineCommand<StatusFlags>({
    name: `agent ${status}`,
    summary: status === 'away' ? 'step away from the counter' : 'step behind the counter',
    description:
      `Sets your own status to ${status}; that of another, who is named, needs the admin role. After --for or\n` +
      '--until the status from before holds again, until its own end; with --from it is planned, and begins by itself.\n' +
      'The widget mode is never written by a status.',
    arguments: [{ ...WHO, name: '[who]' }],
    options: [
      ...PERIOD_OPTIONS,
      { flags: '--note <text>', summary: 'a note that others see, e.g. lunch' },
      { flags: '--agent <who>', summary: 'the same as the argument', completes: 'agents', isHidden: true },
      ...WRITE_OPTIONS,
    ],
    fields: WRITE_FIELDS,
    examples:
      status === 'away'
        ? [
            'agent away',
            'agent away --for 45m --note lunch',
            'agent away ana@acme.example --until "tomorrow 9am"',
            'agent away --from "24 dec" --until "2 jan 9am" --note vacation',
          ]
        : ['agent available', 'agent available ana'],
    run: (options, context) =>
      withAgents(options, context, async (client) => {
        const who = whoOf(options)
        const { from, until } = await readPeriod(options, client, context)
        const request = {
          id: who ?? 'me',
          status,
          ...(from !== undefined && { from }),
          ...(until !== undefined && { until }),
          ...(options.note !== undefined && { note: options.note }),
        }
        const answer = await client.putStatus(request, writeOptions(options))
        const isSelf = who === undefined
        const { name = answer.agent.id } = answer.agent
        if (from !== undefined && until !== undefined) {
          const period = describePeriod(from, until, answer.timeZone, context.now())
          return writeResult(answer, `${isSelf ? 'You' : name} will be ${status} ${period}`)
        }
        const subject = isSelf ? 'You are' : `${name} is`
        const end = answer.dryRun ? '' : describeEnd(until, answer, context.now())
        return writeResult(
          answer,
          `${subject} ${status}${end}`,
          `${isSelf ? 'You were' : `${name} was`} the last one available`,
        )
      }),
  })
}

/** Whom a status is set of; undefined for oneself. */
function whoOf({ who, agent }: StatusFlags): string | undefined {
  if (who === undefined || agent === undefined || who === agent) return who ?? agent
  throw new DriftStatusError('usage', 'two agents are named', { hint: 'leave out --agent' })
}

export const agentAuto = defineCommand<WriteFlags & { who?: string }>({
  name: 'agent auto',
  summary: 'let the duty decide whether you are available',
  description:
    'Makes your status, or that of another who is named, follow the duty: available within the shifts, and away\n' +
    'outside them, with nothing running in between. "agent away" and "agent available" go before it.',
  arguments: [{ ...WHO, name: '[who]' }],
  options: WRITE_OPTIONS,
  fields: WRITE_FIELDS,
  examples: ['agent auto', 'agent auto ana'],
  run: (options, context) =>
    withAgents(options, context, async (client) => {
      const answer = await client.putStatus({ id: options.who ?? 'me', status: 'automatic' }, writeOptions(options))
      const { name = answer.agent.id } = answer.agent
      const isSelf = options.who === undefined
      const now = `${isSelf ? 'you are' : `${name} is`} ${statusNow(answer.agent)} now`
      return writeResult(answer, `${isSelf ? 'You follow' : `${name} follows`} the duty: ${now}`)
    }),
})

export const agentPlan = defineWrite<{ action: 'remove'; from: string; who?: string }>({
  name: 'agent plan',
  isLive: true,
  summary: 'take back a status that begins later',
  description: 'What is planned is shown by "agent show"; it is taken back by the time at which it begins.',
  arguments: [
    { name: '<action>', summary: 'remove', choices: ['remove'] },
    { name: '<from>', summary: 'when it begins: "24 dec", ISO 8601' },
    { ...WHO, name: '[who]' },
  ],
  examples: ['agent plan remove "24 dec"', 'agent plan remove "24 dec" ana'],
  write: async (client, { from: typed, who = 'me' }, writing, context) => {
    const from = await readWorkspaceTime(typed, 'argument <from>', client, context, 'future')
    const answer = await client.deletePlanned({ id: who, from }, writing)
    const whose = who === 'me' ? 'Your status' : `The status of ${answer.agent.name ?? answer.agent.id}`
    return [answer, `${whose} from ${describeTime(from, answer.timeZone, context.now())} is taken back`]
  },
})

/** R15: an end after which the same status would hold changes nothing, and the answer says so. */
function describeEnd(
  asked: string | undefined,
  { agent: { until }, timeZone }: Pick<StatusWriteAnswer, 'agent' | 'timeZone'>,
  now: number,
): string {
  if (asked !== undefined && until !== undefined) return ` until ${describeTime(until, timeZone, now)}`
  return asked === undefined ? '' : ', which is the lasting status: the end changes nothing'
}
