import type { WorkspaceQuestions } from '../../api/workspace-questions.js'
import type { ConditionAnswer } from '../../domain/questions/check-condition.js'
import type { Instant } from '../../domain/time/zone.js'
import type { Condition } from '../../domain/words.js'

type Later<Answer> = Answer | Promise<Answer>

/** A workspace that answers at once, or when its service does. */
export type AskedWorkspace = Pick<WorkspaceQuestions, 'name' | 'zone'> & {
  readonly [Question in 'simulate' | 'timeline' | 'lint' | 'week' | 'nextHours']: (
    ...asked: Parameters<WorkspaceQuestions[Question]>
  ) => Later<ReturnType<WorkspaceQuestions[Question]>>
} & { readonly is: (condition: Condition, at: Instant) => Later<ConditionAnswer> }
