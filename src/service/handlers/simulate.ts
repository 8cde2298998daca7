import { checkCondition } from '../../domain/condition.js'
import { nextHours, weekOf } from '../../domain/hours-view.js'
import { parseInstant } from '../../domain/instant.js'
import { lint } from '../../domain/lint.js'
import type { Instant } from '../../domain/schedule/zone.js'
import { simulate, simulateTimeline } from '../../domain/simulate.js'
import { compiledOnce } from '../../domain/workspace.js'
import { compileStored } from '../effect.js'
import type { HandlersOf } from '../handler.js'
import { loadDocument } from '../load.js'

const DEFAULT_CHANGES = 5

type Questions = 'simulate' | 'simulateTimeline' | 'lint' | 'checkCondition' | 'getWeek' | 'nextHours'

/**
 * What the engine answers about a document, about the stored one. What names every agent, in its
 * answer or in an error, is asked of the whole document; the others of what a decision needs.
 */
export const simulationHandlers: HandlersOf<Questions> = {
  simulate: {
    kind: 'read',
    isSteady: true,
    async handle({ at, ...request }, transaction, { now }) {
      return simulate(await loadDocument(transaction, now), { ...request, at: instantOr(at, now) })
    },
  },
  simulateTimeline: {
    kind: 'read',
    async handle({ from, to, ...request }, transaction, { now }) {
      const stretch = { from: parseInstant(from), to: parseInstant(to) }
      return simulateTimeline(await loadDocument(transaction, now), { ...request, ...stretch })
    },
  },
  lint: {
    kind: 'read',
    isSteady: true,
    async handle({ at }, transaction, { now }) {
      return lint(compiledOnce(await loadDocument(transaction, now)), instantOr(at, now))
    },
  },
  checkCondition: {
    kind: 'read',
    isSteady: true,
    async handle({ condition, at }, transaction, { now }) {
      const when = instantOr(at, now)
      return checkCondition(condition, await compileStored(transaction, when), when)
    },
  },
  getWeek: {
    kind: 'read',
    isSteady: true,
    async handle({ at }, transaction, { now }) {
      const when = instantOr(at, now)
      return weekOf(await compileStored(transaction, when), when)
    },
  },
  nextHours: {
    kind: 'read',
    isSteady: true,
    async handle({ at, count = DEFAULT_CHANGES }, transaction, { now }) {
      const when = instantOr(at, now)
      return nextHours(await compileStored(transaction, when), when, count)
    },
  },
}

function instantOr(at: string | undefined, now: Instant): Instant {
  return at === undefined ? now : parseInstant(at)
}
