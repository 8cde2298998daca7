import * as z from 'zod/mini'
import { DriftStatusError } from '../errors.js'
import { lazy } from '../lazy.js'
import {
  AGENT_STATUSES,
  DISPLAYS,
  MODE_POLICIES,
  MODES,
  PLANS,
  PLAYBOOK_TIMES,
  PLAYBOOK_TYPES,
  ROLES,
  STATUS_POLICIES,
  STRATEGIES,
  TEAM_AVAILABILITIES,
} from '../words.js'
import { cover, duty } from './duty-schema.js'
import {
  asking,
  count,
  type DeepReadonly,
  describe,
  email,
  facts,
  id,
  instant,
  message,
  name,
  note,
  parsedBy,
  strict,
  url,
  zone,
} from './fields.js'
import { holidayFields, holidays } from './holidays-schema.js'
import { dayHours, hours } from './hours-schema.js'
import { checkAfterwards, plannedModes, plannedStatuses, timedMode, timedStatus } from './status-schema.js'
import { checkAutomatic } from './timed.js'

const scalar = lazy(() => z.union([z.string(), parsedBy(z.number(), checkDigits), z.boolean()]))
const operatorShape = () => ({
  eq: z.optional(scalar()),
  in: z.optional(z.array(scalar())),
  not: z.optional(z.union([scalar(), z.array(scalar()).check(z.minLength(1))])),
  glob: z.optional(z.string()),
  contains: z.optional(z.string()),
  gte: z.optional(z.number()),
  lte: z.optional(z.number()),
  exists: z.optional(z.boolean()),
})
const operators = lazy(() => asking(strict(operatorShape()), 'an operator'))
const condition = lazy(() =>
  describe(
    z.union([
      scalar(),
      asking(
        strict({
          ...operatorShape(),
          all: z.optional(
            describe(z.array(operators()).check(z.minLength(1)), {
              description: 'Operators that must hold too, where one operator is asked more than once',
            }),
          ),
        }),
        'an operator',
      ),
    ]),
    { description: 'A bare value (equals), or operators that must all hold' },
  ),
)
const conditions = lazy(() =>
  describe(asking(facts(condition()), 'a condition'), {
    description: 'Visitor attribute to condition; all must hold. For everyone, leave it out',
  }),
)

/** A number of JSON loses the digits that it cannot hold, and then equals another one. */
function checkDigits(value: number): void {
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return
  throw new DriftStatusError('invalid-input', `${value} has more digits than a number keeps`, {
    hint: 'put quotes around it',
  })
}

const TARGET_HINT = 'write "account-owner", or one of { agent: … }, { team: … }, { round-robin: […] }'
const targetObject = lazy(() =>
  parsedBy(
    strict({
      agent: z.optional(id()),
      team: z.optional(id()),
      'round-robin': z.optional(z.array(id())),
      strategy: z.optional(z.enum(STRATEGIES)),
    }),
    (value) => {
      const named = [value.agent, value.team, value['round-robin']].filter((target) => target !== undefined)
      if (named.length !== 1) {
        throw new DriftStatusError('invalid-input', 'a target names exactly one of agent, team, round-robin', {
          hint: TARGET_HINT,
        })
      }
      if (value.agent !== undefined && value.strategy !== undefined) {
        throw new DriftStatusError('invalid-input', 'a target of one agent has no strategy', { rule: 'R18' })
      }
    },
  ),
)
const ruleTarget = lazy(() => z.union([z.literal('account-owner'), targetObject()]))
const goalTarget = lazy(() => z.union([z.literal('account-owner'), z.literal('rules'), targetObject()]))

const agentFields = lazy(() =>
  strict({
    id: id(),
    email: z.optional(email()),
    name: z.optional(name()),
    role: z._default(z.enum(ROLES), 'agent'),
    avatar: z.optional(url()),
    timeZone: z.optional(zone()),
    chatLimit: z.optional(count()),
    bot: z.optional(z.boolean()),
    disabled: z.optional(z.boolean()),
    status: z.optional(
      describe(z.enum(STATUS_POLICIES), {
        description:
          'State. Without it "automatic", following the duty, where a shift names the agent, else "available".',
      }),
    ),
    until: z.optional(instant()),
    note: z.optional(note()),
    afterwards: z.optional(
      describe(z.array(timedStatus()).check(z.minLength(1)), {
        description: 'State, as status: what holds after "until", in order. Without it the other status does.',
      }),
    ),
    planned: z.optional(plannedStatuses()),
    openChats: z.optional(count()),
    lastRoutedAt: z.optional(instant()),
  }),
)
const agent = lazy(() => parsedBy(parsedBy(agentFields(), checkAfterwards('R15')), checkAutomatic))

const playbookTarget = lazy(() =>
  asking(
    strict({
      url: z.optional(z.array(url()).check(z.minLength(1))),
      visitor: z.optional(conditions()),
    }),
    'a page or a condition',
  ),
)

