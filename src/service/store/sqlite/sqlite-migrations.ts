import { StoreFault } from '../store-errors.js'
import type { Database } from './sqlite-driver.js'
import { migratePeople } from './sqlite-people-migration.js'

/** Each step takes a file from the version of its position to the next. Steps are never edited, only added. */
const MIGRATIONS: readonly (string | ((database: Database) => void))[] = [
  `
  CREATE TABLE section (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE agent (
    id TEXT PRIMARY KEY,
    id_order TEXT NOT NULL,       -- sorts as ids do: numeric ids as numbers, before text
    email TEXT UNIQUE,
    name TEXT COLLATE NOCASE,
    first_name TEXT COLLATE NOCASE,
    counted INTEGER NOT NULL,     -- 0 for bots and disabled agents
    has_avatar INTEGER NOT NULL,
    status TEXT NOT NULL,
    until INTEGER,                -- ms since 1970; the other status holds from then on
    note TEXT,
    open_chats INTEGER NOT NULL,
    last_routed_at INTEGER,
    settings TEXT NOT NULL,       -- the rest of the agent, JSON
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX agent_order ON agent (id_order);
  CREATE INDEX agent_name ON agent (name);
  CREATE INDEX agent_first_name ON agent (first_name);
  CREATE INDEX agent_tier ON agent (counted, status, has_avatar, id_order) WHERE until IS NULL;
  CREATE INDEX agent_timed ON agent (until) WHERE until IS NOT NULL;

  CREATE TABLE agent_count (      -- of untimed agents, kept by triggers: counting rows would grow with them
    counted INTEGER NOT NULL,
    status TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (counted, status)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER agent_added AFTER INSERT ON agent WHEN new.until IS NULL BEGIN
    INSERT INTO agent_count VALUES (new.counted, new.status, 1)
      ON CONFLICT DO UPDATE SET amount = amount + 1;
  END;
  CREATE TRIGGER agent_removed AFTER DELETE ON agent WHEN old.until IS NULL BEGIN
    UPDATE agent_count SET amount = amount - 1 WHERE counted = old.counted AND status = old.status;
  END;
  CREATE TRIGGER agent_left AFTER UPDATE OF counted, status, until ON agent WHEN old.until IS NULL BEGIN
    UPDATE agent_count SET amount = amount - 1 WHERE counted = old.counted AND status = old.status;
  END;
  CREATE TRIGGER agent_came AFTER UPDATE OF counted, status, until ON agent WHEN new.until IS NULL BEGIN
    INSERT INTO agent_count VALUES (new.counted, new.status, 1)
      ON CONFLICT DO UPDATE SET amount = amount + 1;
  END;

  CREATE TABLE revision (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    note TEXT,
    changes TEXT NOT NULL
  ) STRICT;
  CREATE INDEX revision_actor ON revision (actor, number);
  CREATE INDEX revision_at ON revision (at);

  CREATE TABLE revision_path (
    path TEXT NOT NULL,
    revision INTEGER NOT NULL,
    PRIMARY KEY (path, revision)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE cursor (
    key TEXT PRIMARY KEY,
    agent TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE assignment (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    agent TEXT NOT NULL,
    rule TEXT,
    ended_at INTEGER
  ) STRICT;
  CREATE INDEX assignment_open ON assignment (id) WHERE ended_at IS NULL;
  `,
  // What lasts under a timed status, and when the last one ends, so that those that have ended cost
  // nothing; and every path around a changed one, so that a broad path is an equality too.
  `
  ALTER TABLE agent ADD COLUMN afterwards TEXT;   -- statuses after the first one's end, JSON
  ALTER TABLE agent ADD COLUMN lasting TEXT NOT NULL DEFAULT 'available';
  ALTER TABLE agent ADD COLUMN last_end INTEGER; -- from then on the lasting status holds

  DROP TRIGGER agent_added;
  DROP TRIGGER agent_removed;
  DROP TRIGGER agent_left;
  DROP TRIGGER agent_came;
  DROP TABLE agent_count;
  DROP INDEX agent_tier;
  DROP INDEX agent_timed;
  UPDATE agent SET last_end = until, lasting = CASE
    WHEN until IS NULL THEN status WHEN status = 'available' THEN 'away' ELSE 'available' END;
  CREATE INDEX agent_tier ON agent (counted, lasting, has_avatar, id_order);
  CREATE INDEX agent_timed ON agent (last_end) WHERE last_end IS NOT NULL;

  CREATE TABLE agent_count (      -- kept by triggers: counting rows would grow with them
    counted INTEGER NOT NULL,
    lasting TEXT NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (counted, lasting)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO agent_count SELECT counted, lasting, count(*) FROM agent GROUP BY counted, lasting;
  CREATE TRIGGER agent_added AFTER INSERT ON agent BEGIN
    INSERT INTO agent_count VALUES (new.counted, new.lasting, 1)
      ON CONFLICT DO UPDATE SET amount = amount + 1;
  END;
  CREATE TRIGGER agent_removed AFTER DELETE ON agent BEGIN
    UPDATE agent_count SET amount = amount - 1 WHERE counted = old.counted AND lasting = old.lasting;
  END;
  CREATE TRIGGER agent_moved AFTER UPDATE OF counted, lasting ON agent
    WHEN new.counted <> old.counted OR new.lasting <> old.lasting BEGIN
    UPDATE agent_count SET amount = amount - 1 WHERE counted = old.counted AND lasting = old.lasting;
    INSERT INTO agent_count VALUES (new.counted, new.lasting, 1)
      ON CONFLICT DO UPDATE SET amount = amount + 1;
  END;

  ALTER TABLE revision_path RENAME TO changed_path;
  CREATE TABLE revision_path (
    path TEXT NOT NULL,
    is_around INTEGER NOT NULL,   -- 0 for what changed, 1 for what it lies in
    revision INTEGER NOT NULL,
    PRIMARY KEY (path, is_around, revision)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO revision_path SELECT path, 0, revision FROM changed_path;
  -- Cuts the last step off, at "." or "[", again and again.
  INSERT OR IGNORE INTO revision_path
    WITH RECURSIVE around (head, steps, revision) AS (
      SELECT path || '.', 0, revision FROM changed_path
      UNION ALL
      SELECT rtrim(substr(head, 1, length(head) - 1), replace(replace(head, '.', ''), '[', '')), steps + 1, revision
      FROM around WHERE length(head) > 1
    )
    SELECT substr(head, 1, length(head) - 1), 1, revision FROM around WHERE steps > 0 AND length(head) > 1;
  DROP TABLE changed_path;
  `,
  `
  CREATE TABLE token (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    agent TEXT,
    scopes TEXT NOT NULL,         -- JSON
    hash TEXT NOT NULL,           -- SHA-256 of the secret
    previous_hash TEXT,
    previous_until INTEGER,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    rotated_at INTEGER,
    revoked_at INTEGER,
    last_used_at INTEGER
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE kept_answer (      -- of writes under an idempotency key
    token TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (token, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX kept_answer_at ON kept_answer (at);
  `,
  // What the workspace is to those who know neither its file nor its name, which may change.
  `
  CREATE TABLE identity (
    id TEXT NOT NULL,             -- in public addresses
    number INTEGER NOT NULL       -- for those who know workspaces by integers only
  ) STRICT;
  INSERT INTO identity VALUES (lower(hex(randomblob(6))), 1 + abs(random() % 2000000000));
  `,
  migratePeople,
  // Who is on duty when, and statuses that begin later.
  `
  ALTER TABLE agent ADD COLUMN planned TEXT;      -- JSON
  INSERT INTO section SELECT 'duty', '{"shifts":[],"covers":[]}', 1 WHERE EXISTS (SELECT 1 FROM section);
  `,
  // What had ended by itself when a revision was made, JSON; NULL where that was not kept.
  'ALTER TABLE revision ADD COLUMN ended TEXT',
  // Holiday calendars, and when their feeds were read.
  `
  INSERT INTO section SELECT 'holidays', '[]', 1 WHERE EXISTS (SELECT 1 FROM section);
  CREATE TABLE feed (
    calendar TEXT PRIMARY KEY,
    source TEXT NOT NULL,
    read_at INTEGER,
    etag TEXT,
    tried_at INTEGER NOT NULL,
    failure TEXT
  ) STRICT, WITHOUT ROWID;
  `,
  // Which revisions applied a document, and the plan of each.
  `
  ALTER TABLE revision ADD COLUMN applied TEXT;   -- JSON; NULL for every other revision
  CREATE INDEX revision_applied ON revision (number) WHERE applied IS NOT NULL;
  `,
  // The statements of the tables are those of databases of many workspaces; they count agents themselves.
  `
  ALTER TABLE section ADD COLUMN workspace TEXT NOT NULL DEFAULT 'main';
  ALTER TABLE agent ADD COLUMN workspace TEXT NOT NULL DEFAULT 'main';
  ALTER TABLE agent_count ADD COLUMN workspace TEXT NOT NULL DEFAULT 'main';
  ALTER TABLE revision ADD COLUMN workspace TEXT NOT NULL DEFAULT 'main';
  ALTER TABLE revision_path ADD COLUMN workspace TEXT NOT NULL DEFAULT 'main';
  ALTER TABLE cursor ADD COLUMN workspace TEXT NOT NULL DEFAULT 'main';
  ALTER TABLE assignment ADD COLUMN workspace TEXT NOT NULL DEFAULT 'main';
  ALTER TABLE token ADD COLUMN workspace TEXT NOT NULL DEFAULT 'main';
  ALTER TABLE kept_answer ADD COLUMN workspace TEXT NOT NULL DEFAULT 'main';
  ALTER TABLE identity ADD COLUMN workspace TEXT NOT NULL DEFAULT 'main';
  ALTER TABLE feed ADD COLUMN workspace TEXT NOT NULL DEFAULT 'main';
  DROP TRIGGER agent_added;
  DROP TRIGGER agent_removed;
  DROP TRIGGER agent_moved;
  DROP INDEX agent_admin;
  CREATE INDEX agent_admin ON agent (id_order) WHERE counted = 1 AND settings ->> 'role' = 'admin';
  CREATE TABLE lease (            -- of jobs that one process does for all
    name TEXT PRIMARY KEY,
    until INTEGER NOT NULL,
    workspace TEXT NOT NULL DEFAULT 'main'
  ) STRICT, WITHOUT ROWID;
  `,
]

