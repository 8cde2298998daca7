import { agentHandlers } from './agents.js'
import { checkHandlers } from './check.js'
import { coverageHandlers } from './coverage.js'
import { dutyHandlers } from './duty.js'
import { dutyFeedHandlers } from './duty-feeds.js'
import type { Handlers } from './handler.js'
import { holidayHandlers } from './holidays.js'
import { hoursHandlers } from './hours.js'
import { meHandlers } from './me.js'
import { planHandlers } from './plan.js'
import { reachableHandlers } from './reachable.js'
import { reportHandlers } from './report.js'
import { revisionHandlers } from './revisions.js'
import { routingHandlers } from './routing.js'
import { simulationHandlers } from './simulate.js'
import { statusHandlers } from './status.js'
import { tokenHandlers } from './tokens.js'
import { widgetHandlers } from './widget.js'
import { workspaceHandlers } from './workspace.js'

/** One handler an operation: the type checker misses none. */
export const handlers: Handlers = {
  ...workspaceHandlers,
  ...planHandlers,
  ...statusHandlers,
  ...widgetHandlers,
  ...hoursHandlers,
  ...holidayHandlers,
  ...agentHandlers,
  ...dutyHandlers,
  ...dutyFeedHandlers,
  ...routingHandlers,
  ...reachableHandlers,
  ...revisionHandlers,
  ...reportHandlers,
  ...simulationHandlers,
  ...checkHandlers,
  ...coverageHandlers,
  ...tokenHandlers,
  ...meHandlers,
}
