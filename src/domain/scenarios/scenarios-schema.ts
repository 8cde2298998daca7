import * as z from 'zod/mini'
import { visitorOf } from '../decision/conditions/facts.js'
import { type DeepReadonly, describe, instant, name, parsedBy, strict, url, zone } from '../document/fields.js'
import { dayHours } from '../document/hours-schema.js'
import { schemas } from '../document/schema.js'
import { DriftStatusError } from '../errors.js'
import { lazy } from '../lazy.js'
import { parseDays } from '../time/weekdays.js'
import { STRATEGIES } from '../words.js'
import { expectationSchema } from './expectation-schema.js'

/** More scenarios than this are kept in several files. */
export const MAX_SCENARIOS = 10_000

/** How the times of a scenario are written. */
interface Times {
  readonly time: (about?: string) => z.ZodMiniType<string>
  readonly expectation: (schema: z.ZodMiniType<unknown>) => z.ZodMiniType<unknown>
}

const TYPED: Times = {
  time: (about = 'A time in the zone of the workspace: 2026-12-25 00:00, ISO 8601, "fri 17:30", now, "in 14d"') =>
    describe(z.string().check(z.minLength(1)), { description: about, examples: ['2026-12-25 00:00'] }),
  expectation: (schema) => schema,
}

/** Of a request: what may be expected is described where scenarios are written. */
const INSTANTS: Times = {
  time: () => instant(),
  expectation: (schema) =>
    z.pipe(
      describe(z.unknown(), {
        description: 'Any part of what simulate answers, as docs/scenarios.schema.json says; times are instants',
      }),
      schema as z.ZodMiniType<unknown, unknown>,
    ),
}

const weekdays = lazy(() => {
  const text = () => parsedBy(z.string(), parseDays)
  return describe(z.union([text(), z.array(text()).check(z.minLength(1))]), {
    description: 'mon, mon-fri, "sat,sun", weekdays or all, or a list of these; without it every day',
    examples: ['mon-fri'],
  })
})

const during = lazy(() =>
  describe(
    parsedBy(
      strict({
        days: z.optional(weekdays()),
        hours: z.optional(
          parsedBy(dayHours(), (hours) => {
            if (hours !== 'closed' && hours.length > 0) return
            throw new DriftStatusError('invalid-input', 'no time is in these hours', {
              hint: 'write a range, e.g. "09:00-17:00"',
            })
          }),
        ),
        timeZone: z.optional(zone()),
      }),
      ({ days, hours }) => {
        if (days !== undefined || hours !== undefined) return
        throw new DriftStatusError('invalid-input', 'names neither days nor hours', {
          hint: 'write { days: mon-fri, hours: "09:00-17:00" }',
        })
      },
    ),
    { description: 'Only these hours of the range; without a zone in that of the workspace' },
  ),
)

function scenarioBy({ time, expectation: expectedBy }: Times) {
  const expectation = expectedBy(expectationSchema(time))
  return parsedBy(
    strict({
      name: name(),
      at: z.optional(time('One instant; or "from" and "to"')),
      from: z.optional(time()),
      to: z.optional(time('The end of the range, which is not in it')),
      during: z.optional(during()),
      visitor: z.optional(
        strict({
          url: z.optional(parsedBy(url(), (page) => visitorOf({ url: page }))),
          attributes: z.optional(parsedBy(schemas.visitorFacts(), (attributes) => visitorOf({ attributes }))),
          timeZone: z.optional(zone()),
        }),
      ),
      assume: z.optional(
        describe(
          strict({
            agents: z.optional(z.record(z.string(), schemas.agentStatus())),
            mode: z.optional(schemas.modePolicy()),
            autoOffline: z.optional(z.boolean()),
          }),
          { description: 'What is supposed instead of what the workspace says' },
        ),
      ),
      route: z.optional(
        describe(z.string(), {
          description: 'rules, agent:X, team:X, round-robin:X,Y, account-owner or playbook:ID',
        }),
      ),
      strategy: z.optional(z.enum(STRATEGIES)),
      after: z.optional(describe(z.string(), { description: 'The agent routed last: the cursor' })),
      expect: z.optional(expectation),
      never: z.optional(expectation),
    }),
    checkScenario,
  )
}

interface Asking {
  readonly at?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly during?: unknown
  readonly expect?: unknown
  readonly never?: unknown
}

function checkScenario({ at, from, to, during, expect, never }: Asking): void {
  const refuse = (message: string, hint: string): never => {
    throw new DriftStatusError('invalid-input', message, { hint })
  }
  if (at !== undefined && (from !== undefined || to !== undefined)) {
    refuse('is about one instant and about a range', 'keep "at", or "from" and "to"')
  }
  if (at === undefined && (from === undefined || to === undefined)) {
    refuse('does not say when', 'write "at" for one instant, or "from" and "to"')
  }
  if (during !== undefined && at !== undefined) {
    refuse('has "during" for one instant', '"during" narrows a range: write "from" and "to"')
  }
  if (expect === undefined && never === undefined) {
    refuse('expects nothing', 'write "expect", "never" or both')
  }
}

/** A file of scenarios, version 1. */
export const scenariosSchema = lazy(() =>
  strict({
    $schema: z.optional(z.string()),
    version: z.literal(1),
    scenarios: limited(z.array(scenarioBy(TYPED))),
  }),
)

/** Scenarios as a service takes them: their times are instants. */
export const askedScenarios = lazy(() => limited(z.array(scenarioBy(INSTANTS))))

function limited<Schema extends z.ZodMiniType<readonly unknown[]>>(list: Schema): Schema {
  return parsedBy(list, ({ length }) => {
    if (length > 0 && length <= MAX_SCENARIOS) return
    throw length === 0
      ? new DriftStatusError('invalid-input', 'there is no scenario', { hint: 'write at least one' })
      : new DriftStatusError('invalid-input', `${length} scenarios are more than ${MAX_SCENARIOS}`, {
          hint: 'ask them in parts',
        })
  })
}

/** One scenario; its times as they are written. */
export type Scenario = DeepReadonly<z.output<ReturnType<typeof scenariosSchema>>>['scenarios'][number]
