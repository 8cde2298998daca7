import { personKey } from '../../../domain/decision/named-agents.js'
import { settleAgent, statusesOf, unfold } from '../../../domain/decision/timed-states.js'
import type { AgentDocument } from '../../../domain/document/schema.js'
import { endOf, type Timed } from '../../../domain/document/timed.js'
import { DriftStatusError } from '../../../domain/errors.js'
import { instantOf, utc } from '../../../domain/time/instant.js'
import type { Instant } from '../../../domain/time/zone.js'
import { type AgentStatus, STATUS_POLICIES, type StatusPolicy } from '../../../domain/words.js'
import type { AgentCounts, AgentFilter, AgentsTable, StoredAgent } from '../store.js'
import { keyColumns } from './key-columns.js'
import type { AgentCount, Sql } from './sql.js'

/** Faces come from the first few of each tier (R29); a few more keep the order exact when some are left out. */
const TIER_SIZE = 4
/** One name is ambiguous however many more have it. */
const MAX_NAMESAKES = 6

interface AgentRow {
  readonly id: string
  readonly email: string | null
  readonly status: StatusPolicy
  readonly until: number | null
  readonly note: string | null
  readonly afterwards: string | null
  readonly planned: string | null
  readonly open_chats: number
  readonly last_routed_at: number | null
  readonly settings: string
  readonly revision: number
  readonly counted: 0 | 1
  readonly lasting: StatusPolicy
}

/** Open chats are those that are open: a number kept beside them would go its own way. */
const OPEN_CHATS = `chats_elsewhere + (SELECT count(*) FROM {assignment}
  WHERE assignment.workspace = ?1 AND assignment.agent = agent.id AND ended_at IS NULL) AS open_chats`
const COLUMNS = `id, email, status, until, note, afterwards, planned, ${OPEN_CHATS}, last_routed_at, settings, revision, counted, lasting`
const SELECT = `SELECT ${COLUMNS} FROM {agent} WHERE workspace = ?1`

/** What an agent is counted under. */
type Counted = Omit<AgentCount, 'amount'>

/**
 * The agents of a workspace, one row each: a status flip touches one row, however many there are.
 * A row says which status lasts and when its last timed one ends: from then on nothing about it
 * changes with time, so only those that have not ended are looked at one by one.
 */
export class AgentRows implements AgentsTable {
  readonly #sql: Sql

  constructor(sql: Sql) {
    this.#sql = sql
  }

