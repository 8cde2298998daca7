import { expect, test } from 'vitest'
import { availabilityOf, statusOf } from '../../src/drift/documents.js'

test.each([
  ['AVAILABLE', 'available'],
  ['ON_CALL', 'available'],
  ['OFFLINE', 'away'],
  ['available', 'away'],
  ['BUSY', 'away'],
  ['', 'away'],
  [undefined, 'away'],
])('R17: %s is %s', (availability, status) => {
  expect(statusOf(availability)).toBe(status)
})

test('R17: what is written is read back as it was meant', () => {
  expect([availabilityOf('available'), availabilityOf('away')]).toEqual(['AVAILABLE', 'OFFLINE'])
  expect([statusOf(availabilityOf('available')), statusOf(availabilityOf('away'))]).toEqual(['available', 'away'])
})
