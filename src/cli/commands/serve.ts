import type { WorkspaceDocument } from '../../domain/document/schema.js'
import { parseDatabase } from '../../profiles/database-place.js'
import { workspaceNames } from '../../profiles/postgres-address.js'
import { type CommandResult, defineCommand, type GlobalOptions } from '../command.js'
import type { Context, ServedPlace, ServedWorkspace } from '../context.js'
import { oneOf, wholeNumber } from '../flags/values.js'
import { line } from '../output/line.js'
import { toSafeJson } from '../output/safe-text.js'
import { readCertificate, reloadCertificate } from '../session/certificate.js'
import { checkOneSource, newDocument, readSample, readStart, systemZone } from '../session/starting-document.js'

const DEFAULT_HOST = '127.0.0.1'
const DEFAULT_PORT = 4730
/** How long running requests may take to finish after the first signal. */
const STOP_DEADLINE_MS = 10_000
const MAX_AGE_SECONDS = 86_400
const DONE: CommandResult = { json: null, text: () => '', isPrinted: true }

interface ServeOptions extends GlobalOptions {
  readonly database?: string
  readonly workspaces?: readonly string[]
  readonly migrate?: 'only'
  readonly sample?: boolean
  readonly from?: string
  readonly name?: string
  readonly timeZone?: string
  readonly host?: string
  readonly port?: number
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly insecureHttp?: boolean
  /** True without a value. */
  readonly trustProxy?: string | true
  readonly rateLimit?: number
  readonly widgetMaxAge?: number
  readonly privateFeeds?: boolean
}

export const serve = defineCommand<ServeOptions>({
  name: 'serve',
  summary: 'share a workspace over HTTP',
  description:
    'Serves the workspace of a file or a database over HTTP until it is interrupted. The first start makes the workspace\nwhen there is none, and shows a token for an admin once. The access log goes to standard error.',
  options: [
    {
      flags: '--database <place>',
      summary: 'the workspace file, or postgres://USER@HOST/DATABASE (default: that of the profile)',
      completes: 'files',
      parse: parseDatabase,
    },
    {
      flags: '--workspaces <names>',
      summary: 'several workspaces of the database, each under its name: acme,beta are at URL/acme and URL/beta',
      parse: workspaceNames,
    },
    {
      flags: '--migrate <only>',
      summary: 'only: make or migrate the schema of the database, and end',
      parse: oneOf(['only']),
    },
    { flags: '--sample', summary: 'on the first start: the sample workspace' },
    { flags: '--from <path>', summary: 'on the first start: the workspace of a document', completes: 'files' },
    { flags: '--name <name>', summary: 'on the first start: an empty workspace of this name' },
    { flags: '--time-zone <zone>', summary: 'its time zone (default: that of this machine)', completes: 'zones' },
    { flags: '--host <address>', summary: `the address to listen on (default: ${DEFAULT_HOST}, this machine alone)` },
    {
      flags: '--port <number>',
      summary: `the port; 0 takes a free one (default: ${DEFAULT_PORT})`,
      parse: wholeNumber(0, 65_535),
    },
    { flags: '--tls-cert <path>', summary: 'a certificate and its chain, PEM', completes: 'files' },
    { flags: '--tls-key <path>', summary: 'its private key, PEM', completes: 'files' },
    { flags: '--insecure-http', summary: 'allow plain http from other machines: a proxy in front has the certificate' },
    {
      flags: '--trust-proxy [proxies]',
      summary:
        'trust X-Forwarded-For from these proxies: addresses (10.0.0.5,10.1.0.0/16,loopback) or their number (default: 1)',
    },
    {
      flags: '--rate-limit <number>',
      summary: 'requests a minute of one token, or of one address without; 0 for any (default: 6000)',
      parse: wholeNumber(0, 1_000_000_000),
    },
    {
      flags: '--widget-max-age <seconds>',
      summary: 'how long caches may keep what visitors see (default: 10)',
      parse: wholeNumber(1, MAX_AGE_SECONDS),
    },
    {
      flags: '--private-feeds',
      summary: 'let holiday calendars be read from this machine and private networks, not from the internet alone',
    },
  ],
  examples: [
    'serve --sample',
    'serve --database acme.db --name Acme --time-zone Europe/Berlin',
    'serve --database "postgres://drift@db.example/drift?sslmode=verify-full"',
    'serve --host 0.0.0.0 --tls-cert cert.pem --tls-key key.pem',
  ],
  async run(options, context) {
    if (options.migrate)
      return migrated(await context.migrate({ profile: options.profile, database: options.database }))
    // Asked for first: a signal that comes while the workspace opens stops it as well.
    const stop = context.interruption()
    let server: ServedWorkspace | undefined
    context.onHangup(() => {
      if (server) void reloadCertificate(server, options, context)
    })
    server = await context.serve({
      profile: options.profile,
      database: options.database,
      workspaces: options.workspaces,
      start: () => startingDocument(options, context),
      host: options.host ?? DEFAULT_HOST,
      port: options.port ?? DEFAULT_PORT,
      tls: await readCertificate(options, context),
      trustProxy: options.trustProxy === true ? '1' : options.trustProxy,
      insecureHttp: options.insecureHttp ?? false,
      requestsPerMinute: options.rateLimit,
      widgetMaxAgeSeconds: options.widgetMaxAge,
      readsPrivateFeeds: options.privateFeeds ?? false,
      isQuiet: options.quiet ?? false,
    })
    await announce(server, options, context)
    await aborted(stop)
    return { ...DONE, exitCode: (await stopServer(server, context)) ? 0 : 1 }
  },
})

