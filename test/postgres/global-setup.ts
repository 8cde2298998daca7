import type { TestProject } from 'vitest/node'
import { POSTGRES_PASSWORD } from './password.js'
import { type Pgbouncer, startPgbouncer } from './pgbouncer.js'
import { freePort, type PostgresServer, query, startPostgres } from './postgres-server.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL server that the tests of a lane share, or what stands in front of it. */
    postgres: { readonly port: number; readonly user: string }
  }
}

/** The user of a lane that tries what distributed engines do not have. */
const PLAIN = 'plain'

let server: PostgresServer | undefined
let pgbouncer: Pgbouncer | undefined

export async function setup(project: TestProject): Promise<void> {
  const port = await freePort()
  server = await startPostgres({ port, password: POSTGRES_PASSWORD })
  if (project.name.includes('pgbouncer')) {
    pgbouncer = await startPgbouncer({ port: await freePort(), server: port })
    project.provide('postgres', { port: pgbouncer.port, user: server.place.user })
  } else if (project.name.includes('serializable')) {
    await makePlainUser(server)
    project.provide('postgres', { port, user: PLAIN })
  } else project.provide('postgres', { port, user: server.place.user })
}

/** Someone whose transactions are serializable, and who may neither lock by a number nor notify anyone. */
async function makePlainUser({ place }: PostgresServer): Promise<void> {
  await query(place, `CREATE ROLE ${PLAIN} LOGIN CREATEDB CREATEROLE PASSWORD '${POSTGRES_PASSWORD}'`)
  await query(place, `ALTER ROLE ${PLAIN} SET default_transaction_isolation = 'serializable'`)
  for (const database of ['template1', 'postgres']) {
    await query({ ...place, database }, REVOKE)
    await query(
      { ...place, database },
      `GRANT ALL ON DATABASE ${database} TO ${PLAIN}; GRANT ALL ON SCHEMA public TO ${PLAIN}`,
    )
  }
}

const REVOKE = `DO $$ DECLARE one regprocedure; BEGIN
  FOR one IN SELECT oid FROM pg_proc WHERE proname LIKE '%advisory%' OR proname = 'pg_notify' LOOP
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one);
  END LOOP; END $$`

export async function teardown(): Promise<void> {
  await pgbouncer?.close()
  await server?.close()
}
