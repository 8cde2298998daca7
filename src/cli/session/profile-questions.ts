import type { AgentsClient, Client } from '../../api/client.js'
import type { LiveAgent } from '../../api/contract/answers.js'
import type { WorkspaceQuestions } from '../../api/workspace-questions.js'
import type { ConditionAnswer } from '../../domain/questions/check-condition.js'
import { type Instant, Zone } from '../../domain/time/zone.js'
import type { Condition } from '../../domain/words.js'
import type { GlobalOptions } from '../command.js'
import type { Context } from '../context.js'
import { line } from '../output/line.js'
import { withAgents, withProfile, workspaceOf } from './with-profile.js'

type Later<Answer> = Answer | Promise<Answer>

/** A workspace that answers at once, or when its service does. */
export type AskedWorkspace = Pick<WorkspaceQuestions, 'name' | 'zone'> & {
  readonly [Question in
    | 'simulate'
    | 'timeline'
    | 'coverage'
    | 'basis'
    | 'lint'
    | 'week'
    | 'exceptions'
    | 'nextHours'
    | 'turns'
    | 'check'
    | 'reachable'
    | 'openTimeAfter'
    | 'openTimeBetween']: (
    ...asked: Parameters<WorkspaceQuestions[Question]>
  ) => Later<ReturnType<WorkspaceQuestions[Question]>>
} & {
  readonly is: (condition: Condition, at: Instant, assumptions?: undefined, team?: string) => Later<ConditionAnswer>
}

/** Agents that one call brings. */
const PAGE = 1000

/** Asks the live workspace that the flags name what a document would be asked. */
export function withProfileQuestions<Result>(
  options: GlobalOptions,
  context: Context,
  ask: (workspace: AskedWorkspace) => Promise<Result>,
): Promise<Result> {
  return withProfile(options, context, async (connection) =>
    ask(
      connection.file === undefined
        ? await liveQuestions(await workspaceOf(connection, options))
        : await documentQuestions(connection.file, connection.client, options, context),
    ),
  )
}

/** Asks a document in which the agents have the statuses that the service of the profile tells. */
export function withDocumentAndStatuses<Result>(
  file: string,
  options: GlobalOptions,
  context: Context,
  ask: (workspace: AskedWorkspace) => Promise<Result>,
): Promise<Result> {
  return withAgents(options, context, async (client) => ask(await documentQuestions(file, client, options, context)))
}

async function documentQuestions(
  file: string,
  client: AgentsClient,
  options: GlobalOptions,
  context: Context,
): Promise<AskedWorkspace> {
  const [{ readDocument, questionsOf }, { withLiveStatuses }] = await Promise.all([
    import('../../api/workspace-questions.js'),
    import('../../domain/document/live-statuses.js'),
  ])
  const document = await readDocument(file, context)
  const live = withLiveStatuses(document, await allAgents(client))
  if (live.unmatched.length > 0) {
    const names = live.unmatched.map(({ id, email }) => email ?? id).join(', ')
    const { printAside } = await import('../output/print.js')
    await printAside(
      (style) => line`${style.warn('warning:')} no live status of ${names}: the document's holds`,
      options,
      context,
    )
  }
  return questionsOf(live.document)
}

async function allAgents(client: AgentsClient): Promise<readonly LiveAgent[]> {
  const agents: LiveAgent[] = []
  for (let after: string | undefined; ; ) {
    const page = await client.listAgents({ limit: PAGE, ...(after !== undefined && { after }) })
    agents.push(...page.agents)
    if (page.next === null) return agents
    after = page.next
  }
}

/** The service answers by the same engine, so that the answers are those for its exported document. */
async function liveQuestions(client: Client): Promise<AskedWorkspace> {
  const { value } = await client.getSettings({})
  return {
    name: value.name,
    zone: Zone.of(value.timeZone),
    // The service knows what the present is.
    simulate: ({ at, now, ...request }) => client.simulate({ ...request, at: toText(at) }),
    timeline: ({ from, to, now, ...request }) =>
      client.simulateTimeline({ ...request, from: toText(from), to: toText(to) }),
    coverage: ({ from, to, now, ...request }) => client.coverage({ ...request, from: toText(from), to: toText(to) }),
    basis: (from, to, assumptions, names) =>
      client.getBasis({ from: toText(from), ...(to !== undefined && { to: toText(to) }), assumptions, names }),
    lint: (at) => client.lint({ at: toText(at) }),
    week: (at, team) => client.getWeek({ at: toText(at), ...of(team) }),
    exceptions: (at, team) => client.listExceptions({ at: toText(at), ...of(team) }),
    nextHours: (at, count, team) => client.nextHours({ at: toText(at), count, ...of(team) }),
    openTimeAfter: (at, minutes, team) => client.openTimeAfter({ at: toText(at), minutes, ...of(team) }),
    openTimeBetween: (from, to, team) => client.openTimeBetween({ from: toText(from), to: toText(to), ...of(team) }),
    reachable: ({ at, ...request }) => client.reachable({ ...request, at: toText(at) }),
    // The service knows what the present is.
    check: (scenarios) => client.check({ scenarios }),
    turns: ({ from, to, agent, limit }) =>
      client.listTurns({ from: toText(from), ...(to !== undefined && { to: toText(to) }), agent, limit }),
    is: (condition, at, _, team) => client.checkCondition({ condition, at: toText(at), ...of(team) }),
  }
}

/** A team, where one is asked about. */
function of(team: string | undefined): { readonly team?: string } {
  return team === undefined ? {} : { team }
}

function toText(instant: Instant): string {
  return new Date(instant).toISOString()
}
