import { expect, test } from 'vitest'
import { lint } from '../../../../src/domain/questions/lint/lint.js'
import { OFFICE_HOURS, OPEN, workspaceOf } from '../../workspace-builder.js'

interface Case {
  readonly title: string
  readonly code: string
  readonly parts: object
  readonly severity?: 'error' | 'warning'
  /** Path and sentence of each finding of this code; none for a negative case. */
  readonly findings: readonly (readonly [path: string, text: string])[]
}

const welcome = (when: string, enabled = true) => ({ id: when, type: 'welcome', when, enabled })
const exceptions = (...list: object[]) => ({ hours: { ...OFFICE_HOURS, exceptions: list } })

const cases: readonly Case[] = [
  {
    title: 'R26: the offline version missing',
    code: 'welcome-missing-offline',
    parts: { playbooks: [welcome('online'), welcome('offline', false)] },
    findings: [
      [
        'playbooks',
        'The online welcome playbook is enabled and the offline one is not: enable both versions, or neither.',
      ],
    ],
  },
  {
    title: 'R26: the online version missing',
    code: 'welcome-missing-offline',
    parts: { playbooks: [welcome('offline')] },
    findings: [
      [
        'playbooks',
        'The offline welcome playbook is enabled and the online one is not: enable both versions, or neither.',
      ],
    ],
  },
  {
    title: 'R26: both versions',
    code: 'welcome-missing-offline',
    parts: { playbooks: [welcome('online'), welcome('offline')] },
    findings: [],
  },
  {
    title: 'R26: one for both',
    code: 'welcome-missing-offline',
    parts: { playbooks: [welcome('always')] },
    findings: [],
  },
  {
    title: 'R26: neither version enabled',
    code: 'welcome-missing-offline',
    parts: { playbooks: [welcome('online', false), welcome('offline', false)] },
    findings: [],
  },
  {
    title: 'R26: a bot is no welcome',
    code: 'welcome-missing-offline',
    parts: { playbooks: [{ id: 'a', type: 'bot', when: 'online', enabled: true }] },
    findings: [],
  },
  {
    title: 'R1: an end at 23:59, of the week and of an exception',
    code: 'ends-before-midnight',
    parts: {
      hours: {
        weekly: { mon: '09:00-23:59', tue: ['09:00-12:00', '13:00-23:59'] },
        exceptions: [{ yearly: '12-31', hours: ['00:00-23:59'] }],
      },
    },
    findings: [
      ['hours.weekly.mon', '"09:00-23:59" closes for the last minute of the day: end at 24:00.'],
      ['hours.weekly.tue', '"13:00-23:59" closes for the last minute of the day: end at 24:00.'],
      ['hours.exceptions[0].hours', '"00:00-23:59" closes for the last minute of the day: end at 24:00.'],
    ],
  },
  {
    title: 'R1: an end at midnight, and a start at 23:59',
    code: 'ends-before-midnight',
    parts: { hours: { weekly: { mon: '09:00-24:00', tue: '09:00-00:00', wed: '23:59-02:00' } } },
    findings: [],
  },
  {
    title: "R5: exceptions that are over, in the hours' zone",
    code: 'exception-in-the-past',
    parts: exceptions(
      { date: '2026-11-22', hours: 'closed' },
      { from: '2026-11-01', to: '2026-11-22', hours: 'closed' },
    ),
    findings: [
      ['hours.exceptions[0]', 'The exception of 2026-11-22 is over: remove it.'],
      ['hours.exceptions[1]', 'The exception of 2026-11-01..2026-11-22 is over: remove it.'],
    ],
  },
  {
    title: 'R5: exceptions of today, of a stretch that reaches today, and of every year',
    code: 'exception-in-the-past',
    parts: exceptions(
      { date: '2026-11-23', hours: 'closed' },
      { from: '2026-11-01', to: '2026-11-23', hours: 'closed' },
      { yearly: '01-01', hours: 'closed' },
    ),
    findings: [],
  },
  {
    title: 'R3: the last range of an exception still runs on the day after, until its end',
    code: 'exception-in-the-past',
    parts: exceptions(
      { date: '2026-11-22', hours: '20:00-12:01' },
      { from: '2026-11-20', to: '2026-11-21', hours: '13:00-12:00' },
    ),
    findings: [['hours.exceptions[1]', 'The exception of 2026-11-20..2026-11-21 is over: remove it.']],
  },
  {
    title: 'R3: that range has ended',
    code: 'exception-in-the-past',
    parts: exceptions({ date: '2026-11-22', hours: '20:00-12:00' }),
    findings: [['hours.exceptions[0]', 'The exception of 2026-11-22 is over: remove it.']],
  },
  {
    title: 'R8: an override without an end',
    code: 'override-without-end',
    parts: { widget: { override: { mode: 'offline' } } },
    findings: [['widget.override', 'The override to offline has no end: give it one, or set the mode itself.']],
  },
  {
    title: 'R8: an override with an end',
    code: 'override-without-end',
    parts: { widget: { override: { mode: 'offline', until: '2026-11-24T00:00:00Z' } } },
    findings: [],
  },
  { title: 'R8: no override', code: 'override-without-end', parts: {}, findings: [] },
  {
    title: 'R13: a plan that does not include a setting',
    code: 'plan-required',
    severity: 'error',
    parts: { plan: 'free', chatLimit: 3 },
    findings: [['chatLimit', 'The plan "free" does not include the chat limit: it needs "premium".']],
  },
  {
    title: 'R13: a plan that includes it',
    code: 'plan-required',
    parts: { plan: 'premium', chatLimit: 3 },
    findings: [],
  },
]

for (const { title, code, parts, severity = 'warning', findings } of cases) {
  test(`${title}: ${findings.length === 0 ? 'no ' : ''}${code}`, () => {
    const found = lint(workspaceOf(parts), OPEN).filter((finding) => finding.code === code)
    expect(found).toEqual(findings.map(([path, text]) => ({ code, severity, text, path })))
  })
}
