import type { Instant } from '../../../domain/time/zone.js'
import { namedId, namedZones, type PersonRow } from '../inspected-rows.js'
import type { StorePlace } from '../open-store.js'
import type { StoreInspection } from '../store-inspection.js'
import { openPostgres } from './postgres-database.js'
import { postgresError } from './postgres-errors.js'
import { POSTGRES_VERSION, schemaVersion } from './postgres-migrations.js'
import { postgresText } from './postgres-sql.js'

/**
 * Opens a workspace of a database for looking at: nothing is made or migrated.
 * @throws DriftStatusError (busy) when it cannot be reached, (failed) when it cannot be used or is of a later version
 */
export async function inspectPostgres({ password, ...place }: Exclude<StorePlace, string>): Promise<StoreInspection> {
  const database = await openPostgres({ place, password, openMs: 0 }, { makes: 'nothing' })
  const rowsOf = <Row>(sql: string, ...values: readonly string[]) =>
    database
      .connected(async (client) => (await client.query(postgresText(sql), [...values])).rows as Row[])
      .catch((error: unknown) => {
        throw postgresError(error, database.name)
      })
  const { workspace } = place
  try {
    const [[{ version }], current] = await Promise.all([
      rowsOf<{ version: string }>("SELECT current_setting('server_version') AS version") as Promise<
        [{ version: string }]
      >,
      database.connected((client) => schemaVersion(client, database.name)),
    ])
    return {
      engine: `PostgreSQL ${version}`,
      schema: { version: current ?? 0, current: POSTGRES_VERSION },
      lastRevision: async () => {
        if (current === undefined) return undefined
        const rows = await rowsOf<{ number: number; at: Instant }>(
          'SELECT number, at FROM {revision} WHERE workspace = ?1 ORDER BY number DESC LIMIT 1',
          workspace,
        )
        return rows[0]
      },
      zones: async () =>
        namedZones(
          await rowsOf("SELECT value FROM {section} WHERE workspace = ?1 AND name IN ('general', 'hours')", workspace),
        ),
      agentId: async (name) =>
        namedId(
          await rowsOf<PersonRow>(
            "SELECT id, email, settings ->> 'name' AS name FROM {agent} WHERE workspace = ?1",
            workspace,
          ),
          name,
        ),
      close: () => database.close(),
    }
  } catch (error) {
    await database.close()
    throw postgresError(error, database.name)
  }
}
