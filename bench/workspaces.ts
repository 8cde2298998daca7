import { readFileSync } from 'node:fs'
import { type Visitor, type VisitorFacts, visitorOf } from '../src/domain/decision/conditions/facts.js'
import { parseWorkspace } from '../src/domain/document/parse-workspace.js'
import type { WorkspaceDocument } from '../src/domain/document/schema.js'
import type { HoursException } from '../src/domain/time/business-hours.js'
import { formatDate, parseDate } from '../src/domain/time/calendar-date.js'

const SAMPLE_FILE = 'docs/sample/acme.yaml'

export function readSample(): WorkspaceDocument {
  return parseWorkspace(readFileSync(SAMPLE_FILE, 'utf8'), SAMPLE_FILE)
}

/** One per way through the sample: a playbook's goal, the owner, a team, one person, the default rule. */
const SAMPLE_FACTS: readonly VisitorFacts[] = [
  { url: 'https://acme.example/pricing?plan=pro', attributes: { 'company.size': 120, country: 'US' } },
  { url: 'https://acme.example/', attributes: { 'account.owner': 'lena@acme.example' } },
  { url: 'https://acme.example/docs', attributes: { 'company.size': 900 } },
  { url: 'https://acme.example/docs', attributes: { 'company.size': 20, country: 'DE' } },
  { url: 'https://acme.example/docs', attributes: { country: 'FR' } },
]
export const SAMPLE_VISITORS: readonly Visitor[] = SAMPLE_FACTS.map(visitorOf)

const TEAM_SIZE = 20

export interface Size {
  readonly agents: number
  readonly rules: number
  readonly isAway: (agent: number) => boolean
}

/** As many teams as rules: rule n sends the visitors of segment n to team n. */
export function generateWorkspace({ agents, rules, isAway }: Size): WorkspaceDocument {
  const sample = readSample()
  const agentId = (index: number) => `${(index % agents) + 1}`
  return {
    ...sample,
    name: 'Generated',
    agents: Array.from({ length: agents }, (_, index) => ({
      id: agentId(index),
      email: `agent-${index + 1}@acme.example`,
      role: 'agent',
      status: isAway(index) ? 'away' : 'available',
      openChats: index % 5,
    })),
    teams: Array.from({ length: rules }, (_, team) => ({
      id: `team-${team}`,
      members: Array.from({ length: TEAM_SIZE }, (_, member) => agentId(team * TEAM_SIZE + member)),
    })),
    playbooks: sample.playbooks.filter(({ goal }) => goal === undefined),
    routing: {
      rules: Array.from({ length: rules }, (_, rule) => ({
        id: `rule-${rule}`,
        when: { segment: `segment-${rule}` },
        to: { team: `team-${rule}` },
      })),
      default: { to: { team: 'team-0' } },
    },
  }
}

/**
 * The same with everyone on a rota instead of a status: half of the shifts last half of a day, half of them are around
 * the clock with half of their people a week, so that at any time about half of the agents are on duty.
 */
export function withDuty(document: WorkspaceDocument, shifts: number, covers: number): WorkspaceDocument {
  const { agents } = document
  const size = Math.floor(agents.length / shifts)
  // A team's members are in different shifts: about half of each team is on duty.
  const crewOf = (shift: number) => agents.filter((_, index) => index % shifts === shift).map(({ id }) => id)
  const shift = (index: number) => {
    const [id, days, ids] = [`shift-${index}`, 'all', crewOf(index)]
    const [start, end] = [index % 24, (index + 12) % 24].map((hour) => `${String(hour).padStart(2, '0')}:00`)
    if (index % 2 === 0) return { id, days, hours: `${start}-${end}`, agents: ids }
    return {
      id,
      days,
      hours: '24h',
      rotate: { agents: ids, every: 'week', from: '2025-01-06', count: Math.floor(size / 2) },
    }
  }
  const cover = (index: number) => {
    const date = formatDate(parseDate('2026-01-01') + (index % 364))
    const crew = crewOf((index * 2) % shifts)
    return {
      shift: `shift-${(index * 2) % shifts}`,
      from: `${date} 00:00`,
      to: `${date} 24:00`,
      agent: crew[1],
      instead: crew[0],
    }
  }
  const duty = {
    shifts: Array.from({ length: shifts }, (_, index) => shift(index)),
    covers: Array.from({ length: covers }, (_, index) => cover(index)),
  }
  const text = JSON.stringify({ ...document, agents: agents.map(({ status, ...agent }) => agent), duty })
  return parseWorkspace(text, 'duty')
}

/** Visitors spread evenly over the rules, so that on average half of them are looked at. */
export function generateVisitors(rules: number, count: number): readonly Visitor[] {
  return Array.from({ length: count }, (_, index) =>
    visitorOf({
      url: 'https://acme.example/docs',
      attributes: { segment: `segment-${Math.floor((index * rules) / count)}`, country: 'DE' },
    }),
  )
}

/** One date after the other from the first on, each with hours of its own. */
export function generateExceptions(count: number, first: string): readonly HoursException[] {
  const start = parseDate(first)
  return Array.from({ length: count }, (_, index) => ({
    kind: 'date',
    date: start + index,
    name: formatDate(start + index),
    ranges: [{ start: 480 + (index % 60), end: 1020 + (index % 60) }],
  }))
}

/** 65,536 instants of a UTC year in no order, the same in every run. */
export function randomInstants(year: number): Float64Array {
  const start = Date.UTC(year, 0, 1)
  const length = Date.UTC(year + 1, 0, 1) - start
  let seed = year
  return Float64Array.from({ length: 65_536 }, () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return start + Math.floor((seed / 2 ** 32) * length)
  })
}
