/** The words that documents, flags and answers share. Kept apart so that help needs no schema library. */

export const PLANS = ['free', 'pro', 'premium', 'enterprise'] as const
export type Plan = (typeof PLANS)[number]

export const MODES = ['online', 'offline'] as const
/** What the organisation tells visitors. */
export type Mode = (typeof MODES)[number]

export const MODE_POLICIES = ['automatic', 'online', 'offline'] as const
/** How the mode is decided: by the hours, or by hand. */
export type ModePolicy = (typeof MODE_POLICIES)[number]

export const DISPLAYS = ['always', 'online-only', 'hidden'] as const
export type Display = (typeof DISPLAYS)[number]

export const AGENT_STATUSES = ['available', 'away'] as const
/** Who is behind the counter. */
export type AgentStatus = (typeof AGENT_STATUSES)[number]

export const STATUS_POLICIES = ['automatic', ...AGENT_STATUSES] as const
/** How an agent's status is decided: by the duty, or by hand. */
export type StatusPolicy = (typeof STATUS_POLICIES)[number]

export const ROTATIONS = ['day', 'week'] as const
/** How long one turn of a rotation is. */
export type RotationPeriod = (typeof ROTATIONS)[number]

export const TEAM_AVAILABILITIES = ['always-online', 'always-offline', 'custom-hours'] as const
/** When a team takes chats (R37). */
export type TeamAvailability = (typeof TEAM_AVAILABILITIES)[number]

export const ROLES = ['admin', 'agent'] as const
export type Role = (typeof ROLES)[number]

export const STRATEGIES = ['in-order', 'random', 'least-open', 'least-recent'] as const
/** How a group picks who is next (R21). */
export type Strategy = (typeof STRATEGIES)[number]

export const PLAYBOOK_TYPES = ['welcome', 'bot', 'playbook'] as const
export const PLAYBOOK_TIMES = ['online', 'offline', 'always'] as const

export const CONDITIONS = ['online', 'offline', 'open', 'staffed', 'unstaffed'] as const
/** What a script asks with `is`, and waits for with `wait`. */
export type Condition = (typeof CONDITIONS)[number]

/** The rule id that names the default rule in a decision; no rule of the waterfall may take it. */
export const DEFAULT_RULE = 'default'
