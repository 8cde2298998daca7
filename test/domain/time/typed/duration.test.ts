import { expect, test } from 'vitest'
import { readDuration } from '../../../../src/domain/time/typed/duration.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

test.each<readonly [text: string, milliseconds: number]>([
  ['45m', 45 * MINUTE],
  ['45min', 45 * MINUTE],
  ['1h30m', 90 * MINUTE],
  ['1h 30m', 90 * MINUTE],
  ['1H30M', 90 * MINUTE],
  ['1.5h', 90 * MINUTE],
  ['0.25h', 15 * MINUTE],
  ['90s', 90_000],
  ['1d', 24 * HOUR],
  ['1w', 168 * HOUR],
  ['PT2H', 2 * HOUR],
  ['P1D', 24 * HOUR],
  ['P1DT2H30M', 26.5 * HOUR],
  ['0m', 0],
])('R4: "%s" is %i ms of real time', (text, milliseconds) => {
  expect(readDuration(text)).toBe(milliseconds)
})

test.each([
  '',
  '90',
  'h',
  '1h1h',
  '45m 3min',
  '1,5h',
  '.5h',
  '-1h',
  '1mo',
  '1y',
  '2 hours',
  '2 h',
  'P',
  'PT',
  'P1M',
  'P1Y',
  'PT1.5H',
  'P1H',
  '1h 30',
  '１h',
])('"%s" is not a duration', (text) => {
  expect(readDuration(text)).toBe(undefined)
})
