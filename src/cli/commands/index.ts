import type { CommandSpec } from '../command.js'
import { agentAdd, agentEdit, agentList, agentRemove, agentShow } from './agent.js'
import { agentAuto, agentAvailable, agentAway, agentPlan } from './agent-status.js'
import { api } from './api.js'
import { apply } from './apply.js'
import { autoOfflineOff, autoOfflineOn, autoOfflineShow } from './auto-offline.js'
import { check } from './check.js'
import { completeCommand } from './complete.js'
import { completion } from './completion.js'
import { backup, copy, restore } from './copy.js'
import { coverage } from './coverage.js'
import { doctor } from './doctor.js'
import { dutyList, dutyNext, dutyShow } from './duty.js'
import { dutyCover, dutySwap, dutyTake } from './duty-covers.js'
import { dutyExport, dutyFeedCreate, dutyFeedList, dutyFeedRevoke } from './duty-feeds.js'
import { dutyAdd, dutyEdit, dutyRemove } from './duty-shifts.js'
import { exportDocument } from './export.js'
import { greetingSet, greetingShow } from './greeting.js'
import { help } from './help.js'
import { log, revert, show } from './history.js'
import {
  holidaysAdd,
  holidaysEdit,
  holidaysList,
  holidaysRemove,
  holidaysShow,
  holidaysSync,
  hoursHolidays,
  teamHoursHolidays,
} from './holidays.js'
import {
  hoursAdd,
  hoursBetween,
  hoursExceptions,
  hoursNext,
  hoursShow,
  teamHoursAdd,
  teamHoursBetween,
  teamHoursExceptions,
  teamHoursNext,
  teamHoursShow,
} from './hours.js'
import {
  hoursClear,
  hoursClose,
  hoursEdit,
  hoursOpen,
  hoursSet,
  hoursZone,
  teamHoursClear,
  teamHoursClose,
  teamHoursEdit,
  teamHoursOpen,
  teamHoursSet,
  teamHoursZone,
} from './hours-edit.js'
import { hoursExport, hoursImport, teamHoursExport, teamHoursImport } from './hours-formats.js'
import { init } from './init.js'
import { is } from './is.js'
import { lint } from './lint.js'
import { plan } from './plan.js'
import {
  playbookAdd,
  playbookDisable,
  playbookEdit,
  playbookEnable,
  playbookList,
  playbookMove,
  playbookRemove,
  playbookShow,
} from './playbook.js'
import { profileList, profileShow, profileUse } from './profile.js'
import { profileAdd, profileRemove } from './profile-add.js'
import { profileLogin, profileLogout } from './profile-login.js'
import { reachable } from './reachable.js'
import { report } from './report.js'
import { routeChat, routeEnd, routeList } from './route.js'
import {
  routingAdd,
  routingCursor,
  routingDefault,
  routingEdit,
  routingList,
  routingMove,
  routingRemove,
} from './routing.js'
import { serve } from './serve.js'
import { settingsSet, settingsShow } from './settings.js'
import { simulate } from './simulate.js'
import { status } from './status.js'
import {
  teamAdd,
  teamAuto,
  teamAutoOffline,
  teamEdit,
  teamList,
  teamOffline,
  teamOnline,
  teamRemove,
  teamShow,
} from './team.js'
import { tokenCreate, tokenList, tokenRevoke, tokenRotate } from './token.js'
import { wait } from './wait.js'
import { widgetAuto, widgetDisplay, widgetOffline, widgetOnline, widgetPlan, widgetShow } from './widget.js'

/** The nouns and commands by what people come for, in the order of help. */
export const HELP_GROUPS: readonly (readonly [title: string, names: readonly string[]])[] = [
  ['Look', ['status', 'is', 'wait', 'reachable', 'simulate', 'coverage', 'lint', 'log', 'show', 'report']],
  ['The widget', ['widget', 'auto-offline', 'greeting', 'hours', 'holidays', 'settings']],
  ['People', ['agent', 'duty', 'team']],
  ['Chats', ['routing', 'playbook', 'route']],
  ['Availability as code', ['export', 'plan', 'apply', 'check']],
  ['Undo', ['revert']],
  ['Workspaces', ['init', 'profile', 'serve', 'token', 'backup', 'restore', 'copy', 'doctor', 'api']],
  ['This tool', ['help', 'completion']],
]

/** A noun with its verbs: `hours set`. */
interface Noun {
  readonly name: string
  readonly about: string
  readonly verbs: readonly CommandSpec[]
}

