import * as z from 'zod/mini'
import { describe, type IssueParams, strict } from '../document/fields.js'
import { DECISION_SHAPE, type Part, type PartGroup, type Shape, type ValueShape } from './decision-shape.js'

/** What an expectation is written as; checked by its schema, read by the shape of the decision. */
export type Expectation = unknown

type Schema = z.ZodMiniType<unknown>

/**
 * What may be expected of a decision: a mapping names the keys it asks for, a value must be equal, operators test it,
 * null asks for nothing there, a list is asked by a list or by `some`, `every`, `none` and `count`.
 *
 * @param time how a time is written
 */
export function expectationSchema(time: () => z.ZodMiniType<string>): Schema {
  return describe(new ExpectationSchemas(time).of(DECISION_SHAPE), {
    description: 'Any part of what "simulate --json" answers: only the keys that are named are asked for',
  })
}

class ExpectationSchemas {
  readonly #time: () => z.ZodMiniType<string>
  /** Shapes that the decision has more than once are one schema. */
  readonly #made = new Map<object, Schema>()

  constructor(time: () => z.ZodMiniType<string>) {
    this.#time = time
  }

  of(asked: Shape | Part | PartGroup): Schema {
    const known = this.#made.get(asked)
    if (known) return known
    const made = this.#make(asked)
    this.#made.set(asked, made)
    return made
  }

  #make(asked: Shape | Part | PartGroup): Schema {
    switch (asked.kind) {
      case 'part':
        return this.of(asked.shape)
      case 'group':
        return asking(strict(this.#keys(asked.parts)))
      case 'mapping':
        return z.union([z.null(), asking(strict({ ...this.#keys(asked.keys), exists: z.optional(z.boolean()) }))])
      case 'list':
        return this.#list(this.of(asked.of))
      default:
        return this.#value(asked)
    }
  }

  #keys(parts: Readonly<Record<string, Shape | Part | PartGroup>>) {
    return Object.fromEntries(Object.entries(parts).map(([key, asked]) => [key, z.optional(this.of(asked))]))
  }

  #list(item: Schema): Schema {
    const how = strict({
      some: z.optional(item),
      every: z.optional(item),
      none: z.optional(item),
      count: z.optional(this.of(COUNT)),
    })
    return z.union([z.null(), z.array(item), asking(how)])
  }

  #value({ kind, choices }: ValueShape): Schema {
    const single = this.#single(kind, choices)
    const several = z.array(single).check(z.minLength(1))
    const operators = {
      eq: z.optional(single),
      in: z.optional(several),
      not: z.optional(z.union([single, several])),
      ...(kind === 'text' && !choices && { glob: z.optional(z.string()), contains: z.optional(z.string()) }),
      ...((kind === 'number' || kind === 'time') && { gte: z.optional(single), lte: z.optional(single) }),
      exists: z.optional(z.boolean()),
    }
    return z.union([z.null(), single, asking(strict(operators))])
  }

  #single(kind: ValueShape['kind'], choices: readonly string[] | undefined): Schema {
    if (choices) return z.enum(choices as [string])
    if (kind === 'time') return this.#time()
    return kind === 'number' ? z.number() : kind === 'boolean' ? z.boolean() : z.string()
  }
}

const COUNT: Shape = { kind: 'number' }

/** An expectation that names nothing would hold always. */
function asking(schema: Schema): Schema {
  return schema.check(({ value, issues }) => {
    if (issues.length > 0 || Object.keys(value as object).length > 0) return
    const params: IssueParams = { hint: 'name what is expected, or null for nothing there' }
    issues.push({ code: 'custom', input: value, message: 'asks for nothing', params })
  })
}
