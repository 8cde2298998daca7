/** Names as people have them: long, with umlauts, in wide characters, with an emoji, from right to left. */
const NAMES = [
  'Ana Flores',
  'Jürgen Müller-Lüdenscheidt',
  '山田太郎',
  'Zoë 🌻 Ångström',
  'Αλέξανδρος Παπαδόπουλος',
  'Bartholomew Featherstonehaugh-Cholmondeley',
  '김철수',
]

const NOTES = [
  'at the dentist until four, then working from home for the rest of the day',
  'Urlaub\nbis Montag\nVertretung: Zoë 🌻',
  '休暇中です。緊急の場合は山田までご連絡ください。',
  'lunch',
]

const two = (index: number) => String(index).padStart(2, '0')

/** Ids of people are long, and seen wherever they are. */
export const personId = (index: number) => `zz-${['ana', 'jürgen', 'taro'][index % 3]}-${two(index)}-id`
export const teamId = (index: number) => `vertrieb-süd-international-${two(index)}`
export const ruleId = (index: number) => `enterprise-customers-in-dach-${two(index)}`
export const playbookId = (index: number) => `spring-campaign-products-${two(index)}`

/** An id of a person, anywhere. */
export const PERSON_ID = /zz-\p{L}+-\d\d-id/u

const range = <Item>(length: number, make: (index: number) => Item) => Array.from({ length }, (_, index) => make(index))

/** What each rule asks, and whom it names: every kind of each in turn. */
const TARGETS = [
  (index: number) => ({ team: teamId(index) }),
  (index: number) => ({ agent: personId(index) }),
  (index: number) => ({ 'round-robin': [personId(index), personId(index + 1), personId(index + 2)] }),
  () => 'account-owner',
  (index: number) => ({ team: teamId(index), strategy: 'least-open' }),
]

/** Eighty people, thirty teams, thirty rules and twenty playbooks, with texts of every kind. */
export function bigWorkspace(): string {
  const agents = range(80, (index) => ({
    id: personId(index),
    name: `${NAMES[index % NAMES.length]} ${index}`,
    email: `person.number.${index}@subsidiary.acme-international.example`,
    role: index === 0 ? 'admin' : 'agent',
    status: index % 3 === 0 ? 'away' : 'available',
    ...(index % 3 === 0 && { note: NOTES[index % NOTES.length] }),
    ...(index % 12 === 6 && { until: '2026-11-24T17:30:00Z' }),
    ...(index === 78 && { bot: true }),
    ...(index === 79 && { disabled: true }),
    ...(index % 10 === 4 && { openChats: index }),
  }))
  const teams = range(30, (index) => ({
    id: teamId(index),
    name: index === 5 ? 'Kundenbetreuung Österreich, Schweiz und Süddeutschland' : `Vertrieb Süd ${index} 営業部`,
    members:
      index === 29
        ? []
        : index === 28
          ? [personId(78), personId(79)]
          : [personId(index), personId(index + 20), personId(index + 40)],
  }))
  return JSON.stringify({
    version: 1,
    name: 'Acme International Süd 🌻',
    timeZone: 'Europe/Berlin',
    chatLimit: 30,
    hours: {
      weekly: { mon: ['09:00-12:00', '13:00-17:00'], tue: '09:00-17:00', fri: ['09:00-17:00', '22:00-02:00'] },
      exceptions: [
        { date: '2026-11-24', name: 'Betriebsversammlung aller Standorte', hours: '13:00-17:00' },
        { from: '2026-12-24', to: '2026-12-26', name: 'Weihnachten und die Tage danach', hours: 'closed' },
        { yearly: '01-01', name: '正月', hours: 'closed' },
      ],
    },
    holidays: [
      {
        id: 'deutschland',
        name: 'Gesetzliche Feiertage in allen Bundesländern',
        days: [
          { yearly: '10-03', name: 'Tag der Deutschen Einheit', hours: 'closed' },
          { from: '2026-12-25', to: '2026-12-26', name: 'Erster und zweiter Weihnachtsfeiertag', hours: 'closed' },
          { date: '2027-03-26', name: 'Karfreitag', hours: 'closed' },
        ],
      },
      { id: 'nihon', name: '日本の祝日', source: 'http://127.0.0.1:1/a-very-long-path/holidays.ics', days: [] },
    ],
    agents,
    teams,
    greeting: {
      online: '担当者がすぐにご案内いたします。お気軽にご質問ください。お待ちしております。',
      offline: 'We are away until tomorrow.\nLeave us a message, and we answer first thing in the morning.',
    },
    routing: {
      rules: range(30, (index) => ({
        id: ruleId(index),
        ...(index % 4 === 0 && { name: `Große Kunden ${index} im deutschsprachigen Raum` }),
        when: { 'company.size': { gte: 10 + index * 100 }, country: { in: ['DE', 'AT', 'CH', 'JP'] } },
        to:
          index === 20
            ? { 'round-robin': [personId(7)] }
            : index === 21
              ? { agent: personId(79) }
              : TARGETS[index % TARGETS.length]!(index),
      })),
      default: { to: { 'round-robin': [personId(0), personId(1), personId(2), personId(4)] } },
    },
    playbooks: range(20, (index) => ({
      id: playbookId(index),
      type: index % 5 === 4 ? 'bot' : 'playbook',
      enabled: index % 4 !== 3,
      target: {
        url: [`/products/category-${index}/*`],
        ...(index % 3 === 0 && { visitor: { plan: { in: ['gold', 'platinum, for partners'] } } }),
      },
      message: [
        'Welcome! Ask us anything about prices, delivery, returns and whatever else is on your mind today.',
        'Grüß Gott!\nWie können wir helfen?',
        'ご質問はございますか？お気軽にお問い合わせください。',
      ][index % 3],
      goal: { route: { to: TARGETS[index % TARGETS.length]!(index) }, calendar: index % 2 === 0 },
    })),
  })
}