const playbook = lazy(() =>
  strict({
    id: id(),
    name: z.optional(name()),
    type: z._default(z.enum(PLAYBOOK_TYPES), 'playbook'),
    when: z._default(z.enum(PLAYBOOK_TIMES), 'always'),
    enabled: z._default(z.boolean(), false),
    target: z.optional(playbookTarget()),
    message: z.optional(message()),
    goal: z.optional(strict({ route: strict({ to: goalTarget() }), calendar: z.optional(z.boolean()) })),
  }),
)

const rule = lazy(() =>
  strict({ id: id(), name: z.optional(name()), when: z.optional(conditions()), to: ruleTarget() }),
)

const override = lazy(() =>
  parsedBy(
    strict({
      mode: z.enum(MODES),
      until: z.optional(instant()),
      afterwards: z.optional(
        describe(z.array(timedMode()).check(z.minLength(1)), {
          description: 'What holds after "until", in order; then the mode policy decides.',
        }),
      ),
    }),
    checkAfterwards('R8'),
  ),
)
const widget = lazy(() =>
  strict({
    mode: z._default(z.enum(MODE_POLICIES), 'automatic'),
    display: z._default(z.enum(DISPLAYS), 'always'),
    autoOffline: z._default(z.boolean(), false),
    override: z.optional(override()),
    planned: z.optional(plannedModes()),
  }),
)
const greeting = lazy(() => strict({ online: z.optional(message()), offline: z.optional(message()) }))
const team = lazy(() =>
  strict({
    id: id(),
    name: z.optional(name()),
    members: z.array(id()),
    availability: z.optional(
      describe(z.enum(TEAM_AVAILABILITIES), { description: 'When the team takes chats; without it always' }),
    ),
    autoOffline: z.optional(
      describe(z.boolean(), { description: 'Whether the team is offline while none of its members is available' }),
    ),
    hours: z.optional(hours()),
  }),
)
const teams = lazy(() => z.array(team()))
const playbooks = lazy(() => z.array(playbook()))
const routing = lazy(() =>
  strict({
    rules: z._default(z.array(rule()), []),
    default: z.optional(strict({ to: ruleTarget() })),
  }),
)

/** The workspace document, version 1. */
export const workspaceSchema = lazy(() =>
  strict({
    $schema: z.optional(z.string()),
    version: z.literal(1),
    name: z._default(name(), 'Workspace'),
    plan: z._default(z.enum(PLANS), 'premium'),
    timeZone: zone(),
    widget: z._default(widget(), { mode: 'automatic', display: 'always', autoOffline: false }),
    hours: z._default(hours(), { weekly: {}, exceptions: [] }),
    holidays: z.optional(holidays()),
    agents: z._default(z.array(agent()), []),
    teams: z._default(teams(), []),
    duty: z.optional(duty()),
    chatLimit: z.optional(count()),
    greeting: z._default(greeting(), {}),
    playbooks: z._default(playbooks(), []),
    routing: z._default(routing(), { rules: [] }),
  }),
)

/** Characters of what says where a document is from: the name of a commit, or an address. */
const MAX_SOURCE_LENGTH = 300

/** The parts of a document that are written or answered each on its own. */
export const schemas = {
  instant,
  visitorFacts: lazy(() => facts(scalar())),
  dayHours,
  agentStatus: lazy(() => z.enum(AGENT_STATUSES)),
  statusPolicy: lazy(() => z.enum(STATUS_POLICIES)),
  mode: lazy(() => z.enum(MODES)),
  modePolicy: lazy(() => z.enum(MODE_POLICIES)),
  display: lazy(() => z.enum(DISPLAYS)),
  widget,
  hours,
  holidays,
  holidaySource: holidayFields.source,
  holidayDays: holidayFields.days,
  duty,
  cover,
  agent,
  name,
  note,
  /** Where a document is from. */
  source: lazy(() => z.string().check(z.minLength(1), z.maxLength(MAX_SOURCE_LENGTH))),
  teams,
  greeting,
  playbooks,
  routing,
  /** What no section of its own holds. */
  general: lazy(() => {
    const { name, plan, timeZone, chatLimit } = workspaceSchema().shape
    return strict({ name, plan, timeZone, chatLimit })
  }),
}

export type WorkspaceDocument = DeepReadonly<z.output<ReturnType<typeof workspaceSchema>>>
export type AgentDocument = WorkspaceDocument['agents'][number]
export type PlaybookDocument = WorkspaceDocument['playbooks'][number]
export type RuleDocument = WorkspaceDocument['routing']['rules'][number]
export type TargetDocument = NonNullable<PlaybookDocument['goal']>['route']['to']
export type ConditionsDocument = NonNullable<RuleDocument['when']>
export type ConditionDocument = ConditionsDocument[string]
/** Operators that must all hold. */
export type OperatorsDocument = DeepReadonly<z.output<ReturnType<typeof operators>>>
export type ExceptionDocument = WorkspaceDocument['hours']['exceptions'][number]