  async find(id: string): Promise<StoredAgent | undefined> {
    const row = (await this.#sql.get(`${SELECT} AND id = ?`, id)) as AgentRow | undefined
    if (row) this.#sql.snapshot.counted.set(id, { counted: row.counted, lasting: row.lasting })
    return toStored(row)
  }

  async member(name: string): Promise<StoredAgent | undefined> {
    return (
      (await this.find(name)) ??
      toStored(
        (await this.#sql.get(`${SELECT} AND email = ?`, name)) ??
          // Files of earlier versions may hold two spellings of one email.
          (await this.#sql.get(`${SELECT} AND mailbox = ? ORDER BY id_order LIMIT 1`, personKey(name))),
      )
    )
  }

  async members(names: Iterable<string>): Promise<readonly AgentDocument[]> {
    const asked = new Set(names)
    if (asked.size === 0) return []
    const rows = await this.#sql.all(`${SELECT} AND id ${this.#sql.dialect.oneOf('?2')}`, [...asked])
    const found = new Map(toAgents(rows).map((agent) => [agent.id, agent]))
    for (const name of asked) {
      const stored = found.has(name) ? undefined : await this.member(name)
      if (stored) found.set(stored.agent.id, stored.agent)
    }
    return [...found.values()]
  }

  async named(name: string): Promise<readonly AgentDocument[]> {
    const key = personKey(name)
    for (const column of key === '' ? [] : ['mailbox', 'name', 'first_name']) {
      const found = await this.#sql.all(`${SELECT} AND ${column} = ? ORDER BY id_order LIMIT ${MAX_NAMESAKES}`, key)
      if (found.length > 0) return toAgents(found)
    }
    return []
  }

  /** The first person who may do everything; served by an index of admins alone. */
  async firstAdmin(): Promise<AgentDocument | undefined> {
    const row = await this.#sql.get(
      `${SELECT} AND counted = 1 AND settings ->> 'role' = 'admin' ORDER BY id_order LIMIT 1`,
    )
    return row === undefined ? undefined : toAgent(row as AgentRow)
  }

  async list({ status, after, limit, onDuty = [] }: AgentFilter, at: Instant): Promise<readonly AgentDocument[]> {
    const start = after === undefined ? '' : idOrder(after)
    if (status === undefined) {
      return toAgents(await this.#sql.all(`${SELECT} AND id_order > ? ORDER BY id_order LIMIT ?`, start, limit))
    }
    const isThere = new Set(onDuty)
    const running = (await this.#running(at)).filter((agent) => statusAt(agent, at, isThere) === status)
    const { oneOf } = this.#sql.dialect
    const following = `id ${oneOf('?6')}`
    const rows = await this.#sql.all(
      `${SELECT} AND id_order > ?2
         AND ((last_end IS NULL OR last_end <= ?4)
             AND (lasting = ?3 OR lasting = 'automatic' AND ${status === 'available' ? following : `NOT (${following})`})
           OR id ${oneOf('?5')})
       ORDER BY id_order LIMIT ?7`,
      start,
      status,
      at,
      running.map(({ id }) => id),
      onDuty,
      limit,
    )
    return toAgents(rows)
  }

  async count(at: Instant, onDuty: readonly string[] = []): Promise<AgentCounts> {
    const rows = await this.#counts()
    const lasting = { available: 0, away: 0, automatic: 0 }
    for (const { counted, lasting: status, amount } of rows) if (counted) lasting[status] += amount
    const now = { available: 0, away: 0 }
    const isThere = new Set(onDuty)
    for (const agent of await this.#running(at)) {
      if (agent.bot || agent.disabled) continue
      lasting[statusesOf(agent).at(-1)!.status]--
      now[statusAt(agent, at, isThere)]++
    }
    const following = await this.#countFollowing(at, onDuty)
    return {
      available: now.available + lasting.available + following,
      away: now.away + lasting.away + lasting.automatic - following,
      total: rows.reduce((sum, { amount }) => sum + amount, 0),
    }
  }

  /** How many of those on duty follow it, with nothing else said of them for now (R32). */
  async #countFollowing(at: Instant, onDuty: readonly string[]): Promise<number> {
    if (onDuty.length === 0) return 0
    const row = await this.#sql.get(
      `SELECT count(*) AS amount FROM {agent}
       WHERE workspace = ?1 AND id ${this.#sql.dialect.oneOf('?2')} AND counted = 1 AND lasting = 'automatic'
         AND (last_end IS NULL OR last_end <= ?3)`,
      onDuty,
      at,
    )
    return (row as { amount: number }).amount
  }

  async forDeciding(members: readonly string[], at: Instant): Promise<readonly AgentDocument[]> {
    const found = new Map<string, AgentDocument>()
    const add = (agents: readonly AgentDocument[]) => {
      for (const agent of agents) found.set(agent.id, agent)
    }
    add(await this.members(members))
    add(await this.#running(at))
    const more = await this.#sql.all(this.#tiers(), at, [...found.keys()])
    add(await this.members((more as { readonly id: string }[]).map(({ id }) => id)))
    return [...found.values()]
  }

  /** The ids of the first few of each tier, whoever follows a duty that does not name them being away. */
  #tiers(): string {
    const tiers = STATUS_POLICIES.flatMap((status) =>
      [0, 1].map(
        (hasAvatar) => `SELECT id FROM (SELECT id FROM {agent}
           WHERE workspace = ?1 AND counted = 1 AND lasting = '${status}' AND has_avatar = ${hasAvatar} AND (last_end IS NULL OR last_end <= ?2)
           AND NOT (id ${this.#sql.dialect.oneOf('?3')})
         ORDER BY id_order LIMIT ${TIER_SIZE}) AS tier`,
      ),
    )
    return tiers.join(' UNION ALL ')
  }

  /** Everyone with a timed or planned status that has not ended. */
  async #running(at: Instant): Promise<readonly AgentDocument[]> {
    const { snapshot } = this.#sql
    if (!snapshot.running || snapshot.running.from > at) {
      snapshot.running = { from: at, agents: toAgents(await this.#sql.all(`${SELECT} AND last_end > ?`, at)) }
    }
    return snapshot.running.agents.filter((agent) => lastEndOf(agent) > at)
  }

  /** Chats and turns are an agent's from when the agent was added; then only `route` moves them. */
  async put(agent: AgentDocument, revision: number): Promise<void> {
    const { id, email, status, until, note, afterwards, planned, openChats, lastRoutedAt, ...settings } = agent
    const lasting = unfold(statusesOf(agent), planned).at(-1)!
    const lastEnd = lastEndOf(agent)
    const counted: Counted = { counted: agent.bot || agent.disabled ? 0 : 1, lasting: lasting.status }
    const before = await this.#countedOf(id)
    try {
      await this.#sql.write(
        `INSERT INTO {agent} (workspace, id, id_order, email, mailbox, name, first_name, counted, has_avatar, status, until,
           note, afterwards, planned, lasting, last_end, chats_elsewhere, last_routed_at, settings, revision)
         VALUES (?1,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
         ON CONFLICT (${this.#sql.dialect.key('id')}) DO UPDATE SET email = excluded.email, mailbox = excluded.mailbox, name = excluded.name,
           first_name = excluded.first_name, counted = excluded.counted, has_avatar = excluded.has_avatar, status = excluded.status, until = excluded.until,
           note = excluded.note, afterwards = excluded.afterwards, planned = excluded.planned, lasting = excluded.lasting, last_end = excluded.last_end,
           settings = excluded.settings, revision = excluded.revision`,
        id,
        idOrder(id),
        email ?? null,
        ...keyColumns(agent),
        counted.counted,
        agent.avatar === undefined ? 0 : 1,
        status ?? 'available',
        instantOf(until) ?? null,
        note ?? null,
        afterwards === undefined ? null : JSON.stringify(afterwards.map(inUtc)),
        planned === undefined ? null : JSON.stringify(planned.map(inUtc)),
        counted.lasting,
        Number.isFinite(lastEnd) ? lastEnd : null,
        openChats ?? 0,
        instantOf(lastRoutedAt) ?? null,
        JSON.stringify(settings),
        revision,
      )
    } catch (error) {
      if (!this.#sql.dialect.isEmailTaken(error)) throw error
      throw new DriftStatusError('conflict', `"${email}" is the email of another agent`, { cause: error })
    }
    await this.#recount(before, counted)
  }

  async delete(id: string): Promise<void> {
    const before = await this.#countedOf(id)
    await this.#sql.write('DELETE FROM {agent} WHERE workspace = ?1 AND id = ?', id)
    await this.#recount(before, undefined)
  }

  async #countedOf(id: string): Promise<Counted | undefined> {
    const known = this.#sql.snapshot.counted.get(id)
    if (known) return known
    const row = await this.#sql.get('SELECT counted, lasting FROM {agent} WHERE workspace = ?1 AND id = ?', id)
    return row as Counted | undefined
  }

  async #counts(): Promise<readonly AgentCount[]> {
    const { snapshot } = this.#sql
    snapshot.counts ??= (await this.#sql.all(
      'SELECT counted, lasting, amount FROM {agent_count} WHERE workspace = ?1',
    )) as AgentCount[]
    return snapshot.counts
  }

  /** Counting the rows for each question would cost more with every agent. */
  async #recount(before: Counted | undefined, after: Counted | undefined): Promise<void> {
    if (before && after && before.counted === after.counted && before.lasting === after.lasting) return
    const { counts } = this.#sql.snapshot
    const moves = [before && { ...before, amount: -1 }, after && { ...after, amount: 1 }].filter((move) => !!move)
    await this.#sql.write(
      `INSERT INTO {agent_count} (workspace, counted, lasting, amount) VALUES ${moves.map(() => '(?1, ?, ?, ?)').join(', ')}
       ON CONFLICT (${this.#sql.dialect.key('counted', 'lasting')}) DO UPDATE SET amount = agent_count.amount + excluded.amount`,
      ...moves.flatMap(({ counted, lasting, amount }) => [counted, lasting, amount]),
    )
    this.#sql.snapshot.counts = counts && moves.reduce(moved, counts)
  }
}

