import { DriftStatusError } from '../../domain/errors.js'

/** What Drift's public API cannot do, and what to do instead. */
interface Refusal {
  readonly sentence: string
  readonly hint: string
}

const FILE = 'workspace.yaml'

const WIDGET: Refusal = {
  sentence: "Drift's public API neither shows nor sets the widget's mode, its display or auto-offline",
  hint: `set them in Drift under Settings > App Settings > Chat Widget; try them with "drift-status simulate --file ${FILE}"`,
}
const HOURS: Refusal = {
  sentence: "Drift's public API neither shows nor sets business hours",
  hint: `set them in Drift under Settings > App Settings > Chat Widget; see what they do with "drift-status hours --file ${FILE}"`,
}
const SETTINGS: Refusal = {
  sentence: "Drift's public API neither shows nor sets the settings of the workspace",
  hint: `set them in Drift in its settings; try them with "drift-status simulate --file ${FILE}"`,
}
const GREETING: Refusal = {
  sentence: "Drift's public API neither shows nor sets what the widget says",
  hint: `set it in Drift under Settings > App Settings > Chat Widget; try it with "drift-status simulate --file ${FILE}"`,
}
const ROUTING: Refusal = {
  sentence: "Drift's public API neither shows nor sets routing rules",
  hint: `set them in Drift in its settings; try them with "drift-status simulate --file ${FILE}"`,
}
const ROUTE: Refusal = {
  sentence: "Drift's public API routes no chats for others",
  hint: `see who would be routed with "drift-status simulate --file ${FILE} --route rules"`,
}
const PLAYBOOKS: Refusal = {
  sentence: "Drift's public API shows no playbook's targeting and changes no playbook",
  hint: `change them in Drift under Playbooks; try them with "drift-status simulate --file ${FILE}"`,
}
const PEOPLE: Refusal = {
  sentence: 'in a Drift account only the status of an agent can be set, nothing else of an agent',
  hint: 'invite, change and remove people in Drift under Settings > Team Settings > Users',
}
const LOG: Refusal = {
  sentence: "Drift's public API keeps no log, so there is nothing to show or undo",
  hint: 'see the User Log in Drift under Settings > Team Settings > Users',
}
const REPORT: Refusal = {
  sentence: "Drift's public API keeps no log, so there is nothing to report from",
  hint: 'keep the workspace here: "drift-status init", or a profile of a shared one',
}
const TOKENS: Refusal = {
  sentence: "Drift's public API neither lists, makes nor ends tokens",
  hint: 'make and revoke them in the developer platform of Drift, then run "drift-status profile login"',
}
const DOCUMENT: Refusal = {
  sentence: "Drift's public API gives agents and teams, not a whole workspace",
  hint: `keep the rest in a document and ask it: drift-status simulate --file ${FILE} --live`,
}

const CHANGES: Refusal = {
  sentence: "Drift's public API tells no changes as they happen",
  hint: 'run "drift-status agent list" when you want to know',
}

/** By the first word of the command: what it asks beyond agents, teams and statuses. */
const REFUSALS: Readonly<Record<string, Refusal>> = {
  status: CHANGES,
  wait: CHANGES,
  simulate: DOCUMENT,
  is: DOCUMENT,
  reachable: DOCUMENT,
  coverage: {
    ...DOCUMENT,
    hint: `keep the rest in a document and ask it: drift-status coverage --file ${FILE} --live`,
  },
  lint: { ...DOCUMENT, hint: `keep the rest in a document and check it: drift-status lint --file ${FILE} --live` },
  widget: WIDGET,
  settings: SETTINGS,
  greeting: GREETING,
  'auto-offline': WIDGET,
  hours: HOURS,
  holidays: {
    sentence: "Drift's public API has no holidays",
    hint: `keep them in a document and see what they do with "drift-status hours --file ${FILE}"`,
  },
  agent: PEOPLE,
  team: {
    sentence: "Drift's public API shows teams and changes none",
    hint: 'change them in Drift under Settings > Team Settings > Teams',
  },
  duty: {
    sentence: "Drift's public API has no shifts",
    hint: `keep them in a document and look at it: drift-status duty --file ${FILE}`,
  },
  routing: ROUTING,
  route: ROUTE,
  playbook: PLAYBOOKS,
  check: {
    ...DOCUMENT,
    hint: `keep the rest in a document and check it: drift-status check SCENARIOS --file ${FILE} --live`,
  },
  export: {
    sentence: "Drift's public API gives agents and teams, not a whole workspace, so there is no document to write",
    hint: 'write the document by hand, and ask it with the statuses of Drift: see "drift-status help profiles"',
  },
  plan: {
    sentence: "Drift's public API takes agents' statuses, not a whole workspace",
    hint: `see what a document does with "drift-status simulate --file ${FILE}"`,
  },
  apply: {
    sentence: "a document cannot be applied to a Drift account: Drift's public API sets nothing but statuses",
    hint: 'keep the workspace here: "drift-status init", or a profile of a shared one',
  },
  log: LOG,
  show: LOG,
  revert: LOG,
  report: REPORT,
  token: TOKENS,
}

const OTHER: Refusal = {
  sentence: "Drift's public API tells agents and teams, sets the status of an agent, and has nothing else of the kind",
  hint: 'use a workspace of your own: drift-status init',
}

/** The refusal of what a command asks: exit code 2, nothing was sent. */
export function driftRefusal(command = ''): DriftStatusError {
  const noun = command.split(' ')[0]!
  const { sentence, hint } = Object.hasOwn(REFUSALS, noun) ? REFUSALS[noun]! : OTHER
  return new DriftStatusError('invalid-input', sentence, { hint })
}
