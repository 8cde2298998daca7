import { describe, expect, test } from 'vitest'
import { coverage } from '../../src/domain/questions/coverage/coverage.js'
import { COVERAGE_CASES, DAY, MONDAY } from '../domain/questions/coverage/coverage-cases.js'
import { documentOf } from '../domain/workspace-builder.js'
import { liveWorkspace } from './live-workspace.js'

describe('a live workspace is covered as its document is', () => {
  test.each(COVERAGE_CASES)('$title', async ({ parts, request = {} }) => {
    const { from = MONDAY, to = MONDAY + DAY, ...rest } = request
    const { owner } = await liveWorkspace(parts, MONDAY)
    const [start, end] = [from, to].map((at) => new Date(at).toISOString())
    const answer = await owner.coverage({ from: start!, to: end!, ...rest } as never)
    expect(answer).toEqual(coverage(documentOf(parts), { from, to, now: MONDAY, ...rest }))
  })

  test('R34: a status that is set counts from then on, and one that is planned when it begins', async () => {
    const { owner } = await liveWorkspace({}, MONDAY)
    const gaps = async () => {
      const stretch = { from: new Date(MONDAY).toISOString(), to: new Date(MONDAY + DAY).toISOString() }
      const { gaps } = await owner.coverage(stretch)
      return gaps.map(({ from, to }) => `${from.slice(11, 16)}-${to.slice(11, 16)}`)
    }
    expect(await gaps()).toEqual([])
    await owner.putStatus({ id: '1', status: 'away', until: '2026-11-23T11:00:00-05:00' })
    expect(await gaps()).toEqual(['09:00-11:00'])
  })
})
