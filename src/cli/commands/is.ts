import { CONDITIONS, type Condition } from '../../domain/words.js'
import { defineCommand } from '../command.js'
import { readTime } from '../flags/typed-time.js'
import { CONDITION_FIELDS, CONDITION_WORDS, conditionResult, TEAM_OPTION } from '../session/condition-result.js'
import { AT_OPTION, FILE_OPTION, type FileOptions, LIVE_OPTION, withWorkspace } from '../session/workspace-options.js'

interface IsOptions extends FileOptions {
  readonly condition: Condition
  readonly at?: string
  readonly team?: string
}

export const is = defineCommand<IsOptions>({
  name: 'is',
  summary: 'exit 0 when a condition holds, 3 when not; for scripts',
  description: `Exits 0 when the condition holds and 3 when it does not.\n\n${CONDITION_WORDS}`,
  arguments: [{ name: '<condition>', summary: 'online, offline, open, staffed or unstaffed', choices: CONDITIONS }],
  options: [FILE_OPTION, LIVE_OPTION, AT_OPTION, TEAM_OPTION],
  fields: CONDITION_FIELDS,
  examples: [
    'is online --file docs/sample/acme.yaml',
    'is open --file docs/sample/acme.yaml --at "2026-12-24 13:00"',
    'is staffed --team support --file docs/sample/acme.yaml',
  ],
  run: (options, context) =>
    withWorkspace(options, context, async (workspace) => {
      const { condition, team } = options
      const at = await readTime(options.at, '--at', workspace.zone, context)
      return conditionResult(await workspace.is(condition, at, undefined, team))
    }),
})
