import type { LiveAgent } from '../api/contract/answers.js'
import type { Workspace } from '../domain/decision/compile-workspace.js'
import { settleAgent } from '../domain/decision/timed-states.js'
import type { AgentDocument } from '../domain/document/schema.js'
import type { Instant } from '../domain/time/zone.js'
import { compileStored } from './revisions/effect.js'
import type { AgentCounts, ReadTransaction } from './store/store.js'

/** Who is behind the counter at an instant, those who follow the duty included (R32). */
export interface Counter extends Pick<AgentCounts, 'available' | 'away'> {
  /** The ids of those on duty. */
  readonly onDuty: readonly string[]
  /** An agent as of the instant; with what an automatic status comes to. */
  readonly show: (agent: AgentDocument) => LiveAgent
}

/** @param workspace as the transaction sees it, where it is at hand */
export async function counterAt(transaction: ReadTransaction, at: Instant, workspace?: Workspace): Promise<Counter> {
  const onDuty = await onDutyAt(transaction, at, workspace)
  const isOnDuty = new Set(onDuty)
  const { available, away } = await transaction.agents.count(at, onDuty)
  const show = (agent: AgentDocument): LiveAgent => {
    const settled = settleAgent(agent, at)
    if (settled.status !== 'automatic') return settled
    return { ...settled, resolved: isOnDuty.has(agent.id) ? 'available' : 'away' }
  }
  return { available, away, onDuty, show }
}

async function onDutyAt(transaction: ReadTransaction, at: Instant, workspace?: Workspace): Promise<readonly string[]> {
  const { value } = await transaction.section('duty')
  if (value.shifts.length === 0) return []
  const { duty } = workspace ?? (await compileStored(transaction, at))
  const crews = duty?.onDutyAt(at) ?? []
  return [...new Set(crews.flatMap(({ crew }) => crew.map(({ agent }) => agent.id)))]
}
