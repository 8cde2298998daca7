import { CONDITIONS, type Condition } from '../../domain/words.js'
import { defineCommand } from '../command.js'
import { EXIT_CONDITION, EXIT_OK } from '../exit-codes.js'
import { readTime } from '../flags/typed-time.js'
import { AT_OPTION, FILE_OPTION, type FileOptions, LIVE_OPTION, withWorkspace } from '../session/workspace-options.js'

interface IsOptions extends FileOptions {
  readonly condition: Condition
  readonly at?: string
}

export const is = defineCommand<IsOptions>({
  name: 'is',
  summary: 'exit 0 when a condition holds, 3 when not; for scripts',
  description:
    'Exits 0 when the condition holds and 3 when it does not.\n\n' +
    'online, offline  the widget mode, everything counted\n' +
    'open             the business hours alone\n' +
    'staffed          an agent is available',
  arguments: [{ name: '<condition>', summary: 'online, offline, open or staffed', choices: CONDITIONS }],
  options: [FILE_OPTION, LIVE_OPTION, AT_OPTION],
  fields: ['at', 'timeZone', 'condition', 'holds'],
  examples: ['is online --file docs/sample/acme.yaml', 'is open --file docs/sample/acme.yaml --at "2026-12-24 13:00"'],
  run: (options, context) =>
    withWorkspace(options, context, async (workspace) => {
      const answer = await workspace.is(options.condition, await readTime(options.at, '--at', workspace.zone, context))
      return {
        json: answer,
        text: (style) =>
          answer.holds ? style.good(`yes, ${options.condition}`) : style.bad(`no, not ${options.condition}`),
        exitCode: answer.holds ? EXIT_OK : EXIT_CONDITION,
      }
    }),
})
