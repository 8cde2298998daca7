import { compileWorkspace, type Workspace } from '../../domain/decision/compile-workspace.js'
import type { AgentDocument, WorkspaceDocument } from '../../domain/document/schema.js'
import { dutyOf } from '../../domain/duty/compile-duty.js'
import { HoursWorked } from '../../domain/questions/report/hours-worked.js'
import { TurnsOfEach } from '../../domain/questions/report/turns-of-each.js'
import type { Instant } from '../../domain/time/zone.js'
import type { Revision, SectionName, Sections } from '../store/store.js'
import { bySubject, type InnerChange, type Subject, undo } from './undo.js'

/** The sections that the sign and the duty are made of; who gets a chat and what visitors read is no matter here. */
const COUNTED: readonly SectionName[] = ['general', 'widget', 'hours', 'holidays', 'duty']

/** A few milliseconds of work, where they follow a large duty. */
const AGENTS_A_STEP = 50

type Touched = readonly (readonly [Subject, readonly InnerChange[]])[]

/**
 * A workspace as it was, going back from the present one by undoing its revisions, each with what had ended by itself
 * before it. The hours of whatever a revision touched are counted before it is undone.
 */
export class GoingBack {
  readonly hours: HoursWorked
  readonly #to: Instant
  readonly #agents: Map<string, AgentDocument>
  /** Until when each agent is as it is now; the end of the counted time where nothing is said. */
  readonly #ends = new Map<string, Instant>()
  #sections: Sections
  #sign: Workspace | undefined
  #duty: { readonly turns: TurnsOfEach | undefined } | undefined
  #present: ReadonlySet<string> | undefined

  constructor(sections: Sections, agents: readonly AgentDocument[], to: Instant) {
    this.#sections = sections
    this.#agents = new Map(agents.map((agent) => [agent.id, agent]))
    this.#to = to
    this.hours = new HoursWorked(to)
  }

  /** Who was there at the end of the counted time. */
  get present(): ReadonlySet<string> {
    return this.#present ?? new Set(this.#agents.keys())
  }

  /** Goes back before a revision. @param at from when it held */
  undo({ changes, ended = [] }: Revision, at: Instant): void {
    const touched = [changes, ended].map((list) => bySubject(list.filter(({ path }) => !path.startsWith('tokens['))))
    const [changed] = touched as [Touched, Touched]
    if (at < this.#to) this.#count(changed, at)
    for (const subjects of touched) for (const [subject, inner] of subjects) this.#put(subject, inner)
  }

  /** Counts what is left, back to the first instant; between two steps, the caller may pause. */
  *finish(from: Instant): Generator<void> {
    this.#present ??= this.present
    this.#countSign(from)
    let counted = 0
    for (const id of this.#agents.keys()) {
      this.#countAgent(id, from)
      if (++counted % AGENTS_A_STEP === 0) yield
    }
  }

  #count(touched: Touched, at: Instant): void {
    this.#present ??= this.present
    this.#countSign(at)
    const isDutyTouched = touched.some(([subject]) => 'section' in subject && subject.section === 'duty')
    // Whom a shift names by an email may be another agent before.
    const mayRename = this.#hasDuty && touched.some(([subject, inner]) => changesNames(subject, inner))
    const ids = touched.flatMap(([subject]) => ('agent' in subject ? [subject.agent] : []))
    for (const id of isDutyTouched || mayRename ? this.#agents.keys() : ids) this.#countAgent(id, at)
    for (const id of ids) this.#ends.set(id, at)
    if (isDutyTouched || mayRename) this.#duty = undefined
  }

  #countSign(from: Instant): void {
    const { general, widget, hours, holidays } = this.#sections
    this.#sign ??= compileWorkspace({ ...NOTHING_ELSE, ...general, widget, hours, holidays })
    this.hours.addSign(this.#sign, from)
  }

  #countAgent(id: string, from: Instant): void {
    const agent = this.#agents.get(id)
    if (!agent) return
    this.#duty ??= { turns: this.#compileDuty() }
    this.hours.addAgent(agent, this.#duty.turns, from, this.#ends.get(id) ?? this.#to)
    this.#ends.set(id, from)
  }

  get #hasDuty(): boolean {
    return this.#sections.duty.shifts.length > 0
  }

  #compileDuty(): TurnsOfEach | undefined {
    const { duty, general } = this.#sections
    const onDuty = dutyOf({ duty, timeZone: general.timeZone, agents: [...this.#agents.values()] })
    return onDuty && new TurnsOfEach(onDuty.duty)
  }

  #put(subject: Subject, changes: readonly InnerChange[]): void {
    if ('agent' in subject) {
      const before = undo(this.#agents.get(subject.agent), changes) as AgentDocument | undefined
      if (before) this.#agents.set(subject.agent, before)
      else this.#agents.delete(subject.agent)
      return
    }
    const name = subject.section
    if (!COUNTED.includes(name)) return
    this.#sections = { ...this.#sections, [name]: undo(this.#sections[name], changes) }
    this.#sign = undefined
  }
}

/** A sign alone: who is there is counted agent by agent. */
const NOTHING_ELSE: Pick<WorkspaceDocument, 'version' | 'agents' | 'teams' | 'playbooks' | 'routing' | 'greeting'> = {
  version: 1,
  agents: [],
  teams: [],
  playbooks: [],
  routing: { rules: [] },
  greeting: {},
}

/** Whether a change may make a name of the duty mean somebody else, or its times something else. */
function changesNames(subject: Subject, changes: readonly InnerChange[]): boolean {
  if ('section' in subject) return subject.section === 'general'
  return changes.some(({ steps: [step] }) => step === undefined || step.name === 'email')
}
