import { defineCommand } from '../command.js'
import { readTime } from '../flags/typed-time.js'
import { wholeNumber } from '../flags/values.js'
import { AT_OPTION, FILE_OPTION, type FileOptions, withWorkspace } from '../session/workspace-options.js'

const DEFAULT_CHANGES = 5

interface ShowOptions extends FileOptions {
  readonly week?: string
}

export const hoursShow = defineCommand<ShowOptions>({
  name: 'hours show',
  summary: 'the business hours of a week, exceptions applied',
  isDefault: true,
  options: [FILE_OPTION, { flags: '--week <time>', summary: 'the week that contains this time (default: now)' }],
  list: { key: 'days', fields: ['date', 'day', 'hours', 'tailUntil', 'exception', 'openMinutes'] },
  examples: ['hours show --file docs/sample/acme.yaml', 'hours --file docs/sample/acme.yaml --week 2026-12-24'],
  run: (options, context) =>
    withWorkspace(options, context, async (workspace) => {
      const now = context.now()
      const at = await readTime(options.week, '--week', workspace.zone, context)
      const [answer, { exceptions }] = await Promise.all([workspace.week(at), workspace.exceptions(at)])
      return {
        json: answer,
        text: async (style) =>
          (await import('../output/views/hours.js')).renderWeek(answer, {
            name: workspace.name,
            exceptions,
            now,
            style,
          }),
      }
    }),
})

interface ExceptionsOptions extends FileOptions {
  readonly at?: string
}

export const hoursExceptions = defineCommand<ExceptionsOptions>({
  name: 'hours exceptions',
  summary: 'every exception: holidays and other dates with hours of their own',
  options: [FILE_OPTION, AT_OPTION],
  list: { key: 'exceptions', fields: ['dates', 'name', 'hours', 'from', 'to', 'past'] },
  examples: ['hours exceptions --file docs/sample/acme.yaml', 'hours exceptions --format csv'],
  run: (options, context) =>
    withWorkspace(options, context, async (workspace) => {
      const answer = await workspace.exceptions(await readTime(options.at, '--at', workspace.zone, context))
      return {
        json: answer,
        text: async (style) => (await import('../output/views/hours.js')).renderExceptions(answer, style),
      }
    }),
})

interface NextOptions extends FileOptions {
  readonly at?: string
  readonly count?: number
}

export const hoursNext = defineCommand<NextOptions>({
  name: 'hours next',
  summary: 'when the business hours open or close next',
  arguments: [{ name: '[count]', summary: 'how many changes', parse: wholeNumber(1, 10_000) }],
  options: [FILE_OPTION, AT_OPTION],
  list: { key: 'changes', fields: ['at', 'open'] },
  examples: ['hours next --file docs/sample/acme.yaml', 'hours next 10 --file docs/sample/acme.yaml --at 2026-12-23'],
  run: (options, context) =>
    withWorkspace(options, context, async (workspace) => {
      const at = await readTime(options.at, '--at', workspace.zone, context)
      const answer = await workspace.nextHours(at, options.count ?? DEFAULT_CHANGES)
      return {
        json: answer,
        text: async (style) =>
          (await import('../output/views/hours.js')).renderHoursChanges(answer, workspace.name, style),
      }
    }),
})
