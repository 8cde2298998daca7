import { expect, test } from 'vitest'
import { didYouMean, nearest } from '../../src/domain/nearest.js'

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']

const cases: readonly { text: string; candidates: readonly string[]; expected: string | undefined; about: string }[] = [
  { text: 'fridya', candidates: DAYS, expected: 'friday', about: 'two letters swapped' },
  { text: 'firday', candidates: DAYS, expected: 'friday', about: 'two letters swapped at the start' },
  { text: 'fridayy', candidates: DAYS, expected: 'friday', about: 'a letter too many' },
  { text: 'friay', candidates: DAYS, expected: 'friday', about: 'a letter missing' },
  { text: 'frixay', candidates: DAYS, expected: 'friday', about: 'a wrong letter' },
  { text: 'FRIDAY', candidates: DAYS, expected: 'friday', about: 'another case' },
  {
    text: 'sunday',
    candidates: ['Monday', 'Sunday'],
    expected: 'Sunday',
    about: 'the same but for case, whatever comes first',
  },
  { text: 'ab', candidates: ['abc', 'ad'], expected: 'abc', about: 'the first of equally near ones' },
  { text: 'x', candidates: ['y', 'zz'], expected: undefined, about: 'no letter in common' },
  { text: '', candidates: ['y'], expected: undefined, about: 'nothing was written' },
  { text: 'x', candidates: ['xy'], expected: 'xy', about: 'one of two letters' },
  { text: 'xy', candidates: ['ab'], expected: undefined, about: 'nothing in common' },
  { text: 'january', candidates: DAYS, expected: undefined, about: 'too many mistakes' },
  { text: 'x', candidates: [], expected: undefined, about: 'nothing to choose from' },
  { text: 'fridayfridayfriday', candidates: DAYS, expected: undefined, about: 'far too long' },
]

for (const { text, candidates, expected, about } of cases) {
  test(`"${text}" means ${expected ?? 'nothing'}: ${about}`, () => {
    expect(nearest(text, candidates)).toBe(expected)
    expect(didYouMean(text, candidates)).toBe(expected && `did you mean "${expected}"?`)
  })
}
