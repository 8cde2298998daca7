import fc from 'fast-check'
import { idFindings } from '../../../src/domain/document/ids.js'

/** Texts that YAML may read as something else, fold, or refuse. */
const TRICKY_TEXTS = [
  'constructor',
  'toString',
  '\ufffd',
  'yes',
  'null',
  '~',
  '1',
  '007',
  '0x1f',
  '1e3',
  '.inf',
  'true',
  '12:30',
  '2026-12-24',
  '01-01',
  '-',
  '- a',
  '? a',
  ': a',
  'a: b',
  '# a',
  'a #b',
  '[a',
  '{a',
  '*a',
  '&a',
  '!a',
  '|',
  '>',
  '%a',
  '@a',
  '`a',
  "'",
  '"',
  '\\',
  '\\n',
  ' a ',
  '\ta',
  'a\n',
  '\n',
  'a\n\n b\n',
  '---',
  '...',
  '<<',
  '\u0085',
  '\u2028',
  '\u00a0',
  '\ufeff',
  '\u001b[31m',
  '\u007f',
  '😀',
  'e\u0301',
  `${'word '.repeat(60)}end `,
  'x'.repeat(300),
]

const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }) },
  { weight: 1, arbitrary: fc.constantFrom(...TRICKY_TEXTS) },
)
const isId = (id: string) => idFindings({ agents: [{ id }] }).length === 0
const ids = (maxLength: number) =>
  fc.uniqueArray(
    fc.oneof(fc.nat().map(String), anyText).filter((id) => id !== 'default' && isId(id)),
    { maxLength },
  )

const zone = fc.constantFrom('UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5')
const instant = fc
  .date({ min: new Date('1900-01-02'), max: new Date('2199-12-30'), noInvalidDate: true })
  .map((date) => date.toISOString())
const scalar = fc.oneof(
  anyText,
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
  fc.boolean(),
)
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0))
const optional = { requiredKeys: [] }

