/** How the connection to a database is secured, as libpq names it. */
export type SslMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full'

/** A PostgreSQL database, and one workspace of it. */
export interface PostgresPlace {
  /** A name, an address, or the folder of a socket. */
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  /** The workspace's name among those of the database. */
  readonly workspace: string
  readonly sslMode: SslMode
  /** Files of certificates, PEM. */
  readonly sslRootCert?: string | undefined
  readonly sslCert?: string | undefined
  readonly sslKey?: string | undefined
}

/** How a database is shown to people: without the workspace. */
export function serverName({ host, port, database }: PostgresPlace): string {
  return `the database "${database}" at ${host}${host.startsWith('/') ? '' : `:${port}`}`
}

/** The address of a workspace, as a person writes it. */
export function addressOf({ host, port, database, user, workspace, sslMode, ...certificates }: PostgresPlace): string {
  const url = new URL(`postgres://host/${encodeURIComponent(database)}`)
  if (host.startsWith('/')) url.searchParams.set('host', host)
  else url.hostname = host.includes(':') ? `[${host}]` : host
  url.username = user
  url.port = String(port)
  for (const [name, value] of Object.entries({
    workspace,
    sslmode: sslMode,
    sslrootcert: certificates.sslRootCert,
    sslcert: certificates.sslCert,
    sslkey: certificates.sslKey,
  })) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  return url.href
}
