import type { Client } from '../../src/api/client.js'

const DAY = 24 * 3_600_000
const iso = (at: number) => new Date(at).toISOString()

/** One write at a time, a whole number of steps after the start, with numbers that choose; whatever the workspace refuses is nothing. */
export type Write = (client: Client, at: number, step: number, a: number, b: number) => Promise<unknown>

const IDS = ['1', '2', '3', '4', '5', '6']
export const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length]!
const rangeOf = (a: number, b: number) =>
  `${String(a % 24).padStart(2, '0')}:00-${String((a + 1 + (b % 14)) % 24).padStart(2, '0')}:00`

const SETTINGS_AND_STATUSES: readonly Write[] = [
  (client, at, step, a, b) =>
    client.putStatus({
      id: pick(IDS, a),
      status: pick(['away', 'available'], b),
      until: iso(at + (1 + (b % 40)) * step),
    }),
  (client, at, step, a, b) =>
    client.putStatus({
      id: pick(IDS, b),
      status: pick(['away', 'available'], a),
      until: iso(at + (1 + (a % 9)) * step),
    }),
  (client, _, __, a, b) => client.putStatus({ id: pick(IDS, a), status: pick(['away', 'available'], b) }),
  (client, at, step, a, b) =>
    client.putWidget({ override: { mode: pick(['online', 'offline'], a), until: iso(at + (1 + (b % 60)) * step) } }),
  (client, _, __, a) => client.putWidget({ mode: pick(['automatic', 'automatic', 'online', 'offline'], a) }),
  (client) => client.putWidget({ override: null }),
  (client, _, __, a) => client.putAutoOffline({ enabled: a % 2 === 0 }),
  async (client, _, __, a, b) => {
    const { value } = await client.getHours({})
    const day = pick(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], a)
    return client.putHours({
      hours: { ...value, weekly: { ...value.weekly, [day]: b % 5 === 0 ? 'closed' : rangeOf(a, b) } },
    })
  },
  (client, at, _, a, b) => client.putException({ date: iso(at + (a % 3) * DAY).slice(0, 10), hours: rangeOf(a, b) }),
  (client, at, _, a, b) =>
    client.putHolidays({
      id: pick(['berlin', 'paris'], a),
      days: [{ date: iso(at + (b % 4) * DAY).slice(0, 10), hours: a % 3 === 0 ? rangeOf(a, b) : 'closed' }],
    }),
  (client, _, __, a, b) => client.applyHolidays({ id: pick(['berlin', 'paris'], a), applies: b % 2 === 0 }),
  (client, _, __, a) => client.deleteHolidays({ id: pick(['berlin', 'paris'], a) }),
  (client, _, __, a, b) => client.patchAgent({ id: pick(IDS, a), settings: { name: `name ${b}` } }),
  (client, _, __, a, b) =>
    client.patchAgent({ id: pick(IDS, a), settings: { [pick(['bot', 'disabled'], b)]: b % 3 === 0 } }),
  (client, at, step, a, b) =>
    client.addAgent({
      agent: { id: pick(IDS, a), status: 'away', ...(b % 2 && { until: iso(at + (b % 20) * step) }) },
    }),
  (client, _, __, a) => client.deleteAgent({ id: pick(IDS, a) }),
  async (client, _, __, a) => {
    const { revisions } = await client.listRevisions({ limit: 8 })
    return client.revert({ number: pick(revisions, a).number, force: a % 3 === 0 })
  },
  (client, _, __, a) =>
    client.patchSettings({ settings: { timeZone: pick(['Europe/Berlin', 'America/New_York'], a) } }),
  async (client, _, __, a) => {
    const document = await client.getWorkspace({})
    return client.putWorkspace({
      document: { ...document, agents: document.agents.filter(({ id }) => id !== pick(IDS, a)) },
    })
  },
  // What begins later.
  (client, at, step, a, b) =>
    client.putStatus({
      id: pick(IDS, a),
      status: pick(['away', 'available'], b),
      from: iso(at + (1 + (a % 30)) * step),
      until: iso(at + (2 + (a % 30) + (b % 30)) * step),
    }),
  (client, at, step, a, b) =>
    client.putWidget({
      override: {
        mode: pick(['online', 'offline'], a),
        from: iso(at + (1 + (b % 40)) * step),
        until: iso(at + (2 + (b % 40) + (a % 30)) * step),
      },
    }),
  async (client, _, __, a) => {
    const { agents } = await client.getWorkspace({})
    const { id, planned } = pick(
      agents.filter((agent) => agent.planned),
      a,
    )
    return client.deletePlanned({ id, from: pick(planned!, a).from })
  },
]

/** The duty, and those who follow it. */
const DUTY: readonly Write[] = [
  (client, _, __, a) => client.putStatus({ id: pick(IDS, a), status: 'automatic' }),
  (client, _, __, a) => client.putStatus({ id: pick(IDS, a), status: 'automatic' }),
  async (client, at, _, a, b) => {
    const names = await namesIn(client)
    return client.putDuty({ duty: { shifts: [shift('desk', at, a, b, names), shift('phone', at, b, a, names)] } })
  },
  async (client, at, _, a, b) => {
    const { value } = await client.getDuty({})
    const first = shift('desk', at, a, b, await namesIn(client))
    return client.putDuty({ duty: { ...value, shifts: [first, ...value.shifts.slice(1)] } })
  },
  async (client, at, step, a, b) => {
    const { value } = await client.getDuty({})
    const covered = pick(value.shifts, a)
    const instead = pick(covered.agents ?? covered.rotate!.agents, b)
    const times = { from: iso(at - (a % 20) * step), to: iso(at + (20 + (b % 60)) * step) }
    return client.addCovers({
      covers: [{ shift: covered.id, agent: pick(await namesIn(client), a), instead, ...times }],
    })
  },
  (client, _, __, a, b) =>
    client.patchAgent({ id: pick(IDS, a), settings: { email: b % 2 === 0 ? null : `${(b % 4) + 1}@acme.example` } }),
]

/** Without a duty, whose people cannot go, agents come and go. */
export const WRITES = { withoutDuty: SETTINGS_AND_STATUSES, withDuty: [...SETTINGS_AND_STATUSES, ...DUTY] }

/** Ids and emails, one of each agent. */
async function namesIn(client: Client): Promise<readonly string[]> {
  const { agents } = await client.listAgents({})
  return agents.map(({ id, email }, index) => (index % 2 === 0 ? id : (email ?? id)))
}

function shift(id: string, at: number, a: number, b: number, names: readonly string[]) {
  const start = a % names.length
  const named = [...names.slice(start), ...names.slice(0, start)].slice(0, 1 + (b % names.length))
  const times = { id, days: pick(['all', 'mon-fri', 'sat,sun'], b), hours: rangeOf(b, a) }
  if (a % 2 === 0) return { ...times, agents: named }
  return { ...times, rotate: { agents: named, every: pick(['day', 'week'] as const, b), from: iso(at).slice(0, 10) } }
}
