import { defineCommand } from '../command.js'
import { EXIT_CONDITION, EXIT_OK } from '../exit-codes.js'
import { readTime } from '../flags/typed-time.js'
import { type FactEntry, readFacts, VISITOR_OPTION } from '../flags/visitor-flags.js'
import { AT_OPTION, FILE_OPTION, type FileOptions, LIVE_OPTION, withWorkspace } from '../session/workspace-options.js'

interface ReachableOptions extends FileOptions {
  readonly at?: string
  readonly url?: string
  readonly visitor?: readonly FactEntry[]
  readonly route?: string
}

export const reachable = defineCommand<ReachableOptions>({
  name: 'reachable',
  summary: 'can a person take a chat of this visitor now, who, and if not, when',
  description:
    'Exits 0 when a person who is available gets the chat, and 3 when nobody does; then it says when somebody is expected to,\n' +
    'looking twelve weeks ahead. Nothing is changed, and nobody is routed. The mode of the widget gates nobody: see "is online".',
  options: [
    FILE_OPTION,
    LIVE_OPTION,
    AT_OPTION,
    { flags: '--url <url>', summary: 'the page the visitor is on' },
    VISITOR_OPTION,
    {
      flags: '--route <target>',
      summary: 'rules, agent:X, team:X, round-robin:X,Y, account-owner or playbook:ID',
      completes: 'targets',
    },
  ],
  fields: [
    'at',
    'timeZone',
    'available',
    'assignee',
    'assigneeName',
    'rule',
    'mode',
    'candidates',
    'expectedAt',
    'expected',
    'expectedName',
    'lookedUntil',
    'basis',
  ],
  examples: [
    'reachable --file docs/sample/acme.yaml --visitor company.size=80',
    'reachable --file docs/sample/acme.yaml --route team:support --at "sat 10:00" --json',
  ],
  run: (options, context) =>
    withWorkspace(options, context, async (workspace) => {
      const { url, visitor, route } = options
      const answer = await workspace.reachable({
        at: await readTime(options.at, '--at', workspace.zone, context),
        visitor: { url, attributes: readFacts(visitor) },
        route,
      })
      return {
        json: answer,
        text: async (style) => (await import('../output/views/reachable.js')).renderReachable(answer, style),
        exitCode: answer.available ? EXIT_OK : EXIT_CONDITION,
      }
    }),
})
