import * as z from 'zod/mini'
import { lazy } from '../../../domain/lazy.js'
import { CHANGE_CAUSES } from '../../../domain/questions/timed-changes.js'
import { AGENT_STATUSES } from '../../../domain/words.js'
import { number, time } from './answer-fields.js'
import { mode, modeSource } from './decision.js'

const stateFields = () => ({
  mode: mode(),
  source: modeSource(),
  /** What the mode would be if auto-offline did not hide it. */
  promised: mode(),
  /** Whether the hours are open. */
  open: z.boolean(),
  staffed: z.boolean(),
  /** Promised online, and nobody is available. */
  nobodyThere: z.boolean(),
})

/** What is, of the event `state`. */
export const eventState = lazy(() =>
  z.strictObject({
    at: time(),
    timeZone: z.string(),
    /** The id of the workspace: another one is another workspace. */
    workspace: z.string(),
    revision: number(),
    ...stateFields(),
  }),
)

/** A change of the events `change`, `nobody-there` and `nobody-there-ended`. */
export const eventChange = lazy(() =>
  z.strictObject({
    at: time(),
    timeZone: z.string(),
    because: z.array(z.enum(CHANGE_CAUSES)),
    ...stateFields(),
    before: z.strictObject(stateFields()),
    /** Whose status is another one now. */
    agents: z.array(z.strictObject({ id: z.string(), name: z.string(), status: z.enum(AGENT_STATUSES) })),
    /** Whether the agents were left out, because they are many. */
    isShortened: z.exactOptional(z.boolean()),
  }),
)
