import { formatDayHours, formatRange, parseDayHours, parseTypedRange } from '../../domain/time/time-range.js'

/**
 * The ranges of a day as people type them, and how they were read where that is not how they were written.
 * @throws DriftStatusError (R1, R2), here, so that the error names the range and not the request
 */
export function readRanges(texts: readonly string[]): readonly [ranges: string | string[], how: string] {
  // A dash between two arguments joins them: 09:00 - 17:00.
  const ranges = texts
    .join(' ')
    .replaceAll(/\s+(?:[-–—]|to)\s+/g, '-')
    .split(/\s*,\s*|\s+(?=\d)/)
    .map((text) => text.trim())
  const written = ranges.map((range) =>
    range === 'closed' || range === '24h' ? range : formatRange(parseTypedRange(range)),
  )
  const how = ranges.flatMap((range, index) =>
    range === written[index] ? [] : [`"${range}" read as ${written[index]}`],
  )
  return [
    formatDayHours(parseDayHours(written.length === 1 ? written[0]! : written)),
    how.length === 0 ? '' : ` (${how.join(', ')})`,
  ]
}