/** Marks a file as a workspace: "drst" in ASCII. */
const APPLICATION_ID = 0x64_72_73_74

export const SCHEMA_VERSION = MIGRATIONS.length

/**
 * Brings a file to this version's schema, one step a transaction.
 * @throws DriftStatusError (failed) for a file of a later version
 */
export function migrate(database: Database, path: string): void {
  if (!isOlder(database, path)) return
  database.exec('BEGIN IMMEDIATE')
  try {
    // Another process may have migrated while this one waited.
    if (isOlder(database, path)) {
      for (const step of MIGRATIONS.slice(versionOf(database))) {
        if (typeof step === 'string') database.exec(step)
        else step(database)
      }
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}`)
      database.exec(`PRAGMA user_version = ${SCHEMA_VERSION}`)
    }
    database.exec('COMMIT')
  } catch (error) {
    database.exec('ROLLBACK')
    throw error
  }
}

/**
 * Whether a file's schema is of an earlier version than this one's.
 * @throws DriftStatusError (failed) for a file of a later version, or of another program
 */
export function isOlder(database: Database, path: string): boolean {
  checkIsWorkspace(database, path)
  const version = versionOf(database)
  if (version <= SCHEMA_VERSION) return version < SCHEMA_VERSION
  throw new StoreFault(path, 'was written by a later version of drift-status', {
    hint: 'update drift-status, or name another workspace file',
  })
}

/** A file of another program is never written to: an empty one, or one of ours, is. */
function checkIsWorkspace(database: Database, path: string): void {
  const { application_id: id } = database.prepare('PRAGMA application_id').get() as { application_id: number }
  if (id === APPLICATION_ID) return
  const { tables } = database.prepare('SELECT count(*) AS tables FROM sqlite_master').get() as { tables: number }
  if (id === 0 && tables === 0) return
  throw new StoreFault(path, 'is not a workspace file', {
    reason: 'not-a-workspace',
    hint: 'name another file',
  })
}

function versionOf(database: Database): number {
  return (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version
}
