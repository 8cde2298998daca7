import type { LintFinding } from '../../domain/questions/lint-finding.js'
import { VERSION } from '../start/installed-package.js'
import { Dressed } from './line.js'
import { toSafeJson } from './safe-text.js'

/** A finding at its place in a file, where it is known. */
export interface PlacedFinding extends LintFinding {
  readonly file?: string | undefined
  /** Counted from 1. */
  readonly line?: number | undefined
}

/** One annotation a finding, as a workflow of GitHub reads it from the log. */
export function githubLines(findings: readonly PlacedFinding[]): readonly Dressed[] {
  return findings.map(({ severity, code, text, path, file, line }) => {
    const place = file === undefined ? [] : [`file=${property(file)}`, `line=${line ?? 1}`]
    return new Dressed(
      `::${severity} ${[...place, `title=${property(code)}`].join(',')}::${message(`${path}: ${text}`)}`,
    )
  })
}

function message(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return message(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** The findings as SARIF 2.1.0, which code scanning takes. */
export function sarifLines(findings: readonly PlacedFinding[]): readonly Dressed[] {
  const rules = [...new Set(findings.map(({ code }) => code))].map((id) => ({ id }))
  const results = findings.map(({ severity, code, text, path, file, line }) => ({
    ruleId: code,
    level: severity,
    message: { text: `${path}: ${text}` },
    locations: [
      {
        ...(file !== undefined && {
          physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: line ?? 1 } },
        }),
        logicalLocations: [{ fullyQualifiedName: path }],
      },
    ],
  }))
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'drift-status', version: VERSION, rules } }, results }],
  }
  return toSafeJson(log, 2)
    .split('\n')
    .map((row) => new Dressed(row))
}
