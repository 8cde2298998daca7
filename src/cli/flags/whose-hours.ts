import type { Client } from '../../api/client.js'
import type { HoursAnswer } from '../../api/contract/answers.js'
import { shellWord } from '../../domain/shell-word.js'
import type { TeamAvailability } from '../../domain/words.js'
import type { ArgumentSpec } from '../command.js'

/** Whose hours a command is about: the same verbs read and write those of the workspace and those of a team. */
export interface WhoseHours {
  /** What stands before the verb. */
  readonly noun: string
  /** The argument that names a team, where the command is about one. */
  readonly arguments: readonly ArgumentSpec[]
  /** Of a summary: `the business hours`. */
  readonly words: string
  /** A line of help: the words after the verb. */
  example(verb: string, words?: string): string
}

/** What a command about hours is given: the team where it is about one. */
export interface OfTeam {
  readonly team?: string
}

export const BUSINESS_HOURS: WhoseHours = {
  noun: 'hours',
  arguments: [],
  words: 'the business hours',
  example: (verb, words = '') => ['hours', verb, words].filter(Boolean).join(' '),
}

export const TEAM_HOURS: WhoseHours = {
  noun: 'team hours',
  arguments: [{ name: '<team>', summary: 'the id of a team', completes: 'teams' }],
  words: 'the hours of a team',
  example: (verb, words = '') => ['team hours', verb, 'sales', words].filter(Boolean).join(' '),
}

/** ` of team sales`, in a sentence about its hours. */
export function ofTeam(team: string | undefined): string {
  return team === undefined ? '' : ` of team ${team}`
}

/**
 * That a team does not follow its hours, for the sentence of a write to them: what it wrote waits (R37).
 * @throws DriftStatusError (not-found) with the nearest team for one that there is not
 */
export async function askWaiting(team: string | undefined, client: Client): Promise<string> {
  return team === undefined ? '' : waitingWords(await client.getHours({ team }))
}

/** The same of an answer that tells the hours. */
export function waitingWords({ team, availability }: Pick<HoursAnswer, 'team' | 'availability'>): string {
  const waiting = team === undefined ? undefined : waitingText(team, availability)
  return waiting === undefined ? '' : `; ${waiting}`
}

/** That a team does not follow its hours; undefined for one that does. */
export function waitingText(team: string, availability: TeamAvailability = 'always-online'): string | undefined {
  if (availability === 'custom-hours') return undefined
  const always = availability === 'always-online' ? 'always online' : 'always offline'
  return `the team is ${always} until "drift-status team auto ${shellWord(team)}"`
}

/** The team of a request about hours, where it is about one. */
export function forTeam(team: string | undefined): OfTeam {
  return team === undefined ? {} : { team }
}
