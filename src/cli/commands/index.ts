import type { CommandSpec } from '../command.js'
import { hoursNext, hoursShow } from './hours.js'
import { is } from './is.js'
import { lint } from './lint.js'
import { simulate } from './simulate.js'

/** Every command, in the order of help. */
export const COMMANDS: readonly CommandSpec[] = [simulate, lint, is, hoursShow, hoursNext]

/** What each noun with verbs is about. */
export const NOUNS: Readonly<Record<string, string>> = {
  hours: 'business hours',
}
