import { DocumentError } from '../../domain/document/problem.js'
import type { Basis, BasisAnswer } from '../../domain/questions/basis.js'
import type { LintFinding } from '../../domain/questions/lint/lint-finding.js'
import { type CommandResult, defineCommand } from '../command.js'
import type { Context } from '../context.js'
import { EXIT_CONDITION, EXIT_OK } from '../exit-codes.js'
import { checkOneShape } from '../flags/one-shape.js'
import { readTime } from '../flags/typed-time.js'
import type { Lines } from '../output/line.js'
import type { PlacedFinding } from '../output/lint-formats.js'
import { toSafeJson } from '../output/safe-text.js'
import type { Style } from '../output/style.js'
import { AT_OPTION, FILE_OPTION, type FileOptions, LIVE_OPTION, withWorkspace } from '../session/workspace-options.js'
import { invalidResult } from './invalid-result.js'

const FORMATS = ['text', 'json', 'github', 'sarif'] as const
type Format = (typeof FORMATS)[number]

interface LintOptions extends Omit<FileOptions, 'format'> {
  readonly at?: string
  readonly format?: Format
  readonly strict?: boolean
}

export const lint = defineCommand<LintOptions>({
  name: 'lint',
  summary: 'find what would surprise an admin or a visitor',
  description:
    'Finds what would surprise an admin or a visitor, now and in the week that follows.\nExits 3 when a finding is an error, 2 when the document is not valid: github and sarif then hold its problems.',
  options: [
    FILE_OPTION,
    LIVE_OPTION,
    AT_OPTION,
    { flags: '--strict', summary: 'exit 3 for warnings as well' },
    { flags: '--format <format>', summary: 'text, json, github (annotations) or sarif', choices: FORMATS },
  ],
  fields: ['workspace', 'errors', 'warnings', 'findings', 'basis'],
  examples: ['lint --file docs/sample/acme.yaml', 'lint --file workspace.yaml --strict --format github'],
  async run(options, context) {
    checkOneShape(options)
    try {
      return await lintResult(options, context)
    } catch (error) {
      if (!(error instanceof DocumentError) || !isAnnotations(options.format)) throw error
      return invalidResult(error, options.format)
    }
  },
})

function lintResult(options: LintOptions, context: Context): Promise<CommandResult> {
  return withWorkspace(options as FileOptions, context, async (workspace) => {
    const at = await readTime(options.at, '--at', workspace.zone, context)
    const [findings, { onDuty, assumed, people }] = await Promise.all([
      workspace.lint(at),
      workspace.basis(at, undefined, undefined, options.verbose === true),
    ])
    const errors = findings.filter(({ severity }) => severity === 'error').length
    const answer = {
      workspace: workspace.name,
      errors,
      warnings: findings.length - errors,
      findings,
      basis: { onDuty, assumed },
    }
    return {
      json: answer,
      text: (style) => lintLines(answer, options, { people, context, style }),
      exitCode: errors > 0 || (options.strict && findings.length > 0) ? EXIT_CONDITION : EXIT_OK,
    }
  })
}

function isAnnotations(format: Format | undefined): format is 'github' | 'sarif' {
  return format === 'github' || format === 'sarif'
}

async function annotations(format: 'github' | 'sarif', findings: readonly PlacedFinding[]): Promise<Lines> {
  const { githubLines, sarifLines } = await import('../output/lint-formats.js')
  return format === 'github' ? githubLines(findings) : sarifLines(findings)
}

interface LintAnswer {
  readonly workspace: string
  readonly findings: readonly LintFinding[]
  readonly basis: Basis
}

interface LintView {
  /** Who is assumed to stay as they are. */
  readonly people: BasisAnswer['people']
  readonly context: Context
  readonly style: Style
}

async function lintLines(
  answer: LintAnswer,
  { format = 'text', file }: LintOptions,
  { people, context, style }: LintView,
): Promise<Lines> {
  if (isAnnotations(format)) {
    const isPlaced = file !== undefined && file !== '-'
    return annotations(format, isPlaced ? await placesIn(file, answer.findings, context) : answer.findings)
  }
  if (format === 'json') return toSafeJson(answer, 2).split('\n')
  const { renderLint } = await import('../output/views/findings.js')
  return renderLint(answer, style.isVerbose ? people : [], style)
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
    const [problem] = place([{ path, message: '' }])
    return { ...finding, file, line: problem?.line, column: problem?.column }
  })
}
