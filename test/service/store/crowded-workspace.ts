import fc from 'fast-check'

const START = Date.parse('2026-11-23T13:00:00Z')
const HOUR = 3_600_000

/** A workspace with more agents than its rules name, and moments at which their timed statuses have ended. */
export interface CrowdedWorkspace {
  readonly document: object
  readonly instants: readonly number[]
  readonly visitor: { readonly url: undefined; readonly attributes: Readonly<Record<string, string>> }
}

const hoursAhead = (hours: number) => new Date(START + hours * HOUR).toISOString()
const flag = fc.integer({ min: 0, max: 9 }).map((value) => value === 0)
const agent = fc.record({
  status: fc.constantFrom('available', 'away', 'away', 'away'),
  endsAfter: fc.option(fc.integer({ min: -2, max: 8 }), { nil: undefined, freq: 3 }),
  /** Hours after the first end at which the next statuses end, and whether one lasts after them. */
  more: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
  next: fc.constantFrom('available', 'away'),
  lasts: fc.boolean(),
  bot: flag,
  disabled: flag,
  hasAvatar: fc.boolean(),
  openChats: fc.nat(2),
})

export const crowdedWorkspaces: fc.Arbitrary<CrowdedWorkspace> = fc
  .record({
    agents: fc.array(agent, { minLength: 1, maxLength: 25 }),
    autoOffline: fc.boolean(),
    mode: fc.constantFrom('automatic', 'online'),
    members: fc.array(fc.nat(24), { maxLength: 4 }),
    rest: fc.array(fc.nat(24), { maxLength: 2 }),
    owner: fc.nat(24),
    hasOwnerRule: fc.boolean(),
    hours: fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 4 }),
  })
  .map(({ agents, autoOffline, mode, members, rest, owner, hasOwnerRule, hours }) => {
    const idOf = (index: number) => String((index % agents.length) + 1)
    const unique = (indexes: readonly number[]) => [...new Set(indexes.map(idOf))]
    const document = {
      widget: { autoOffline, mode },
      chatLimit: 2,
      agents: agents.map(({ endsAfter, more, next, lasts, bot, disabled, hasAvatar, ...rest }, index) => ({
        id: idOf(index),
        ...rest,
        ...(bot && { bot }),
        ...(disabled && { disabled }),
        ...(hasAvatar && { avatar: 'https://acme.example/face.png' }),
        ...(endsAfter !== undefined && { until: hoursAhead(endsAfter) }),
        ...(endsAfter !== undefined &&
          (more.length > 0 || lasts) && {
            afterwards: [
              ...more.map((_, turn) => ({
                status: turn % 2 === 0 ? next : 'available',
                until: hoursAhead(more.slice(0, turn + 1).reduce((sum, hours) => sum + hours, endsAfter)),
              })),
              ...(lasts ? [{ status: next }] : []),
            ],
          }),
      })),
      teams: [
        { id: 'named', members: unique(members) },
        { id: 'unnamed', members: [idOf(24)] },
      ],
      routing: {
        rules: [...(hasOwnerRule ? [{ id: 'owned', to: 'account-owner' }] : []), { id: 'team', to: { team: 'named' } }],
        default: { to: { 'round-robin': unique(rest), strategy: 'least-open' } },
      },
    }
    return {
      document,
      instants: [START, ...hours.map((hour) => START + hour * HOUR)],
      visitor: { url: undefined, attributes: hasOwnerRule ? { 'account.owner': idOf(owner) } : {} },
    }
  })
