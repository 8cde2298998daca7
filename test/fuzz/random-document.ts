import { stringify } from 'yaml'
import { NASTY_VALUES } from './nasty-values.js'
import type { Random } from './random.js'

const ZONES = ['UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Casablanca']
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const STRATEGIES = ['in-order', 'random', 'least-open', 'least-recent']
export const ATTRIBUTES = ['country', 'company.size', 'account.owner', 'vip', 'constructor', '', 'url', 'toString']
export const FACTS = ['DE', 'AT', '5', 50, 0, true, '', '1', '02142', '1e3', 'NO', 'sam@acme.example']
const PAGE_PATTERNS = [
  '/pricing*',
  '*',
  '*Pricing*',
  'acme.example/*',
  '*.bücher.example',
  'https://acme.example:443/%7e*',
  '/q?x',
  '/#',
  '//',
  'a b',
  'bü*.example/*',
  '%*',
  '[::1]*',
  '192.168.*.1',
  '\\\\*',
  '://',
  `/${'a*'.repeat(100)}`,
  '\ud800*',
]

/** A document that is mostly valid, as YAML or JSON text; now and then a value is none that belongs there. */
export function randomDocumentText(random: Random): string {
  const document = new DocumentMaker(random, random.chance(0.5) ? 0 : 0.01).make()
  if (random.chance(0.3)) return JSON.stringify(document, null, random.pick([0, 2, '\t']))
  return stringify(document, { version: '1.2', lineWidth: random.pick([0, 40, 120]) })
}

class DocumentMaker {
  readonly #random: Random
  /** How often a value is nasty. */
  readonly #nastiness: number
  #agents: string[] = []
  #teams: string[] = []

  constructor(random: Random, nastiness: number) {
    this.#random = random
    this.#nastiness = nastiness
  }

