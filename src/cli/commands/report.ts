import type { GlobalOptions } from '../command.js'
import { readWorkspaceTime } from '../flags/typed-time.js'
import { defineCall } from '../session/workspace-command.js'

interface ReportOptions extends GlobalOptions {
  readonly from?: string
  readonly to?: string
}

export const report = defineCall<ReportOptions>({
  name: 'report',
  summary: 'how long everyone was available, and how long the workspace was open and staffed',
  description:
    'How long everyone was available, and how long the workspace was open, staffed, and open with nobody there: from the ' +
    'log, and from what time did by itself, such as the end of an override or of a status.',
  options: [
    { flags: '--from <time>', summary: 'since a time (default: the Monday of the week of --to)' },
    { flags: '--to <time>', summary: 'until a time (default: now)' },
  ],
  list: { key: 'people', fields: ['id', 'name', 'availableMinutes', 'openMinutes', 'removed'] },
  examples: ['report', 'report --from "1 nov" --json', 'report --format csv'],
  call: async (client, options, context) => {
    const read = async (text: string | undefined, flag: string) =>
      text === undefined ? undefined : readWorkspaceTime(text, flag, client, context, 'past')
    const from = await read(options.from, '--from')
    const to = await read(options.to, '--to')
    const answer = await client.getReport({ from, to })
    return {
      json: answer,
      text: async (style) => (await import('../output/views/report.js')).renderReport(answer, style),
    }
  },
})
