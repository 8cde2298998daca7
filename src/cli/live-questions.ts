import type { Client } from '../api/client.js'
import type { Instant } from '../domain/schedule/zone.js'
import { Zone } from '../domain/schedule/zone.js'
import type { GlobalOptions } from './command.js'
import type { Context } from './context.js'
import { withClient } from './live.js'
import type { AskedWorkspace } from './workspace-options.js'

/** Asks the live workspace that the flags name what a document would be asked. */
export function askLive<Result>(
  options: GlobalOptions,
  context: Context,
  ask: (workspace: AskedWorkspace) => Promise<Result>,
): Promise<Result> {
  return withClient(options, context, async (client) => ask(await liveQuestions(client)))
}

/** The service answers by the same engine, so that the answers are those for its exported document. */
async function liveQuestions(client: Client): Promise<AskedWorkspace> {
  const { value } = await client.getSettings({})
  return {
    name: value.name,
    zone: Zone.of(value.timeZone),
    simulate: ({ at, ...request }) => client.simulate({ ...request, at: toText(at) }),
    timeline: ({ from, to, ...request }) => client.simulateTimeline({ ...request, from: toText(from), to: toText(to) }),
    lint: (at) => client.lint({ at: toText(at) }),
    week: (at) => client.getWeek({ at: toText(at) }),
    nextHours: (at, count) => client.nextHours({ at: toText(at), count }),
    is: (condition, at) => client.checkCondition({ condition, at: toText(at) }),
  }
}

function toText(instant: Instant): string {
  return new Date(instant).toISOString()
}