/** Every command, in the order of help. */
const GROUPS: readonly (CommandSpec | Noun)[] = [
  init,
  status,
  is,
  wait,
  reachable,
  {
    name: 'widget',
    about: 'the sign on the door: its mode, display and overrides',
    verbs: [widgetShow, widgetOnline, widgetOffline, widgetAuto, widgetPlan, widgetDisplay],
  },
  {
    name: 'settings',
    about: 'the name, the plan, the time zone and the chat limit',
    verbs: [settingsShow, settingsSet],
  },
  { name: 'greeting', about: 'what a visitor reads on opening the chat', verbs: [greetingShow, greetingSet] },
  {
    name: 'hours',
    about: 'the business hours: weekly ranges and exceptions',
    verbs: [
      hoursShow,
      hoursSet,
      hoursClose,
      hoursOpen,
      hoursClear,
      hoursHolidays,
      hoursExceptions,
      hoursZone,
      hoursEdit,
      hoursImport,
      hoursExport,
      hoursNext,
      hoursAdd,
      hoursBetween,
    ],
  },
  {
    name: 'holidays',
    about: 'the holiday calendars: named lists of days, by hand or from a feed',
    verbs: [holidaysList, holidaysShow, holidaysAdd, holidaysSync, holidaysEdit, holidaysRemove],
  },
  {
    name: 'agent',
    about: 'who is behind the counter: statuses and agents',
    verbs: [agentShow, agentAvailable, agentAway, agentAuto, agentPlan, agentList, agentAdd, agentEdit, agentRemove],
  },
  {
    name: 'duty',
    about: 'who is expected behind the counter, and who stands in',
    verbs: [dutyShow, dutyList, dutyNext, dutyCover, dutySwap, dutyTake, dutyAdd, dutyEdit, dutyRemove, dutyExport],
  },
  {
    name: 'duty feed',
    about: 'addresses at which calendar programs read turns of duty',
    verbs: [dutyFeedCreate, dutyFeedList, dutyFeedRevoke],
  },
  {
    name: 'auto-offline',
    about: 'whether everyone being away closes the widget',
    verbs: [autoOfflineShow, autoOfflineOn, autoOfflineOff],
  },
  {
    name: 'routing',
    about: 'the waterfall: who gets a chat',
    verbs: [routingList, routingAdd, routingEdit, routingMove, routingRemove, routingDefault, routingCursor],
  },
  {
    name: 'playbook',
    about: 'the proactive messages',
    verbs: [
      playbookList,
      playbookShow,
      playbookEnable,
      playbookDisable,
      playbookAdd,
      playbookEdit,
      playbookMove,
      playbookRemove,
    ],
  },
  {
    name: 'team',
    about: 'the teams',
    verbs: [teamList, teamShow, teamAdd, teamEdit, teamOnline, teamOffline, teamAuto, teamAutoOffline, teamRemove],
  },
  {
    name: 'team hours',
    about: 'the hours of a team: weekly ranges and exceptions',
    verbs: [
      teamHoursShow,
      teamHoursSet,
      teamHoursClose,
      teamHoursOpen,
      teamHoursClear,
      teamHoursHolidays,
      teamHoursExceptions,
      teamHoursZone,
      teamHoursEdit,
      teamHoursImport,
      teamHoursExport,
      teamHoursNext,
      teamHoursAdd,
      teamHoursBetween,
    ],
  },
  simulate,
  coverage,
  { name: 'route', about: 'real routing decisions and open chats', verbs: [routeChat, routeEnd, routeList] },
  lint,
  ...[exportDocument, plan, apply, check],
  ...[log, show, revert, report],
  {
    name: 'profile',
    about: 'which workspaces you know, and your tokens for them',
    verbs: [profileList, profileShow, profileAdd, profileUse, profileRemove, profileLogin, profileLogout],
  },
  serve,
  {
    name: 'token',
    about: 'who may call a shared workspace, and what they may do',
    verbs: [tokenCreate, tokenList, tokenRotate, tokenRevoke],
  },
  backup,
  restore,
  copy,
  doctor,
  help,
  completion,
  api,
  completeCommand(
    () => COMMANDS,
    (noun) => NOUNS[noun],
  ),
]

export const COMMANDS: readonly CommandSpec[] = GROUPS.flatMap((group) => ('verbs' in group ? group.verbs : [group]))

/** What each noun is about. */
export const NOUNS: Readonly<Record<string, string>> = Object.fromEntries(
  GROUPS.flatMap((group) => ('verbs' in group ? [[group.name, group.about]] : [])),
)
