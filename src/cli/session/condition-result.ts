import type { ConditionAnswer } from '../../domain/questions/check-condition.js'
import type { CommandResult, OptionSpec } from '../command.js'
import { EXIT_CONDITION, EXIT_OK } from '../exit-codes.js'

/** What each condition is about. */
export const CONDITION_WORDS =
  'online, offline     the widget mode, everything counted\n' +
  'open                the business hours alone\n' +
  'staffed, unstaffed  an agent is available, or none'

export const TEAM_OPTION: OptionSpec = {
  flags: '--team <team>',
  summary: 'of this team, not of the whole workspace',
  completes: 'teams',
}

/** The parts of a condition's JSON answer. */
export const CONDITION_FIELDS = ['at', 'timeZone', 'condition', 'team', 'holds', 'until']

/** A condition that was asked for: exit code 0 when it holds, 3 when it does not. */
export function conditionResult(answer: ConditionAnswer): CommandResult {
  const { condition, team, holds } = answer
  const asked = `${condition}${team === undefined ? '' : ` (team ${team})`}`
  return {
    json: answer,
    text: (style) => (holds ? style.good(`yes, ${asked}`) : style.bad(`no, not ${asked}`)),
    exitCode: holds ? EXIT_OK : EXIT_CONDITION,
  }
}
