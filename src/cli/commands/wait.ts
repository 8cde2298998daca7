import { DriftStatusError } from '../../domain/errors.js'
import { CONDITIONS, type Condition } from '../../domain/words.js'
import { type CommandResult, defineCommand, type GlobalOptions } from '../command.js'
import { duration } from '../flags/values.js'
import { CONDITION_FIELDS, CONDITION_WORDS, conditionResult, TEAM_OPTION } from '../session/condition-result.js'
import { tellConnection } from '../session/tell-connection.js'
import { withClient } from '../session/with-profile.js'

interface WaitOptions extends GlobalOptions {
  readonly condition: Condition
  readonly team?: string
  /** Milliseconds. */
  readonly timeout?: number
}

export const wait = defineCommand<WaitOptions>({
  name: 'wait',
  summary: 'wait until a condition holds; for scripts',
  description:
    'Waits until the condition holds, because of a change or of time alone; ends at once when it does already. Exits 0\n' +
    `when it holds, 3 when it does not before the timeout, 130 when interrupted.\n\n${CONDITION_WORDS}`,
  arguments: [{ name: '<condition>', summary: 'online, offline, open, staffed or unstaffed', choices: CONDITIONS }],
  options: [
    { flags: '--timeout <duration>', summary: 'wait 45s, 10m, 2h, 1d at most (default: for ever)', parse: duration },
    TEAM_OPTION,
  ],
  fields: [...CONDITION_FIELDS, 'waitedMs'],
  examples: ['wait online', 'wait staffed --team support --timeout 10m', 'wait online --timeout 2h --json'],
  run: (options, context) =>
    withClient(options, context, async (client): Promise<CommandResult> => {
      const { condition, team, timeout } = options
      const start = performance.now()
      const signal = context.interruption()
      const { waitForCondition } = await import('../session/wait-for-condition.js')
      const asked = { condition, ...(team !== undefined && { team }) }
      const answer = await waitForCondition(client, asked, {
        signal,
        timeoutMs: timeout,
        tell: (lost) => tellConnection(lost, options, context),
      })
      if (!answer.holds && signal.aborted) {
        throw new DriftStatusError('interrupted', `interrupted while it waited for "${condition}"`)
      }
      const waitedMs = Math.round(performance.now() - start)
      return { ...conditionResult(answer), json: { ...answer, waitedMs } }
    }),
})
