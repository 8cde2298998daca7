import { defineCommand, type GlobalOptions } from '../command.js'
import { EXIT_FAILED, EXIT_OK } from '../exit-codes.js'
import { onProfile } from '../next-steps.js'

export const doctor = defineCommand<GlobalOptions>({
  name: 'doctor',
  summary: 'what keeps a command from working: Node, files, network, clock, token',
  description:
    'Looks at everything that a command needs, from Node to the token, and says of each what to do about it. It writes\nnothing and shows no secret. Exits 1 when a check failed; a warning is none.',
  options: [],
  fields: ['profile', 'service', 'checks', 'failed', 'warnings'],
  examples: ['doctor', 'doctor --profile local --json'],
  async run({ profile: flag }, context) {
    const { runDoctor } = await import('../doctor/run-doctor.js')
    const { profile, service, checks: found } = await runDoctor({ profile: flag }, context)
    const checks = found.map((check) => ({ ...check, hint: check.hint && onProfile(check.hint, flag) }))
    const failed = checks.filter(({ status }) => status === 'failed').length
    const warnings = checks.filter(({ status }) => status === 'warning').length
    return {
      json: { profile: profile ?? null, service: service ?? null, checks, failed, warnings },
      text: async (style) => (await import('../output/views/checks.js')).renderChecks(checks, style),
      exitCode: failed > 0 ? EXIT_FAILED : EXIT_OK,
    }
  },
})
