import { expect, test } from 'vitest'
import { describeConditions } from '../../../src/cli/output/condition-words.js'

test.each([
  [
    { country: 'DE', 'company.size': { gte: 50, lte: 100 } },
    'country is DE and company.size is at least 50 and company.size is at most 100',
  ],
  [{ country: { not: ['DE', 'AT'] } }, 'country is not DE or AT'],
  [{ plan: { exists: false } }, 'plan is not known'],
  [
    { url: { glob: '*a*', all: [{ glob: '*b*' }, { not: '/c' }] } },
    'url is like *a* and url is like *b* and url is not /c',
  ],
  [{ name: 'Acme, Inc.', plan: { in: ['', 'gold'] } }, 'name is "Acme, Inc." and plan is "" or gold'],
])('%j reads as %s', (conditions, text) => {
  expect(describeConditions(conditions)).toBe(text)
})
