import { defineCommand } from '../command.js'
import { EXIT_CONDITION, EXIT_OK } from '../exit-codes.js'
import { readTime } from '../flags/typed-time.js'
import { AT_OPTION, FILE_OPTION, type FileOptions, LIVE_OPTION, withWorkspace } from '../session/workspace-options.js'

interface LintOptions extends FileOptions {
  readonly at?: string
}

export const lint = defineCommand<LintOptions>({
  name: 'lint',
  summary: 'find what would surprise an admin or a visitor',
  description:
    'Finds what would surprise an admin or a visitor, now and in the week that follows.\nExits 3 when a finding is an error, 2 when the document is not valid.',
  options: [FILE_OPTION, LIVE_OPTION, AT_OPTION],
  fields: ['workspace', 'errors', 'warnings', 'findings'],
  examples: ['lint --file docs/sample/acme.yaml', 'lint --file workspace.yaml --json'],
  run: (options, context) =>
    withWorkspace(options, context, async (workspace) => {
      const findings = await workspace.lint(await readTime(options.at, '--at', workspace.zone, context))
      const errors = findings.filter(({ severity }) => severity === 'error').length
      return {
        json: { workspace: workspace.name, errors, warnings: findings.length - errors, findings },
        text: async (style) =>
          (await import('../output/views/findings.js')).renderLint(findings, workspace.name, style),
        exitCode: errors > 0 ? EXIT_CONDITION : EXIT_OK,
      }
    }),
})