const range = fc
  .tuple(fc.nat(1439), fc.nat(1439))
  .filter(([start, end]) => start !== end && end !== 0)
  .map((minutes) => minutes.map((minute) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`).join('-'))
const dayHours = fc.oneof(
  fc.constantFrom('closed', '24h', '00:00-24:00', '09:00-00:00'),
  range,
  range.map((only) => [only]),
  fc.constantFrom<string[]>([], ['13:00-17:00', '09:00-12:00'], ['22:00-02:00', '02:00-03:00']),
)

const operatorFields = {
  eq: scalar,
  in: fc.array(scalar, { maxLength: 3 }),
  not: fc.oneof(scalar, fc.array(scalar, { minLength: 1, maxLength: 2 })),
  glob: anyText,
  contains: anyText,
  gte: number,
  lte: number,
  exists: fc.boolean(),
}
const asksSomething = (value: object) => Object.keys(value).length > 0
const operators = fc.record(operatorFields, optional).filter(asksSomething)
const condition = fc.oneof(
  scalar,
  fc
    .record({ ...operatorFields, all: fc.array(operators, { minLength: 1, maxLength: 2 }) }, optional)
    .filter(asksSomething),
)
const conditions = fc.dictionary(
  anyText.filter((key) => key !== '__proto__'),
  condition,
  { minKeys: 1, maxKeys: 4 },
)

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** Valid documents with every key that there is, as their author wrote them: a value that JSON can hold. */
export const documents: fc.Arbitrary<object> = fc.tuple(ids(5), ids(3)).chain(([agentIds, teamIds]) => {
  const members = agentIds.length === 0 ? fc.constant([]) : fc.array(fc.constantFrom(...agentIds), { maxLength: 4 })
  const strategy = fc.option(fc.constantFrom('in-order', 'random', 'least-open', 'least-recent'), { nil: undefined })
  const target: fc.Arbitrary<unknown> = fc.oneof(
    fc.constant('account-owner'),
    fc.tuple(members, strategy).map(([list, picked]) => ({ 'round-robin': list, ...(picked && { strategy: picked }) })),
    ...(agentIds.length === 0 ? [] : [fc.constantFrom(...agentIds).map((agent) => ({ agent }))]),
    ...(teamIds.length === 0 ? [] : [fc.constantFrom(...teamIds).map((team) => ({ team }))]),
  )
  const agentState = fc.record(
    {
      name: anyText,
      role: fc.constantFrom('admin', 'agent'),
      avatar: anyText,
      timeZone: zone,
      chatLimit: fc.nat(),
      bot: fc.boolean(),
      disabled: fc.boolean(),
      status: fc.constantFrom('available', 'away'),
      until: instant,
      note: fc.oneof(fc.constant(''), anyText),
      openChats: fc.nat(),
      lastRoutedAt: instant,
    },
    optional,
  )
  const playbook = fc.record(
    {
      name: anyText,
      type: fc.constantFrom('welcome', 'bot', 'playbook'),
      when: fc.constantFrom('online', 'offline', 'always'),
      enabled: fc.boolean(),
      target: fc
        .record({ url: fc.array(anyText, { minLength: 1, maxLength: 3 }), visitor: conditions }, optional)
        .filter(asksSomething),
      message: anyText,
      goal: fc.record(
        { route: fc.record({ to: fc.oneof(fc.constant('rules'), target) }), calendar: fc.boolean() },
        { requiredKeys: ['route'] },
      ),
    },
    optional,
  )
  const list = (named: fc.Arbitrary<string[]>, value: fc.Arbitrary<object>) =>
    named.chain((keys) => fc.tuple(...keys.map((id) => value.map((rest) => ({ id, ...rest })))))
  return fc.record(
    {
      version: fc.constant(1),
      timeZone: zone,
      name: anyText,
      plan: fc.constantFrom('free', 'pro', 'premium', 'enterprise'),
      widget: fc.record(
        {
          mode: fc.constantFrom('automatic', 'online', 'offline'),
          display: fc.constantFrom('always', 'online-only', 'hidden'),
          autoOffline: fc.boolean(),
          override: fc.record(
            { mode: fc.constantFrom('online', 'offline'), until: instant },
            { requiredKeys: ['mode'] },
          ),
        },
        optional,
      ),
      hours: fc.record(
        {
          timeZone: zone,
          weekly: fc.record({ mon: dayHours, wed: dayHours, sun: dayHours }, optional),
          exceptions: fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { maxLength: 4 }).chain((days) =>
            fc.tuple(
              ...days.map((day) =>
                fc
                  .tuple(fc.constantFrom('date', 'dates', 'yearly'), dayHours, fc.option(anyText, { nil: undefined }))
                  .map(([kind, hours, name]) => ({
                    ...(kind === 'date' && { date: `2026-03-${two(day)}` }),
                    ...(kind === 'dates' && { from: `2027-04-${two(day)}`, to: `2027-04-${two(day)}` }),
                    ...(kind === 'yearly' && { yearly: `02-${two(day)}` }),
                    ...(name !== undefined && { name }),
                    hours,
                  })),
              ),
            ),
          ),
        },
        optional,
      ),
      agents: list(fc.constant(agentIds), agentState),
      teams: list(fc.constant(teamIds), fc.record({ name: anyText, members }, { requiredKeys: ['members'] })),
      chatLimit: fc.nat(),
      greeting: fc.record({ online: anyText, offline: fc.constant('') }, optional),
      playbooks: list(ids(3), playbook),
      routing: fc.record(
        {
          rules: list(ids(3), fc.record({ name: anyText, when: conditions, to: target }, { requiredKeys: ['to'] })),
          default: fc.record({ to: target }),
        },
        optional,
      ),
    },
    { requiredKeys: ['version', 'timeZone', 'agents', 'teams'] },
  )
})
