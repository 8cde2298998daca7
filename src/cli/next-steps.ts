import type { DriftStatusError, ErrorReason } from '../domain/errors.js'
import { shellWord } from '../domain/shell-word.js'

type NextStep = (subject: string, hint: string) => string

const ADD_AGENT: NextStep = (_, hint) => `${hint}: drift-status agent add`
const LIST_AGENTS: NextStep = (_, hint) => hint || 'run "drift-status agent list"'
const TOKEN: NextStep = (_, hint) => `${hint}: drift-status token create --agent WHO`
const LOG: NextStep = (_, hint) => `${hint}: run "drift-status log"`
const DOCTOR: NextStep = (_, hint) => `${hint}: run "drift-status doctor"`

/** The command to run after each error that the rooms below word for every client. */
const NEXT_STEPS: Readonly<Record<ErrorReason, NextStep>> = {
  'agent-exists': (id) => `run "drift-status agent edit ${shellWord(id)}"`,
  'agent-not-found': LIST_AGENTS,
  'agent-removed': ADD_AGENT,
  'assignment-not-found': () => 'run "drift-status route list"',
  'calendar-not-found': (_, hint) => hint || 'run "drift-status holidays list"',
  'changed-since': (path) =>
    `look at it with "drift-status log --what ${shellWord(path)}"; revert with --force to overwrite it`,
  'counted-field': (_, hint) => `${hint}: drift-status route end ID; see "drift-status route list"`,
  'drift-mismatch': DOCTOR,
  'drift-scope': (_, hint) => `${hint} (see "drift-status doctor")`,
  'drift-token': (_, hint) => `${hint}, then run "drift-status profile login"`,
  'email-taken': (id, hint) => `${hint}: look with "drift-status agent show ${shellWord(id)}"; nothing was changed`,
  'exception-not-found': (team, hint) =>
    hint || `run "drift-status ${team === '' ? 'hours exceptions' : `team hours exceptions ${shellWord(team)}`}"`,
  'feed-not-found': () => 'run "drift-status duty feed list"',
  'key-already-used': LOG,
  'last-admin': (_, hint) => `${hint}: drift-status agent edit WHO --role admin; nothing was changed`,
  'login-needed': (profile, hint) =>
    `${hint && `${hint}, then `}run "drift-status profile login${profile && ` ${shellWord(profile)}`}"`,
  'me-unknown': (_, hint) =>
    `${hint} with --agent, or in the profile: drift-status profile add NAME --database PATH --agent WHO --replace`,
  'no-keyring': (_, hint) => `${hint}: --credentials file`,
  'no-profile': () => 'run "drift-status init --sample" to try one, or ask a document with --file',
  'no-token': (profile) => `run "drift-status profile login ${shellWord(profile)}", or set DRIFT_STATUS_TOKEN`,
  'not-a-service': DOCTOR,
  'not-a-token': (_, hint) => `${hint}, or make one with "drift-status token create"`,
  'not-a-workspace': (_, hint) => `${hint}, or run "drift-status init"`,
  'own-agent-not-found': (_, hint) =>
    `${hint}: run "drift-status profile add NAME --database PATH --agent WHO --replace"`,
  'plan-used': (revision) =>
    `look at it with "drift-status show ${revision}"; plan again with "drift-status plan FILE"`,
  'profile-exists': (name, hint) =>
    `${hint} (init: --profile NAME), or run "drift-status profile remove ${shellWord(name)}" first`,
  'profile-not-found': (_, hint) => hint || 'run "drift-status init" or "drift-status profile add"',
  'profiles-unreadable': (_, hint) => `${hint} and make the profiles again with "drift-status profile add"`,
  'revision-not-found': LOG,
  'stale-plan': () => 'plan again with "drift-status plan FILE"; nothing was changed',
  'stale-write': (revision) => `look at it with "drift-status show ${revision}", then try again`,
  'status-not-kept': (id) => `see "drift-status agent show ${shellWord(id)}", then try again`,
  'token-ended': (_, hint) => `${hint}: run "drift-status token create"`,
  'token-in-url': (_, hint) => `${hint}; a token is given with "drift-status profile login"`,
  'token-missing': () =>
    'log in with "drift-status profile login"; an admin makes a token with "drift-status token create"',
  'token-needs-agent': () => 'name the agent that it is (--agent WHO), or grant other scopes (--scope read)',
  'token-not-found': () => 'run "drift-status token list"',
  'token-not-undone': (_, hint) => `${hint}: run "drift-status token revoke ID" or "drift-status token create"`,
  'token-refused': TOKEN,
  'token-without-agent': TOKEN,
  'undo-needs-later': (path, hint) => `${hint}: "drift-status log --what ${shellWord(path)}"`,
  'workspace-empty': () => 'run "drift-status init"',
  'workspace-exists': (path, hint) => `${hint}: drift-status profile add NAME --database ${shellWord(path)}`,
  'workspace-missing': (address, hint) =>
    `${hint}, or make it with "drift-status init --database ${shellWord(address)}"`,
  'workspace-gone': (_, hint) => `${hint} with "drift-status init"`,
  'write-uncertain': LOG,
}

/** What to do next about an error, in the words of the command line. */
export function hintOf({ reason, subject = '', hint }: DriftStatusError): string | undefined {
  // A later service may send a reason that this version has no step for.
  return reason !== undefined && Object.hasOwn(NEXT_STEPS, reason) ? NEXT_STEPS[reason](subject, hint ?? '') : hint
}

/** These name their profile themselves, or are about none. */
const NAMELESS =
  /^(?:profile (?:add|use|remove|list)\b|profile log(?:in|out) \w|completion\b|help\b|init --sample\b)|--(?:help|profile)\b/

/** A quoted word may hold the quotes that stand around a command line. */
const COMMAND_LINE = /"drift-status ((?:'[^']*'|\\.|[^"'\\])+)"/g

/** A hint whose command lines act on the profile that was named on the command line, not on the one in use. */
export function onProfile(hint: string, profile: string | undefined): string {
  if (profile === undefined) return hint
  return hint.replace(COMMAND_LINE, (quoted, command: string) =>
    NAMELESS.test(command) ? quoted : `"drift-status ${command} --profile ${profile}"`,
  )
}
