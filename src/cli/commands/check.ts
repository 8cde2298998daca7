import { DocumentError } from '../../domain/document/problem.js'
import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { DriftStatusError } from '../../domain/errors.js'
import { type CommandResult, defineCommand } from '../command.js'
import type { Context } from '../context.js'
import { EXIT_CONDITION, EXIT_OK } from '../exit-codes.js'
import { checkOneShape } from '../flags/one-shape.js'
import { type Lines, line } from '../output/line.js'
import { toSafeJson } from '../output/safe-text.js'
import type { Style } from '../output/style.js'
import type { CheckedScenarios } from '../session/scenario-files.js'
import { withClient } from '../session/with-profile.js'
import { FILE_OPTION, type FileOptions, LIVE_OPTION, withWorkspace } from '../session/workspace-options.js'
import { invalidResult } from './invalid-result.js'

const FORMATS = ['text', 'json', 'junit', 'tap', 'github'] as const
type Format = (typeof FORMATS)[number]

interface CheckOptions extends Omit<FileOptions, 'format'> {
  readonly scenarios: readonly string[]
  readonly format?: Format
  readonly writeMissing?: boolean
}

export const check = defineCommand<CheckOptions>({
  name: 'check',
  summary: 'whether scenarios of availability hold: tests for a pipeline',
  description:
    'Holds a workspace, or a document, to scenarios: what must be so, or must never be so, at a time or at every instant of a range.\nExits 0 when all hold, 3 when one does not, 2 for mistakes in the scenarios.',
  arguments: [
    {
      name: '<scenarios...>',
      summary: 'files of scenarios, YAML or JSON; - reads standard input',
      completes: 'files',
    },
  ],
  options: [
    FILE_OPTION,
    LIVE_OPTION,
    {
      flags: '--format <format>',
      summary: 'text, json, junit, tap, or github (annotations)',
      choices: FORMATS,
    },
    { flags: '--write-missing', summary: 'write scenarios that hold today into the file, to start from' },
  ],
  fields: ['workspace', 'timeZone', 'held', 'total', 'scenarios', 'file', 'written'],
  examples: [
    'check docs/sample/scenarios.yaml --file docs/sample/acme.yaml',
    'check docs/sample/scenarios.yaml --file docs/sample/acme.yaml --format junit',
    'check --write-missing scenarios.yaml',
  ],
  async run(options, context) {
    checkOneShape(options)
    checkOneInput(options)
    if (options.writeMissing) return writeMissing(options, context)
    try {
      return await checkResult(options, context)
    } catch (error) {
      if (options.format !== 'github' || !(error instanceof DocumentError)) throw error
      return invalidResult(error, 'github')
    }
  },
})

/** Refuses to read standard input twice. */
function checkOneInput({ scenarios, file }: CheckOptions): void {
  if ([...scenarios, file].filter((path) => path === '-').length < 2) return
  throw new DriftStatusError('usage', 'standard input can be read once', { hint: 'name a file for the others' })
}

async function writeMissing({ scenarios, ...options }: CheckOptions, context: Context): Promise<CommandResult> {
  const [file = '-', ...others] = scenarios
  if (file === '-' || others.length > 0) {
    throw new DriftStatusError('usage', '--write-missing writes one file', { hint: 'name the file alone' })
  }
  const document = await askedDocument(options as FileOptions, context)
  const { writeScenarios } = await import('../session/write-scenarios.js')
  const { isNew, written } = await writeScenarios(file, document, context)
  return {
    json: { workspace: document.name, file, written },
    text: (style) => {
      if (written.length === 0) return line`Nothing is missing in ${file}`
      const count = written.length === 1 ? '1 scenario is' : `${written.length} scenarios are`
      return [
        line`${count} written to ${file} ${style.dim(isNew ? '(a new file)' : '(after those in it)')}`,
        ...written.map((name) => line`  ${name}`),
      ]
    },
  }
}

/** The document that the flags name, or that of the live workspace. */
async function askedDocument({ file, ...options }: FileOptions, context: Context): Promise<WorkspaceDocument> {
  if (file === undefined) return withClient(options, context, (client) => client.getWorkspace({}))
  const { readDocument } = await import('../../api/workspace-questions.js')
  return readDocument(file, context)
}

async function checkResult(options: CheckOptions, context: Context): Promise<CommandResult> {
  const { ScenarioFiles } = await import('../session/scenario-files.js')
  const files = await ScenarioFiles.read(options.scenarios, context)
  return withWorkspace(options as FileOptions, context, async (workspace) => {
    const now = context.now()
    const answer = await workspace.check(files.asked({ now, zone: workspace.zone }), now)
    const scenarios = files.placed(answer)
    const { timeZone, held } = answer
    const checked: CheckedScenarios = {
      workspace: workspace.name,
      timeZone,
      held,
      total: scenarios.length,
      scenarios,
    }
    return {
      json: checked,
      text: (style) => checkLines(checked, options.format, style),
      exitCode: held === scenarios.length ? EXIT_OK : EXIT_CONDITION,
    }
  })
}

async function checkLines(checked: CheckedScenarios, format: Format = 'text', style: Style): Promise<Lines> {
  if (format === 'json') return toSafeJson(checked, 2).split('\n')
  if (format === 'text') return (await import('../output/views/check.js')).renderCheck(checked, style)
  const { githubReport, junitReport, tapReport } = await import('../output/check-reports.js')
  return { github: githubReport, junit: junitReport, tap: tapReport }[format](checked)
}
