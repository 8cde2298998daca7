/**
 * What a text holds that is a plan which was kept; undefined for any other text. The plan of a workspace document is a
 * word; that of a kept plan is its version.
 */
export function keptPlanIn(text: string): Readonly<Record<string, unknown>> | undefined {
  // A document of many agents is not read twice.
  if (!/^\s*\{/.test(text) || !/"plan"\s*:\s*\d/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text)
    const isPlan = typeof value === 'object' && value !== null && 'plan' in value && typeof value.plan === 'number'
    return isPlan ? { ...value } : undefined
  } catch {
    return undefined
  }
}
