import type { Workspace } from '../../decision/compile-workspace.js'
import { pagePatternsOf, whyNeverHolds } from '../../decision/conditions/dead-conditions.js'
import { PAGE_FACT } from '../../decision/conditions/facts.js'
import { compilePagePattern } from '../../decision/conditions/page-pattern.js'
import { formatPath, type Path } from '../../document/problem.js'
import type { ConditionsDocument } from '../../document/schema.js'
import type { LintFinding } from './lint-finding.js'

interface Subject {
  /** `Rule "dach"`. */
  readonly label: string
  readonly conditions: ConditionsDocument
  readonly path: Path
}

/** Conditions that no visitor can ever meet: their rule or playbook is never asked. */
export function findDeadConditions(workspace: Workspace): LintFinding[] {
  return subjectsOf(workspace).flatMap(({ label, conditions, path }) =>
    Object.entries(conditions).flatMap(([fact, condition]): LintFinding[] => {
      const why = whyNeverHolds(fact, condition)
      if (why === undefined) return []
      const text = `${label} never matches: of "${fact}", ${why}. Change the condition, or remove it.`
      return [{ code: 'dead-condition', severity: 'warning', text, path: formatPath([...path, fact]) }]
    }),
  )
}

/** R26: page patterns that no page can ever match. */
export function findDeadPagePatterns(workspace: Workspace): LintFinding[] {
  const targeted = workspace.document.playbooks.flatMap(({ id, target }, index) =>
    (target?.url ?? []).map((pattern, position) => ({
      label: `playbook "${id}"`,
      pattern,
      path: ['playbooks', index, 'target', 'url', position],
    })),
  )
  const asked = subjectsOf(workspace).flatMap(({ label, conditions, path }) =>
    (Object.hasOwn(conditions, PAGE_FACT) ? pagePatternsOf(conditions[PAGE_FACT]!) : []).map((pattern) => ({
      label: label.charAt(0).toLowerCase() + label.slice(1),
      pattern,
      path: [...path, PAGE_FACT],
    })),
  )
  return [...targeted, ...asked].flatMap(({ label, pattern, path }): LintFinding[] => {
    const { whyDead } = compilePagePattern(pattern)
    if (whyDead === undefined) return []
    const text = `The pattern "${pattern}" of ${label} can match no page: ${whyDead}.`
    return [{ code: 'dead-page-pattern', severity: 'warning', text, path: formatPath(path) }]
  })
}

function subjectsOf({ document }: Workspace): readonly Subject[] {
  return [
    ...document.routing.rules.map(({ id, when = {} }, index) => ({
      label: `Rule "${id}"`,
      conditions: when,
      path: ['routing', 'rules', index, 'when'],
    })),
    ...document.playbooks.map(({ id, target }, index) => ({
      label: `Playbook "${id}"`,
      conditions: target?.visitor ?? {},
      path: ['playbooks', index, 'target', 'visitor'],
    })),
  ]
}
