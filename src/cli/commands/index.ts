import type { CommandSpec } from '../command.js'
import { agentAdd, agentAvailable, agentAway, agentEdit, agentList, agentRemove, agentShow } from './agent.js'
import { api } from './api.js'
import { autoOfflineOff, autoOfflineOn, autoOfflineShow } from './auto-offline.js'
import { completeCommand } from './complete.js'
import { completion } from './completion.js'
import { doctor } from './doctor.js'
import { log, revert, show } from './history.js'
import { hoursNext, hoursShow } from './hours.js'
import { hoursClear, hoursClose, hoursEdit, hoursOpen, hoursSet, hoursZone } from './hours-edit.js'
import { init } from './init.js'
import { is } from './is.js'
import { lint } from './lint.js'
import {
  playbookAdd,
  playbookDisable,
  playbookEdit,
  playbookEnable,
  playbookList,
  playbookRemove,
  playbookShow,
} from './playbook.js'
import { profileList, profileShow, profileUse } from './profile.js'
import { profileAdd, profileRemove } from './profile-add.js'
import { profileLogin, profileLogout } from './profile-login.js'
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
import { simulate } from './simulate.js'
import { status } from './status.js'
import { teamAdd, teamEdit, teamList, teamRemove } from './team.js'
import { tokenCreate, tokenList, tokenRevoke, tokenRotate } from './token.js'
import { widgetAuto, widgetDisplay, widgetOffline, widgetOnline, widgetShow } from './widget.js'

/** What each noun with verbs is about. */
export const NOUNS: Readonly<Record<string, string>> = {
  widget: 'the sign on the door: its mode, display and overrides',
  hours: 'the business hours: weekly ranges and exceptions',
  agent: 'who is behind the counter: statuses and agents',
  'auto-offline': 'whether everyone being away closes the widget',
  routing: 'the waterfall: who gets a chat',
  playbook: 'the proactive messages',
  team: 'the teams',
  profile: 'which workspaces you know, and your tokens for them',
  token: 'who may call a shared workspace, and what they may do',
  route: 'real routing decisions and open chats',
}

/** Every command, in the order of help. */
export const COMMANDS: readonly CommandSpec[] = [
  init,
  status,
  is,
  ...[widgetShow, widgetOnline, widgetOffline, widgetAuto, widgetDisplay],
  ...[hoursShow, hoursSet, hoursClose, hoursOpen, hoursClear, hoursZone, hoursEdit, hoursNext],
  ...[agentShow, agentAvailable, agentAway, agentList, agentAdd, agentEdit, agentRemove],
  ...[autoOfflineShow, autoOfflineOn, autoOfflineOff],
  ...[routingList, routingAdd, routingEdit, routingMove, routingRemove, routingDefault, routingCursor],
  ...[playbookList, playbookShow, playbookEnable, playbookDisable, playbookAdd, playbookEdit, playbookRemove],
  ...[teamList, teamAdd, teamEdit, teamRemove],
  simulate,
  ...[routeChat, routeEnd, routeList],
  lint,
  ...[log, show, revert],
  ...[profileList, profileShow, profileAdd, profileUse, profileRemove, profileLogin, profileLogout],
  serve,
  ...[tokenCreate, tokenList, tokenRotate, tokenRevoke],
  doctor,
  completion,
  api,
  completeCommand(() => COMMANDS, NOUNS),
]
