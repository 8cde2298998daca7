import { WEEKDAYS } from '../../domain/time/calendar-date.js'
import { type CommandSpec, type CompletionSource, defineCommand, type GlobalOptions } from '../command.js'
import { type Candidate, expectedAt } from '../completion/expected-at.js'
import type { Context } from '../context.js'
import { forTeam, type OfTeam } from '../flags/whose-hours.js'
import { Dressed, MAX_LISTED, shorten } from '../output/line.js'
import { safeText } from '../output/safe-text.js'
import { withAgents, withClient } from '../session/with-profile.js'
import { TOPICS } from './help.js'

/** A shell lists no more than this. */
const MAX_VALUES = 1000
/** The last ones: older ones are seldom undone. */
const MAX_REVISIONS = 50
/** A Tab waits no longer for a service. */
const MAX_WAIT_MS = 1500

/** The first line of an answer, as the scripts in completions/ read it: whether a file may stand at the cursor. */
const FILES = 'files'
const NO_FILES = 'no-files'

interface CompleteOptions extends GlobalOptions {
  readonly words?: readonly string[]
}

/**
 * What a shell asks at the press of Tab, with the words of the line, of which the last one is being typed. Answers whether a file
 * may stand there, then a candidate a line, each with a tab before what it is. It never fails: nobody asked for an error.
 */
export function completeCommand(
  commands: () => readonly CommandSpec[],
  aboutNoun: (noun: string) => string | undefined,
): CommandSpec {
  return defineCommand<CompleteOptions>({
    name: '__complete',
    summary: 'what may stand at the cursor, for a shell',
    isHidden: true,
    arguments: [{ name: '[words...]', summary: 'the words of the line after --, up to the cursor' }],
    options: [],
    examples: ['__complete -- hours zone Eu'],
    async run({ words = [] }, context) {
      const typed = words.at(-1) ?? ''
      const { candidates, values, prefix, profile, team } = expectedAt(words.slice(0, -1), typed, commands(), aboutNoun)
      const { choices, completes } = values ?? {}
      const listed = choices
        ? choices.map((choice): Candidate => [choice])
        : completes && completes !== 'files'
          ? await LISTS[completes](
              { ...(profile !== undefined && { profile }), ...forTeam(team), timeoutMs: MAX_WAIT_MS },
              context,
            ).catch(() => [])
          : []
      const all = [...candidates, ...listed.map(([word, meaning]): Candidate => [`${prefix}${word}`, meaning])]
      return {
        json: all,
        text: () => [completes === 'files' ? FILES : NO_FILES, ...all.filter(isTypeable).map(shellLine)],
      }
    },
  })
}

/** A value that nobody could type, or that is two lines, is not offered. */
function isTypeable([word]: Candidate): boolean {
  return word !== '' && safeText(word) === word
}

function shellLine([word, meaning]: Candidate): Dressed {
  return new Dressed(meaning ? `${word}\t${shorten(safeText(meaning), MAX_LISTED)}` : word)
}

type List = (options: GlobalOptions & OfTeam, context: Context) => Promise<readonly Candidate[]>

const LISTS: Readonly<Record<Exclude<CompletionSource, 'files'>, List>> = {
  zones: async () => ['UTC', ...Intl.supportedValuesOf('timeZone')].map((zone) => [zone]),
  async profiles(_options, { env }) {
    const { readProfiles } = await import('../../profiles/profiles.js')
    const { placeOf } = await import('../../profiles/profile.js')
    return Object.entries(readProfiles(env).profiles).map(([name, profile]) => [name, placeOf(profile)])
  },
  agents: (options, context) =>
    withAgents(options, context, async (client) => {
      const { agents } = await client.listAgents({ limit: MAX_VALUES })
      return agents.map(({ id, email, name }) => [email ?? id, name])
    }),
  holidays: (options, context) =>
    withClient(options, context, async (client) =>
      (await client.getHolidays({})).value.map(({ id, name }) => [id, name]),
    ),
  teams: (options, context) =>
    withAgents(options, context, async (client) => (await client.getTeams({})).value.map(({ id, name }) => [id, name])),
  shifts: (options, context) =>
    withClient(options, context, async (client) =>
      (await client.getDuty({})).value.shifts.map(({ id, name }) => [id, name]),
    ),
  rules: (options, context) =>
    withClient(options, context, async (client) =>
      (await client.getRouting({})).value.rules.map(({ id, name }) => [id, name]),
    ),
  playbooks: (options, context) =>
    withClient(options, context, async (client) =>
      (await client.getPlaybooks({})).value.map(({ id, message }) => [id, message]),
    ),
  revisions: (options, context) =>
    withClient(options, context, async (client) => {
      const { revisions } = await client.listRevisions({ limit: MAX_REVISIONS })
      return revisions.map(({ number, note, changes }) => [String(number), note ?? changes[0]?.path])
    }),
  tokens: (options, context) =>
    withClient(options, context, async (client) =>
      (await client.listTokens({})).filter(({ state }) => state === 'active').map(({ id, name }) => [id, name]),
    ),
  exceptions: (options, context) =>
    withClient(options, context, async (client) =>
      (await client.listExceptions(forTeam(options.team))).exceptions.flatMap(({ dates, name, calendar }) =>
        calendar === null ? [[dates, name ?? undefined] as const] : [],
      ),
    ),
  async targets(options, context) {
    const [agents, teams] = await Promise.all([LISTS.agents(options, context), LISTS.teams(options, context)])
    return [
      ['account-owner', 'the owner of the visitor’s account'],
      ...teams.map(([id, name]): Candidate => [`team:${id}`, name]),
      ...agents.map(([id, name]): Candidate => [`agent:${id}`, name]),
    ]
  },
  topics: async () => (await import('../flags/log-topics.js')).LOG_TOPICS.map((topic) => [topic]),
  help: async () => TOPICS.map((topic) => [topic]),
  days: async () => ['mon-fri', 'weekdays', 'weekend', 'all', ...WEEKDAYS].map((day) => [day]),
}
