/** Answers of a service to operations that the tests of the network call: small, and all that is promised. */

const OFFLINE = { mode: 'offline', source: 'hours' }

export const WRITE_ANSWER = {
  workspace: 'Acme',
  timeZone: 'UTC',
  changed: true,
  revision: 3,
  dryRun: false,
  changes: [{ path: 'widget.mode', before: 'automatic', after: 'offline' }],
  effect: { before: OFFLINE, after: OFFLINE, available: 1 },
}

export const WIDGET_ANSWER = { value: { mode: 'automatic', display: 'always', autoOffline: true }, revision: 2 }

export const SETTINGS_ANSWER = { value: { name: 'Acme', plan: 'premium', timeZone: 'UTC' }, revision: 2 }

const AGENT = { id: '1', name: 'Sam', role: 'admin', status: 'available' }
const AT = '2026-11-23T15:00:00.000Z'
const WIDGET = { ...OFFLINE, visible: true, nextChange: null }
const VISITOR = {
  proactive: null,
  greeting: { variant: 'offline', message: 'Away', faces: [] },
  offlineNotice: { backAt: null },
}
const ROUTING = {
  via: 'rules',
  rule: null,
  target: null,
  assignee: null,
  calendar: null,
  cursor: null,
  candidates: [],
  strategy: null,
}
const DAY = { date: '2026-11-23', day: 'mon', hours: [], tailUntil: null, exception: null, openMinutes: 0 }

export const STATUS_ANSWER = {
  workspace: 'Acme',
  revision: 3,
  at: AT,
  timeZone: 'UTC',
  policy: 'automatic',
  autoOffline: false,
  widget: WIDGET,
  visitor: VISITOR,
  reasons: [{ rule: 'R8', code: 'hours.closed', text: 'Closed.' }],
  today: DAY,
  tomorrow: { ...DAY, date: '2026-11-24', day: 'tue' },
  agents: { available: 1, away: 0, listed: [AGENT] },
  findings: [],
}

/** By operation. */
export const VALID_ANSWERS: Readonly<Record<string, unknown>> = {
  getStatus: STATUS_ANSWER,
  getAgent: { value: AGENT, revision: 3, timeZone: 'UTC' },
  listAgents: { timeZone: 'UTC', agents: [AGENT], available: 1, away: 0, next: null },
  getWidget: WIDGET_ANSWER,
  getSettings: SETTINGS_ANSWER,
  putStatus: { ...WRITE_ANSWER, agent: AGENT },
  putWidget: WRITE_ANSWER,
  deleteException: WRITE_ANSWER,
  revert: WRITE_ANSWER,
  putAutoOffline: WRITE_ANSWER,
  route: { workspace: 'Acme', assignment: null, assignee: null, calendar: null, routing: ROUTING },
  simulate: {
    at: AT,
    timeZone: 'UTC',
    widget: WIDGET,
    visitor: VISITOR,
    routing: ROUTING,
    agents: [],
    reasons: [],
    warnings: [],
  },
  getMe: {
    workspace: 'Acme',
    workspaceId: 'acme',
    name: '1',
    agent: '1',
    email: null,
    scopes: ['read'],
    token: null,
  },
}
