/**
 * A value made when it is first asked for, and kept. Schemas are made so: building all of them
 * would cost a command more than its whole work.
 *
 * @example
 * const agentStatus = lazy(() => z.enum(AGENT_STATUSES))
 * z.parse(agentStatus(), 'away')
 */
export function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
