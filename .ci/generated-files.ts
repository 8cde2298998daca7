import * as z from 'zod/mini'
import { openApiDocument } from '../src/api/contract/openapi.js'
import { type CommandSpec, type OptionSpec, optionsOf } from '../src/cli/command.js'
import { COMMANDS } from '../src/cli/commands/index.js'
import { VERSION } from '../src/cli/start/installed-package.js'
import { workspaceSchema } from '../src/domain/document/schema.js'

/** Every generated file by its path. */
export function generatedFiles(): Record<string, string> {
  return {
    'docs/workspace.schema.json': workspaceJsonSchema(),
    'docs/openapi.json': `${JSON.stringify(openApiDocument(VERSION), null, 2)}\n`,
    'docs/commands.md': commandReference(),
  }
}

function workspaceJsonSchema(): string {
  const schema = z.toJSONSchema(workspaceSchema(), { target: 'draft-7', io: 'input' })
  return `${JSON.stringify({ title: 'drift-status workspace', ...schema }, null, 2)}\n`
}

function commandReference(): string {
  const sections = COMMANDS.filter(({ isHidden }) => !isHidden).map(commandSection)
  return `# Commands\n\nMade from the command specifications; \`drift-status COMMAND --help\` says the same.\n\n${sections.join('\n')}`
}

function commandSection(spec: CommandSpec): string {
  const usage = ['drift-status', spec.name, ...(spec.arguments ?? []).map(({ name }) => name), '[options]'].join(' ')
  return [
    `## ${spec.name}\n`,
    `${spec.description ?? spec.summary}\n`,
    `\`\`\`\n${usage}\n\`\`\`\n`,
    '| flag | what it does |',
    '| --- | --- |',
    ...optionsOf(spec)
      .filter(({ isHidden }) => !isHidden)
      .map(optionRow),
    '',
    `\`\`\`sh\n${spec.examples.map((example) => `drift-status ${example}`).join('\n')}\n\`\`\`\n`,
  ].join('\n')
}

function optionRow({ flags, summary, isRepeatable }: OptionSpec): string {
  return `| \`${flags.replaceAll('|', '\\|')}\` | ${summary}${isRepeatable ? ' (repeatable)' : ''} |`
}
