import { expect, test } from 'vitest'
import { describeConditions } from '../../src/cli/output/views/routing.js'

test.each([
  [
    { country: 'DE', 'company.size': { gte: 50, lte: 100 } },
    'country = DE and company.size gte 50 and company.size lte 100',
  ],
  [{ country: { not: ['DE', 'AT'] } }, 'country not DE, AT'],
  [{ url: { glob: '*a*', all: [{ glob: '*b*' }, { not: '/c' }] } }, 'url glob *a* and url glob *b* and url not /c'],
  [{ name: 'Acme, Inc.', plan: { in: ['', 'gold'] } }, 'name = "Acme, Inc." and plan in "", gold'],
])('%j reads as %s', (conditions, text) => {
  expect(describeConditions(conditions)).toBe(text)
})
