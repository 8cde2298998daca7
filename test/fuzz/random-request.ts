import type { WorkspaceDocument } from '../../src/domain/document/schema.js'
import type { SimulateRequest } from '../../src/domain/questions/simulate.js'
import type { Random } from './random.js'
import { ATTRIBUTES, FACTS } from './random-document.js'

const FIRST = Date.UTC(1900, 0, 1)
const END = Date.UTC(2200, 0, 1)
const SOON = Date.UTC(2026, 9, 1)
const DAY = 86_400_000
const PAGES = [
  '/pricing',
  'https://acme.example/pricing?x=1',
  'HTTPS://u:p@ACME.example.:443/../%7eA/b%2fc#d',
  'www.bücher.example',
  '//[::1]:3000/x',
  'app://localhost/index.html',
  '\\\\a\\b',
  '/%',
  '/\ud800',
  '',
  '://',
  '?#',
  'mailto:a@b.example',
  `/${'a'.repeat(2000)}`,
]

/** An instant that documents of this run speak of, any of those that schedules answer for, or a border. */
export function randomInstant(random: Random): number {
  if (random.chance(0.8)) return SOON + random.below(90 * DAY)
  return random.pick([FIRST, END - 1, Date.UTC(2026, 0, 1), 0, -1, FIRST + Math.floor(random.next() * (END - FIRST))])
}

/** What somebody may ask of a workspace; some of it names nobody. */
export function randomRequest(document: WorkspaceDocument, random: Random): SimulateRequest {
  const agents = [
    ...document.agents.map(({ id }) => id),
    ...document.agents.flatMap(({ email, name }) => email ?? name ?? []),
  ]
  const somebody = () =>
    agents.length === 0 || random.chance(0.1) ? random.pick(['99', 'nobody', 'a@b.example', '']) : random.pick(agents)
  const something = (items: readonly { readonly id: string }[]) => (items.length === 0 ? 'none' : random.pick(items).id)
  const maybe = <Value>(make: () => Value) => (random.chance(0.4) ? make() : undefined)
  const routes = [
    () => 'rules',
    () => 'account-owner',
    () => `agent:${somebody()}`,
    () => `team:${something(document.teams)}`,
    () => `round-robin:${random.list(4, somebody).join(',')}`,
    () => `playbook:${something(document.playbooks)}`,
    () => random.pick(['', ':', 'agent:', 'nonsense', 'rules:1']),
  ]
  return {
    at: randomInstant(random),
    assumptions: maybe(() => ({
      agents: maybe(() =>
        Object.fromEntries(random.list(2, () => [somebody(), random.pick(['available', 'away'] as const)])),
      ),
      mode: maybe(() => random.pick(['automatic', 'online', 'offline'] as const)),
      autoOffline: maybe(() => random.chance(0.5)),
    })),
    visitor: maybe(() => ({
      url: maybe(() => random.pick(PAGES)),
      attributes: Object.fromEntries(
        random.list(3, () => [random.pick(ATTRIBUTES), random.chance(0.3) ? somebody() : random.pick(FACTS)]),
      ),
      timeZone: maybe(() => random.pick(['Europe/Berlin', 'UTC', 'Nowhere/Land', '+05:00'])),
    })),
    route: maybe(() => random.pick(routes)()),
    strategy: maybe(() => random.pick(['in-order', 'random', 'least-open', 'least-recent'] as const)),
    after: maybe(somebody),
    seed: maybe(() => random.pick([0, 1, -1, 2 ** 32, random.below(2 ** 31)])),
    sequence: maybe(() => random.between(0, 5)),
    next: maybe(() => random.between(0, 5)),
  }
}
