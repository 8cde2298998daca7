import type { PoolClient } from 'pg'
import { StoreFault } from '../store-errors.js'
import { postgresText, SCHEMA } from './postgres-sql.js'

/**
 * Each step takes a database from the version of its position to the next. Steps are never edited, only added. Every
 * key begins with the workspace, and texts are ordered by their bytes, as SQLite does.
 */
const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE {head} (                        -- a write begins by taking its workspace's row
    workspace TEXT COLLATE "C" PRIMARY KEY,
    version BIGINT NOT NULL                  -- another number after every write that a snapshot shows
  );
  CREATE TABLE {identity} (
    workspace TEXT COLLATE "C" PRIMARY KEY,
    id TEXT COLLATE "C" NOT NULL,            -- in public addresses
    number INTEGER NOT NULL                  -- for those who know workspaces by integers only
  );
  CREATE TABLE {section} (
    workspace TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    value TEXT NOT NULL,                     -- JSON, as are the other texts that say so
    revision BIGINT NOT NULL,
    PRIMARY KEY (workspace, name)
  );
  CREATE TABLE {agent} (
    workspace TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    id_order TEXT COLLATE "C" NOT NULL,      -- sorts as ids do: numeric ids as numbers, before text
    email TEXT COLLATE "C",
    mailbox TEXT COLLATE "C",                -- the key of the email; name and first_name are keys too
    name TEXT COLLATE "C",
    first_name TEXT COLLATE "C",
    counted INTEGER NOT NULL,                -- 0 for bots and disabled agents
    has_avatar INTEGER NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    until BIGINT,                            -- ms since 1970, as are the other times
    note TEXT,
    afterwards TEXT,                         -- statuses after the first one's end, JSON
    planned TEXT,                            -- JSON
    lasting TEXT COLLATE "C" NOT NULL,
    last_end BIGINT,                         -- from then on the lasting status holds
    chats_elsewhere BIGINT NOT NULL,         -- open when the agent was added, without rows here
    last_routed_at BIGINT,
    settings JSON NOT NULL,                  -- the rest of the agent
    revision BIGINT NOT NULL,
    PRIMARY KEY (workspace, id)
  );
  CREATE UNIQUE INDEX agent_email ON {agent} (workspace, email);
  CREATE INDEX agent_order ON {agent} (workspace, id_order);
  CREATE INDEX agent_mailbox ON {agent} (workspace, mailbox) WHERE mailbox IS NOT NULL;
  CREATE INDEX agent_name ON {agent} (workspace, name);
  CREATE INDEX agent_first_name ON {agent} (workspace, first_name);
  CREATE INDEX agent_tier ON {agent} (workspace, counted, lasting, has_avatar, id_order);
  CREATE INDEX agent_timed ON {agent} (workspace, last_end) WHERE last_end IS NOT NULL;
  CREATE INDEX agent_admin ON {agent} (workspace, id_order) WHERE counted = 1 AND settings ->> 'role' = 'admin';
  CREATE TABLE {agent_count} (                 -- counting rows would grow with them
    workspace TEXT COLLATE "C" NOT NULL,
    counted INTEGER NOT NULL,
    lasting TEXT COLLATE "C" NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (workspace, counted, lasting)
  );
  CREATE TABLE {revision} (
    workspace TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT COLLATE "C" NOT NULL,
    note TEXT,
    changes TEXT NOT NULL,                   -- JSON
    ended TEXT,                              -- what had ended by itself, JSON
    applied JSON,                            -- NULL where it applied no document
    PRIMARY KEY (workspace, number)
  );
  CREATE INDEX revision_actor ON {revision} (workspace, actor, number);
  CREATE INDEX revision_at ON {revision} (workspace, at);
  CREATE INDEX revision_applied ON {revision} (workspace, number) WHERE applied IS NOT NULL;
  CREATE TABLE {revision_path} (
    workspace TEXT COLLATE "C" NOT NULL,
    path TEXT COLLATE "C" NOT NULL,
    is_around INTEGER NOT NULL,              -- 0 for what changed, 1 for what it lies in
    revision BIGINT NOT NULL,
    PRIMARY KEY (workspace, path, is_around, revision)
  );
  CREATE TABLE {cursor} (
    workspace TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    agent TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (workspace, key)
  );
  CREATE TABLE {assignment} (
    workspace TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    agent TEXT COLLATE "C" NOT NULL,
    rule TEXT,
    ended_at BIGINT,
    PRIMARY KEY (workspace, id)
  );
  CREATE INDEX assignment_open ON {assignment} (workspace, id) WHERE ended_at IS NULL;
  CREATE INDEX assignment_open_of ON {assignment} (workspace, agent) WHERE ended_at IS NULL;
  CREATE TABLE {token} (
    workspace TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    agent TEXT COLLATE "C",
    scopes TEXT NOT NULL,                    -- JSON
    beyond TEXT,                             -- scopes that the agent's role did not give, JSON
    hash TEXT NOT NULL,                      -- SHA-256 of the secret
    previous_hash TEXT,
    previous_until BIGINT,
    created_at BIGINT NOT NULL,
    expires_at BIGINT,
    rotated_at BIGINT,
    revoked_at BIGINT,
    revoked_because TEXT,
    last_used_at BIGINT,
    PRIMARY KEY (workspace, id)
  );
  CREATE INDEX token_agent ON {token} (workspace, agent) WHERE agent IS NOT NULL;
  CREATE TABLE {kept_answer} (                 -- of writes under an idempotency key
    workspace TEXT COLLATE "C" NOT NULL,
    token TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    fingerprint TEXT NOT NULL,
    answer TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (workspace, token, key)
  );
  CREATE INDEX kept_answer_at ON {kept_answer} (workspace, at);
  CREATE TABLE {feed} (
    workspace TEXT COLLATE "C" NOT NULL,
    calendar TEXT COLLATE "C" NOT NULL,
    source TEXT NOT NULL,
    read_at BIGINT,
    etag TEXT,
    tried_at BIGINT NOT NULL,
    failure TEXT,
    PRIMARY KEY (workspace, calendar)
  );
  CREATE TABLE {lease} (                     -- of jobs that one process does for all
    workspace TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    until BIGINT NOT NULL,
    PRIMARY KEY (workspace, name)
  );
  `,
]

export const POSTGRES_VERSION = MIGRATIONS.length

/**
 * Brings a database to this version's schema, one step a transaction, under the lock of the row that says which version
 * it is: several services that start at once make one schema.
 * @throws StoreFault for a database of a later version
 */
export async function migratePostgres(client: PoolClient, database: string): Promise<void> {
  if ((await versionOf(client)) === undefined) await makeVersionRow(client)
  for (let version = 0; version < MIGRATIONS.length; ) {
    await client.query('BEGIN')
    try {
      const { rows } = await client.query(`SELECT version FROM ${SCHEMA}.schema_version FOR UPDATE`)
      version = Number(rows[0].version)
      checkVersion(version, database)
      const step = MIGRATIONS[version]
      if (step !== undefined) {
        await client.query(postgresText(step))
        await client.query(`UPDATE ${SCHEMA}.schema_version SET version = ${++version}`)
      }
      await client.query('COMMIT')
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {})
      throw error
    }
  }
}

/**
 * The version of the schema; undefined for a database without ours.
 * @throws StoreFault for a database of a later version
 */
export async function schemaVersion(client: PoolClient, database: string): Promise<number | undefined> {
  const version = await versionOf(client)
  if (version !== undefined) checkVersion(version, database)
  return version
}

function checkVersion(version: number, database: string): void {
  if (version <= POSTGRES_VERSION) return
  throw new StoreFault(database, 'was written by a later version of drift-status', {
    hint: 'update drift-status, or name another database',
  })
}

/** Undefined for a database without our schema. */
async function versionOf(client: PoolClient): Promise<number | undefined> {
  try {
    const { rows } = await client.query(`SELECT version FROM ${SCHEMA}.schema_version`)
    return rows[0] && Number(rows[0].version)
  } catch (error) {
    // 42P01: no such table; 3F000: no such schema.
    if (['42P01', '3F000'].includes((error as { code?: string }).code ?? '')) return undefined
    throw error
  }
}

/** Two that make it at once may find that the other just did: it is then there, and that is all that is wanted. */
async function makeVersionRow(client: PoolClient): Promise<void> {
  const schema = await client.query(`SELECT to_regnamespace('${SCHEMA}') IS NULL AS missing`)
  const statements = [
    ...(schema.rows[0].missing ? [`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`] : []),
    `CREATE TABLE IF NOT EXISTS ${SCHEMA}.schema_version (one INTEGER PRIMARY KEY CHECK (one = 1), version BIGINT NOT NULL)`,
    `INSERT INTO ${SCHEMA}.schema_version VALUES (1, 0) ON CONFLICT DO NOTHING`,
  ]
  for (const statement of statements) await makeOnce(client, statement)
}

async function makeOnce(client: PoolClient, statement: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await client.query(statement)
      return
    } catch (error) {
      if (tries === MAX_TRIES || !MADE_MEANWHILE.includes((error as { code?: string }).code ?? '')) throw error
    }
  }
}

const MAX_TRIES = 10

/** What PostgreSQL says when another makes the same at the same moment. */
const MADE_MEANWHILE: readonly string[] = ['23505', '42710', '42P06', '42P07', '40001', 'XX000']
