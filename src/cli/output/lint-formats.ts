import { encodeText } from '../../api/contract/http.js'
import type { LintFinding } from '../../domain/questions/lint/lint-finding.js'
import { VERSION } from '../start/version.js'
import { Dressed } from './line.js'
import { escapeUnsafe, toSafeJson } from './safe-text.js'

/** A finding at its place in a file, where it is known. */
export interface PlacedFinding extends Omit<LintFinding, 'code'> {
  readonly code: LintFinding['code'] | 'invalid-document'
  readonly file?: string | undefined
  /** Counted from 1, as the column is. */
  readonly line?: number | undefined
  readonly column?: number | undefined
}

/** One annotation a finding, as a workflow of GitHub reads it from the log. */
export function githubLines(findings: readonly PlacedFinding[]): readonly Dressed[] {
  return findings.map((finding) => {
    const { severity, code, file, line = 1, column = 1 } = finding
    const place = file === undefined ? [] : [`file=${annotationProperty(file)}`, `line=${line}`, `col=${column}`]
    return new Dressed(
      `::${severity} ${[...place, `title=${annotationProperty(code)}`].join(',')}::${annotationText(withPath(finding))}`,
    )
  })
}

/** The document itself has no path. */
function withPath({ path, text }: PlacedFinding): string {
  return path === '' ? text : `${path}: ${text}`
}

/** A line end would begin another command; what else acts on a terminal reaches whoever reads the log. */
export function annotationText(text: string): string {
  return escapeUnsafe(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'))
}

export function annotationProperty(text: string): string {
  return annotationText(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** The findings as SARIF 2.1.0, which code scanning takes. */
export function sarifLines(findings: readonly PlacedFinding[]): readonly Dressed[] {
  const rules = [...new Set(findings.map(({ code }) => code))].map((id) => ({ id }))
  const results = findings.map((finding) => ({
    ruleId: finding.code,
    level: finding.severity,
    message: { text: withPath(finding) },
    locations: [{ ...physicalLocation(finding), logicalLocations: [{ fullyQualifiedName: finding.path }] }],
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

function physicalLocation({ file, line: startLine = 1, column: startColumn = 1 }: PlacedFinding) {
  if (file === undefined) return {}
  // A bare colon would make a scheme of what stands before it.
  const uri = file.split('/').map(encodeText).join('/')
  return { physicalLocation: { artifactLocation: { uri }, region: { startLine, startColumn } } }
}