/** Counts after an agent came to be counted otherwise. */
function moved(counts: readonly AgentCount[], { counted, lasting, amount }: AgentCount): readonly AgentCount[] {
  const isSame = (count: AgentCount) => count.counted === counted && count.lasting === lasting
  if (!counts.some(isSame)) return [...counts, { counted, lasting, amount }]
  return counts.map((count) => (isSame(count) ? { ...count, amount: count.amount + amount } : count))
}

/** When the last timed status of an agent ends; from then on nothing about it changes with time. */
function lastEndOf(agent: AgentDocument): Instant {
  const lastTimed = unfold(statusesOf(agent), agent.planned).at(-2)
  return lastTimed === undefined ? Number.NEGATIVE_INFINITY : endOf(lastTimed)
}

/** R32: who follows the duty is available while on it. */
function statusAt(agent: AgentDocument, at: Instant, onDuty: ReadonlySet<string>): AgentStatus {
  const { status = 'available' } = settleAgent(agent, at)
  if (status !== 'automatic') return status
  return onDuty.has(agent.id) ? 'available' : 'away'
}

/** As an end of the first status comes back. */
function inUtc<State extends Timed & { readonly from?: string }>(state: State): State {
  const { from, until } = state
  return { ...state, ...(from !== undefined && { from: utc(from) }), ...(until !== undefined && { until: utc(until) }) }
}

/** A text that sorts as ids do (R21): numeric ids as numbers and first, then text. */
function idOrder(id: string): string {
  if (!/^\d+$/.test(id)) return `~${id}`
  const digits = id.replace(/^0+(?=\d)/, '')
  return `${String(digits.length).padStart(4, '0')}${digits} ${id}`
}

function toStored(row: unknown): StoredAgent | undefined {
  return row === undefined ? undefined : { agent: toAgent(row as AgentRow), revision: (row as AgentRow).revision }
}

function toAgents(rows: readonly unknown[]): readonly AgentDocument[] {
  return rows.map((row) => toAgent(row as AgentRow))
}

function toAgent(row: AgentRow): AgentDocument {
  return {
    id: row.id,
    ...(row.email !== null && { email: row.email }),
    ...JSON.parse(row.settings),
    status: row.status,
    ...(row.until !== null && { until: new Date(row.until).toISOString() }),
    ...(row.note !== null && { note: row.note }),
    ...(row.afterwards !== null && { afterwards: JSON.parse(row.afterwards) }),
    ...(row.planned !== null && { planned: JSON.parse(row.planned) }),
    ...(row.open_chats > 0 && { openChats: row.open_chats }),
    ...(row.last_routed_at !== null && { lastRoutedAt: new Date(row.last_routed_at).toISOString() }),
  }
}