function migrated({ database, version }: { database: string; version: number }): CommandResult {
  return {
    json: { database, version },
    text: (style) => line`${style.good('Ready')} ${database} has the schema of this version (${String(version)})`,
  }
}

function told({ url, workspace, adminToken }: ServedPlace): object {
  return { url, workspace, ...(adminToken !== undefined && { adminToken }) }
}

async function announce(server: ServedWorkspace, options: ServeOptions, context: Context): Promise<void> {
  const { url } = server
  if (options.json) {
    const ready = options.workspaces === undefined ? told(server) : { workspaces: server.workspaces.map(told) }
    context.stdout.write(`${toSafeJson(ready)}\n`)
    return
  }
  const [{ styleOf }, { fittedLines, printAside }, { renderServer }] = await Promise.all([
    import('../output/style.js'),
    import('../output/print.js'),
    import('../output/views/server.js'),
  ])
  const { stdout } = context
  if (options.insecureHttp && url.startsWith('http:')) {
    await printAside(
      (style) => line`${style.warn('warning:')} plain http: anyone on the network path can read the tokens`,
      options,
      context,
    )
  }
  if (!options.quiet || server.workspaces.some(({ adminToken }) => adminToken !== undefined)) {
    const style = await styleOf(stdout, context, options)
    const taken = await profileNames(context)
    const lines = server.workspaces.flatMap((place) => renderServer({ ...server, ...place }, taken, style))
    stdout.write(await fittedLines(lines, style))
  }
}

/** Profiles that cannot be read are no reason not to serve: their names stay unknown. */
async function profileNames({ env }: Context): Promise<readonly string[]> {
  const { readProfiles } = await import('../../profiles/profiles.js')
  try {
    return Object.keys(readProfiles(env).profiles)
  } catch {
    return []
  }
}

/** Waits for what is running; false when it had to be cut off, by a second signal or the deadline. */
async function stopServer(server: ServedWorkspace, context: Context): Promise<boolean> {
  const isOver = AbortSignal.any([context.interruption(), AbortSignal.timeout(STOP_DEADLINE_MS)])
  let isClosed = false
  const cutOff = () => {
    if (!isClosed) server.abort()
  }
  isOver.addEventListener('abort', cutOff)
  await server.close()
  isClosed = true
  return !isOver.aborted
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** What a first start begins with: a document, or an empty workspace that an admin fills. */
async function startingDocument(options: ServeOptions, context: Context): Promise<WorkspaceDocument> {
  const { sample, from, name = 'Workspace', timeZone = systemZone(context) } = options
  checkOneSource(options)
  if (sample) return (await readSample(undefined, context)).document
  if (from !== undefined) return (await readStart(from, undefined, context)).document
  return newDocument({ name, timeZone, agents: [] }, 'your flags')
}
