import { expect, test } from 'vitest'
import { writtenLines } from '../../../../src/cli/output/line.js'
import { plainStyle } from '../../../../src/cli/output/style.js'
import { renderWeek } from '../../../../src/cli/output/views/hours.js'
import { weekOf } from '../../../../src/domain/questions/hours-view.js'
import { workspaceOf } from '../../../domain/workspace-builder.js'

test('R4: a day that the clock skips is said to be one', () => {
  const weekly = { thu: '09:00-17:00', fri: '09:00-17:00' }
  const workspace = workspaceOf({ timeZone: 'Pacific/Apia', hours: { weekly } })
  const now = Date.parse('2011-12-29T12:00-10:00')
  const text = writtenLines(
    renderWeek(weekOf(workspace, now), { name: 'Acme', exceptions: [], now, style: plainStyle(80) }),
  )
  expect(text).toContain('  Thu 29 Dec (today)  09:00-17:00               8 h\n')
  expect(text).toContain('  Fri 30 Dec          the clock skips this day  0 h\n')
})
