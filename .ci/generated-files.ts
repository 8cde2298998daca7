import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'
import { openApiDocument } from '../src/api/contract/openapi.js'
import { type CommandSpec, type OptionSpec, optionsOf, SHARED_OPTIONS } from '../src/cli/command.js'
import { COMMANDS } from '../src/cli/commands/index.js'
import { VERSION } from '../src/cli/start/version.js'
import { workspaceSchema } from '../src/domain/document/schema.js'
import { scenariosSchema } from '../src/domain/scenarios/scenarios-schema.js'

/** Every generated file by its path. */
export function generatedFiles(): Record<string, string> {
  return {
    'docs/workspace.schema.json': jsonSchema('drift-status workspace', workspaceSchema()),
    'docs/scenarios.schema.json': jsonSchema('drift-status scenarios', scenariosSchema(), 'ref'),
    'docs/openapi.json': `${JSON.stringify(openApiDocument(VERSION), null, 2)}\n`,
    'docs/commands.md': commandReference(),
    'man/drift-status.1': manPage(),
    'src/formats/icalendar/windows-zones.ts': windowsZones(),
  }
}

/** The names that Windows gives to zones, as CLDR maps them. */
function windowsZones(): string {
  const { supplemental } = JSON.parse(readFileSync('node_modules/cldr-core/supplemental/windowsZones.json', 'utf8'))
  const zones = supplemental.windowsZones.mapTimezones as readonly {
    readonly mapZone: { readonly _other: string; readonly _type: string; readonly _territory: string }
  }[]
  const rows = zones
    .filter(({ mapZone }) => mapZone._territory === '001')
    .map(({ mapZone }) => `  ['${mapZone._other}', '${mapZone._type}'],\n`)
  const about = '// Made from windowsZones of the CLDR by "npm run generate".\n'
  return `${about}\n/** Zones by the names of Windows. */\nexport const WINDOWS_ZONES: readonly (readonly [windows: string, iana: string])[] = [\n${rows.join('')}]\n`
}

/** @param reused whether a part that stands in many places is written once */
function jsonSchema(title: string, described: z.ZodMiniType, reused: 'ref' | 'inline' = 'inline'): string {
  const schema = z.toJSONSchema(described, { target: 'draft-7', io: 'input', reused })
  return `${JSON.stringify({ title, ...schema }, null, 2)}\n`
}

function commandReference(): string {
  const sections = COMMANDS.filter(({ isHidden }) => !isHidden).map(commandSection)
  return `# Commands\n\nMade from the command specifications; \`drift-status COMMAND --help\` says the same. Every command takes the shared flags as\nwell, before it or after it:\n\n| flag | what it does |\n| --- | --- |\n${SHARED_OPTIONS.map(optionRow).join('\n')}\n\n${sections.join('\n')}`
}

/** The manual of every command, as `man` reads it. */
function manPage(): string {
  const commands = COMMANDS.filter(({ isHidden }) => !isHidden)
  return [
    `.TH DRIFT-STATUS 1 "" "drift-status ${VERSION}"`,
    '.SH NAME',
    'drift\\-status \\- run the availability of a chat workspace',
    '.SH SYNOPSIS',
    '.B drift\\-status',
    '.I COMMAND',
    '[flags]',
    '.SH COMMANDS',
    ...commands.flatMap((spec) => [
      '.TP',
      `.B ${roff([spec.name, ...(spec.arguments ?? []).map(({ name }) => name)].join(' '))}`,
      roff(spec.summary),
      ...spec.options
        .filter(({ isHidden }) => !isHidden)
        .flatMap(({ flags, summary }) => ['.br', `${roff(flags)}: ${roff(summary)}`]),
    ]),
    '.SH SHARED FLAGS',
    ...SHARED_OPTIONS.flatMap(({ flags, summary }) => ['.TP', `.B ${roff(flags)}`, roff(summary)]),
    '.SH SEE ALSO',
    'drift\\-status help TOPIC: times, hours, conditions, exit\\-codes, environment, profiles, rules.',
    '',
  ].join('\n')
}

/** A text that roff takes as it stands. */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^([.'])/, '\\&$1')
    .replaceAll('\n', ' ')
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
      .filter((option) => !option.isHidden && !SHARED_OPTIONS.includes(option))
      .map(optionRow),
    '',
    `\`\`\`sh\n${spec.examples.map((example) => `drift-status ${example}`).join('\n')}\n\`\`\`\n`,
  ].join('\n')
}

function optionRow({ flags, summary, isRepeatable }: OptionSpec): string {
  return `| \`${flags.replaceAll('|', '\\|')}\` | ${summary}${isRepeatable ? ' (repeatable)' : ''} |`
}
