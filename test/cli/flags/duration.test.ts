import { expect, test } from 'vitest'
import { duration } from '../../../src/cli/flags/values.js'

test.each([
  { text: '90', says: 'is not a duration', hint: 'write 90m for minutes, or 90s, 90h, 90d' },
  { text: 'soon', says: 'is not a duration', hint: 'write 45m, 2h, 1h30m or 2d' },
  { text: '2 hours', says: 'is not a duration', hint: 'write 45m, 2h, 1h30m or 2d' },
  { text: '0m', says: 'is not between one second and a year', hint: 'write 45m, 2h, 1h30m or 2d' },
  { text: '367d', says: 'is not between one second and a year', hint: 'write 45m, 2h, 1h30m or 2d' },
])('"$text" $says', ({ text, says, hint }) => {
  const error = expect.objectContaining({ code: 'usage', message: `"${text}" ${says}`, hint })
  expect(() => duration(text)).toThrow(error)
})

test('a year is a duration', () => {
  expect(duration('366d')).toBe(366 * 86_400_000)
})
