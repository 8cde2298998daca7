import { DriftStatusError } from '../../domain/errors.js'
import { DAY_MS } from '../../domain/time/calendar-date.js'
import { Zone } from '../../domain/time/zone.js'
import { defineCommand, type GlobalOptions, WRITE_FIELDS, WRITE_OPTIONS, type WriteFlags } from '../command.js'
import { readTime } from '../flags/typed-time.js'
import { Dressed, line } from '../output/line.js'
import { safeText } from '../output/safe-text.js'
import { withProfile, workspaceOf, writeOptions, writeResult } from '../session/with-profile.js'
import { defineCall } from '../session/workspace-command.js'

const AGENT = { flags: '--agent <who>', summary: 'another agent: id, email or name', completes: 'agents' } as const
const DAYS_BACK = 30
const DAYS_AHEAD = 90
/** Turns of one person are looked for no further. */
const MAX_DAYS = 730
/** As many as are answered at once. */
const MAX_TURNS = 10_000

interface ExportOptions extends GlobalOptions {
  readonly agent?: string
  readonly from?: string
  readonly to?: string
}

export const dutyExport = defineCall<ExportOptions>({
  name: 'duty export',
  summary: 'your turns of duty, or those of another agent, as a calendar on standard output',
  options: [
    AGENT,
    { flags: '--from <time>', summary: 'turns from this time (default: 30 days ago)' },
    { flags: '--to <time>', summary: 'turns that begin before this time (default: in 90 days)' },
  ],
  fields: ['text'],
  examples: ['duty export > duty.ics', 'duty export --agent ana --to "in 14d"'],
  call: async (client, options, context) => {
    const { agent: who = 'me', from, to } = options
    const now = context.now()
    const { timeZone } = (await client.getSettings({})).value
    const read = async (text: string | undefined, flag: string, days: number) =>
      text === undefined ? now + days * DAY_MS : readTime(text, flag, Zone.of(timeZone), context)
    const [start, end] = [await read(from, '--from', -DAYS_BACK), await read(to, '--to', DAYS_AHEAD)]
    if (end <= start) throw new DriftStatusError('usage', '--to is not after --from', { hint: 'name a later end' })
    if (end - start > MAX_DAYS * DAY_MS) {
      throw new DriftStatusError('usage', `--to is more than ${MAX_DAYS} days after --from`, {
        hint: 'export the rest by itself',
      })
    }
    const { value } = await client.getAgent({ id: who })
    const turns = await client.listTurns({
      from: new Date(start).toISOString(),
      to: new Date(end).toISOString(),
      agent: value.id,
      limit: MAX_TURNS,
    })
    const { writeDuty } = await import('../../formats/icalendar/write-duty.js')
    const safe = (text: string) => safeText(text)
    const told = {
      ...turns,
      names: Object.fromEntries(Object.entries(turns.names).map(([id, name]) => [id, safe(name)])),
      turns: turns.turns.map(({ places, name, ...turn }) => ({
        ...turn,
        name: safe(name),
        places: places.map(({ note, ...place }) => ({ ...place, note: note === null ? null : safe(note) })),
      })),
    }
    if (turns.next !== null && Date.parse(turns.next) < end) {
      const { printAside } = await import('../output/print.js')
      const left = line`the turns from ${turns.next} on are left out: export them with --from ${turns.next}`
      await printAside((style) => line`${style.dim('note:')} ${left}`, options, context)
    }
    const text = writeDuty(told, { agent: value.id, name: safe(value.name ?? value.id), stamp: now })
    return { json: { text }, text: () => new Dressed(text.trimEnd()) }
  },
})

export const dutyFeedCreate = defineCommand<WriteFlags & { readonly agent?: string }>({
  name: 'duty feed create',
  summary: 'publish your turns of duty at an address of their own, for calendar programs',
  description:
    'Prints the address on standard output, once. Whoever has it sees these turns and nothing else; it works until it is\nrevoked. It is of a shared workspace, which answers it.',
  options: [AGENT, ...WRITE_OPTIONS],
  fields: [...WRITE_FIELDS, 'token', 'address'],
  examples: ['duty feed create'],
  run: (options, context) =>
    withProfile(options, context, async (connection) => {
      const client = await workspaceOf(connection, options)
      if (connection.service !== 'shared') {
        throw new DriftStatusError('invalid-input', 'a workspace file answers no calendar program', {
          hint: 'share it with "drift-status serve", or write the turns to a file with "drift-status duty export"',
        })
      }
      const answer = await client.createDutyFeed({ agent: options.agent }, writeOptions(options))
      const { secret, ...written } = answer
      const address = secret === null ? null : `${connection.place.replace(/\/$/, '')}/v1/calendar/${secret}.ics`
      const result = writeResult(written, 'The turns of duty have an address')
      if (options.json || address === null) return { ...result, json: { ...written, address } }
      const { printSecret } = await import('../output/print.js')
      const about = line`The address of the turns is shown this once; end it with "drift-status duty feed revoke ${written.token.id}"`
      await printSecret(address, about, options, context)
      return { ...result, json: { ...written, address }, isPrinted: true }
    }),
})

export const dutyFeedList = defineCall({
  name: 'duty feed list',
  summary: 'the addresses of turns of duty: yours, an admin sees all',
  list: { key: 'feeds', fields: ['id', 'agent', 'state', 'createdAt', 'lastUsedAt', 'revokedAt'] },
  examples: ['duty feed list'],
  call: async (client, options, context) => {
    const feeds = await client.listDutyFeeds({})
    const { timeZone } = (await client.getSettings({})).value
    return {
      json: { feeds },
      text: async (style) => {
        if (feeds.length === 0) return 'no addresses'
        const view = { timeZone, now: context.now(), profile: options.profile, style }
        return (await import('../output/views/tokens.js')).renderTokens(feeds, view)
      },
    }
  },
})

export const dutyFeedRevoke = defineCall<WriteFlags & { readonly id: string }>({
  name: 'duty feed revoke',
  summary: 'end an address of turns of duty at once',
  arguments: [{ name: '<id>', summary: 'its id, as "duty feed list" shows it' }],
  options: WRITE_OPTIONS,
  fields: [...WRITE_FIELDS, 'token'],
  examples: ['duty feed revoke k3v9a2xp'],
  call: async (client, { id, ...options }) => {
    const answer = await client.deleteDutyFeed({ id }, writeOptions(options))
    return writeResult(answer, `The address ${id} is ended`)
  },
})
