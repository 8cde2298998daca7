/** How the connection to a database is secured, as libpq names it. */
export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
export type SslMode = (typeof SSL_MODES)[number]

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