  make(): unknown {
    const random = this.#random
    this.#agents = random.list(6, (index) => random.pick([`${index + 1}`, `${10 - index}`, `agent${index}`]))
    if (!random.chance(this.#nastiness)) this.#agents = [...new Set(this.#agents)]
    this.#teams = random.list(2, (index) => `team${index}`)
    return this.#object({
      version: 1,
      timeZone: random.pick(ZONES),
      name: this.#maybe(() => random.pick(['Acme', 'Ünïcödé GmbH', 'a: b # c'])),
      plan: this.#maybe(() => random.pick(['free', 'pro', 'premium', 'enterprise'])),
      widget: this.#maybe(() => this.#widget()),
      hours: this.#maybe(() => this.#hours()),
      holidays: this.#maybe(() => random.list(2, (index) => this.#calendar(`calendar${index}`))),
      agents: this.#agents.map((id, index) => this.#agent(id, index)),
      teams: this.#teams.map((id) => this.#object({ id, members: this.#members() })),
      chatLimit: this.#maybe(() => random.between(0, 4)),
      greeting: this.#maybe(() =>
        this.#object({ online: this.#maybe(() => 'Hello'), offline: this.#maybe(() => 'Bye') }),
      ),
      playbooks: random.list(3, (index) => this.#playbook(`playbook${index}`)),
      routing: this.#maybe(() =>
        this.#object({
          rules: random.list(4, (index) =>
            this.#object({ id: `rule${index}`, when: this.#maybe(() => this.#conditions()), to: this.#target() }),
          ),
          default: this.#maybe(() => this.#object({ to: this.#target() })),
        }),
      ),
    })
  }

  #widget(): unknown {
    const random = this.#random
    return this.#object({
      mode: this.#maybe(() => random.pick(['automatic', 'automatic', 'online', 'offline'])),
      display: this.#maybe(() => random.pick(['always', 'online-only', 'hidden'])),
      autoOffline: this.#maybe(() => random.chance(0.5)),
      override: this.#maybe(() =>
        this.#object({ mode: random.pick(['online', 'offline']), ...this.#ends({ mode: 'online' }) }),
      ),
    })
  }

  /** An end, and what holds after it; now and then in the wrong order. */
  #ends(next: object): { until?: unknown; afterwards?: unknown } {
    if (this.#random.chance(0.5)) return {}
    const [first, second] = [this.#instant(), this.#instant()].sort((a, b) => Date.parse(`${a}`) - Date.parse(`${b}`))
    if (this.#random.chance(0.6)) return { until: first }
    return { until: first, afterwards: [{ ...next, until: second }, ...(this.#random.chance(0.5) ? [next] : [])] }
  }

  #hours(): unknown {
    const random = this.#random
    const days = random.list(6, () => random.between(1, 28))
    return this.#object({
      timeZone: this.#maybe(() => random.pick(ZONES)),
      weekly: this.#object(Object.fromEntries(DAYS.map((day) => [day, this.#maybe(() => this.#dayHours())]))),
      exceptions: [...new Set(days)].map((day, index) => this.#exception(day, index)),
      holidays: this.#maybe(() => random.list(2, (index) => `calendar${index}`)),
    })
  }

  #calendar(id: string): unknown {
    const random = this.#random
    const days = random.list(6, () => random.between(1, 28))
    return this.#object({
      id,
      name: this.#maybe(() => 'Holidays'),
      source: this.#maybe(() => 'https://example.com/holidays.ics'),
      days: [...new Set(days)].map((day, index) => this.#exception(day, index)),
    })
  }

  #exception(day: number, index: number): unknown {
    const random = this.#random
    const year = random.pick([2025, 2026, 2027, 2100])
    const date = `${year}-${random.pick(['02', '03', '10', '11', '12'])}-${two(day)}`
    const from = 2030 + index
    const dates = random.pick([
      { date },
      { yearly: `02-${two(day)}` },
      { from: `${from}-10-${two(day)}`, to: `${from}-12-31` },
    ])
    return this.#object({ ...dates, name: this.#maybe(() => 'Holiday'), hours: this.#dayHours() })
  }

  #dayHours(): unknown {
    const random = this.#random
    const cuts = random.list(6, () => random.below(1440)).sort((a, b) => a - b)
    const clock = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
    const ranges = cuts.flatMap((start, index) =>
      index % 2 === 0 && cuts[index + 1] !== undefined && cuts[index + 1] !== start
        ? [`${clock(start)}-${clock(cuts[index + 1]!)}`]
        : [],
    )
    return random.pick<unknown>([
      ranges,
      ranges,
      ranges[0] ?? 'closed',
      'closed',
      '24h',
      '00:00-24:00',
      '22:00-06:00',
      '02:00-03:00',
    ])
  }

  #agent(id: string, index: number): unknown {
    const random = this.#random
    return this.#object({
      id: /^\d+$/.test(id) && random.chance(0.3) ? Number(id) : id,
      email: this.#maybe(() => `agent${index}@acme.example`),
      name: this.#maybe(() => random.pick(['Sam Reed', 'Ana Flores', 'Kofi'])),
      avatar: this.#maybe(() => 'https://acme.example/a.png'),
      chatLimit: this.#maybe(() => random.between(0, 3)),
      bot: this.#maybe(() => random.chance(0.2)),
      disabled: this.#maybe(() => random.chance(0.2)),
      status: this.#maybe(() => random.pick(['available', 'away'])),
      ...this.#ends({ status: 'away' }),
      note: this.#maybe(() => 'lunch'),
      openChats: this.#maybe(() => random.between(0, 4)),
      lastRoutedAt: this.#maybe(() => this.#instant()),
    })
  }

  #playbook(id: string): unknown {
    const random = this.#random
    return this.#object({
      id,
      type: this.#maybe(() => random.pick(['welcome', 'bot', 'playbook'])),
      when: this.#maybe(() => random.pick(['online', 'offline', 'always'])),
      enabled: random.chance(0.7),
      target: this.#maybe(() =>
        this.#object({
          url: this.#maybe(() => [random.pick(PAGE_PATTERNS), ...random.list(2, () => random.pick(PAGE_PATTERNS))]),
          visitor: this.#maybe(() => this.#conditions()),
        }),
      ),
      message: this.#maybe(() => 'Talk to sales?'),
      goal: this.#maybe(() =>
        this.#object({
          route: this.#object({ to: random.chance(0.3) ? 'rules' : this.#target() }),
          calendar: this.#maybe(() => random.chance(0.5)),
        }),
      ),
    })
  }

  #conditions(): unknown {
    const random = this.#random
    const condition = () =>
      random.pick<unknown>([
        random.pick(FACTS),
        { in: random.list(3, () => random.pick(FACTS)) },
        { not: random.pick(FACTS) },
        { gte: random.between(-10, 100) },
        { lte: random.between(-10, 100), exists: true },
        { exists: random.chance(0.5) },
        { glob: random.pick(PAGE_PATTERNS), all: [{ not: random.pick(FACTS) }, { glob: random.pick(PAGE_PATTERNS) }] },
        { all: [{ gte: random.between(-10, 100) }, ...random.list(1, () => ({ lte: 0 }))] },
        { glob: random.pick(['*', 'D*', '*a*b*']), contains: random.pick(['', 'D']) },
      ])
    const facts = [random.pick(ATTRIBUTES), ...random.list(2, () => random.pick(ATTRIBUTES))]
    return this.#object(Object.fromEntries(facts.map((fact) => [fact, condition()])))
  }

  #target(): unknown {
    const random = this.#random
    const kinds: unknown[] = [
      'account-owner',
      { 'round-robin': this.#members(), strategy: this.#maybe(() => random.pick(STRATEGIES)) },
    ]
    if (this.#agents.length > 0) kinds.push({ agent: random.pick(this.#agents) })
    if (this.#teams.length > 0)
      kinds.push({ team: random.pick(this.#teams), strategy: this.#maybe(() => random.pick(STRATEGIES)) })
    const target = random.pick(kinds)
    return typeof target === 'object' ? this.#object(target as object) : target
  }

  #members(): unknown {
    return this.#agents.length === 0 ? [] : this.#random.list(5, () => this.#random.pick(this.#agents))
  }

  #instant(): string {
    return new Date(Date.UTC(2026, 9, 20) + this.#random.below(60 * 86_400) * 1000).toISOString()
  }

  #maybe<Value>(make: () => Value): Value | undefined {
    return this.#random.chance(0.5) ? make() : undefined
  }

  /** The object without the keys that have no value; now and then with one that is nasty. */
  #object(value: object): object {
    const random = this.#random
    const entries = Object.entries(value).filter(([, field]) => field !== undefined)
    return Object.fromEntries(
      entries.map(([key, field]) => [key, random.chance(this.#nastiness) ? random.pick(NASTY_VALUES) : field]),
    )
  }
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
