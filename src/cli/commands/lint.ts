import type { LintFinding } from '../../domain/questions/lint-finding.js'
import { defineCommand } from '../command.js'
import type { Context } from '../context.js'
import { EXIT_CONDITION, EXIT_OK } from '../exit-codes.js'
import { readTime } from '../flags/typed-time.js'
import type { Lines } from '../output/line.js'
import type { PlacedFinding } from '../output/lint-formats.js'
import { toSafeJson } from '../output/safe-text.js'
import type { Style } from '../output/style.js'
import { AT_OPTION, FILE_OPTION, type FileOptions, LIVE_OPTION, withWorkspace } from '../session/workspace-options.js'

const FORMATS = ['text', 'json', 'github', 'sarif'] as const

interface LintOptions extends Omit<FileOptions, 'format'> {
  readonly at?: string
  readonly format?: (typeof FORMATS)[number]
  readonly strict?: boolean
}

export const lint = defineCommand<LintOptions>({
  name: 'lint',
  summary: 'find what would surprise an admin or a visitor',
  description:
    'Finds what would surprise an admin or a visitor, now and in the week that follows.\nExits 3 when a finding is an error, 2 when the document is not valid.',
  options: [
    FILE_OPTION,
    LIVE_OPTION,
    AT_OPTION,
    { flags: '--strict', summary: 'exit 3 for warnings as well' },
    { flags: '--format <format>', summary: 'text, json, github (annotations) or sarif', choices: FORMATS },
  ],
  fields: ['workspace', 'errors', 'warnings', 'findings'],
  examples: ['lint --file docs/sample/acme.yaml', 'lint --file workspace.yaml --strict --format github'],
  run: (options, context) =>
    withWorkspace(options as FileOptions, context, async (workspace) => {
      const findings = await workspace.lint(await readTime(options.at, '--at', workspace.zone, context))
      const errors = findings.filter(({ severity }) => severity === 'error').length
      const answer = { workspace: workspace.name, errors, warnings: findings.length - errors, findings }
      return {
        json: answer,
        text: (style) => lintLines(answer, options, { context, style }),
        exitCode: errors > 0 || (options.strict && findings.length > 0) ? EXIT_CONDITION : EXIT_OK,
      }
    }),
})

interface LintAnswer {
  readonly workspace: string
  readonly findings: readonly LintFinding[]
}

async function lintLines(
  answer: LintAnswer,
  { format = 'text', file }: LintOptions,
  { context, style }: { readonly context: Context; readonly style: Style },
): Promise<Lines> {
  if (format === 'text') {
    return (await import('../output/views/findings.js')).renderLint(answer.findings, answer.workspace, style)
  }
  if (format === 'json') return toSafeJson(answer, 2).split('\n')
  const { githubLines, sarifLines } = await import('../output/lint-formats.js')
  const placed = file === undefined || file === '-' ? answer.findings : await placesIn(file, answer.findings, context)
  return format === 'github' ? githubLines(placed) : sarifLines(placed)
}

/** The findings with the lines of the document that they speak of. */
async function placesIn(
  file: string,
  findings: readonly LintFinding[],
  context: Context,
): Promise<readonly PlacedFinding[]> {
  const [{ readYaml }, { readUtf8 }, { parsePath }, { BODY_BYTES }] = await Promise.all([
    import('../../domain/document/yaml.js'),
    import('../../domain/utf8-text.js'),
    import('../../api/contract/change-path.js'),
    import('../../api/contract/body-bytes.js'),
  ])
  const text = readUtf8(await context.read(file, BODY_BYTES.document), file, 'save it as UTF-8')
  const { place } = readYaml(text, file)
  return findings.map((finding) => {
    const path = parsePath(finding.path).map(({ name }) => (/^\d+$/.test(name) ? Number(name) : name))
    return { ...finding, file, line: place([{ path, message: '' }])[0]?.line }
  })
}
