import { itemPath } from '../../../api/contract/change-path.js'
import { keyColumns } from '../tables/key-columns.js'
import type { Database } from './sqlite-driver.js'

/** What each role gave to tokens while they kept the scopes of the day they were made. */
const ROLE_SCOPES: Readonly<Record<string, readonly string[]>> = {
  admin: ['read', 'status:self', 'status:any', 'widget', 'hours', 'routing', 'admin'],
  agent: ['read', 'status:self'],
}

/**
 * From version 4 to 5: people are found by the keys of their names; open chats are counted from their
 * rows; tokens follow their agents; chats, tokens and cursors of what was removed end.
 */
export function migratePeople(database: Database): void {
  database.exec(`
    ALTER TABLE agent ADD COLUMN mailbox TEXT;              -- the key of the email; name and first_name are keys too
    ALTER TABLE agent RENAME COLUMN open_chats TO chats_elsewhere; -- open when the agent was added, without rows here
    ALTER TABLE token ADD COLUMN beyond TEXT;               -- scopes that the agent's role did not give, JSON
    ALTER TABLE token ADD COLUMN revoked_because TEXT;
    CREATE INDEX agent_mailbox ON agent (mailbox) WHERE mailbox IS NOT NULL;
    CREATE INDEX agent_admin ON agent (id_order) WHERE counted = 1 AND json_extract(settings, '$.role') = 'admin';
    CREATE INDEX assignment_open_of ON assignment (agent) WHERE ended_at IS NULL;
    CREATE INDEX token_agent ON token (agent) WHERE agent IS NOT NULL;
  `)
  writeKeys(database)
  endChats(database)
  database.exec(`
    UPDATE agent SET chats_elsewhere = max(0, chats_elsewhere -
      (SELECT count(*) FROM assignment WHERE assignment.agent = agent.id AND ended_at IS NULL));
  `)
  endTokens(database)
  forgetCursors(database)
}

function writeKeys(database: Database): void {
  const agents = database.prepare('SELECT id, email, settings FROM agent').all() as {
    id: string
    email: string | null
    settings: string
  }[]
  const update = database.prepare('UPDATE agent SET mailbox = ?, name = ?, first_name = ? WHERE id = ?')
  for (const { id, email, settings } of agents) {
    const { name } = JSON.parse(settings) as { name?: string }
    update.run(...keyColumns({ id, email: email ?? undefined, name }), id)
  }
}

/** Chats of agents who were removed, also where the id was given away again since. */
function endChats(database: Database): void {
  const open = database.prepare('SELECT id, agent, at FROM assignment WHERE ended_at IS NULL').all() as {
    id: number
    agent: string
    at: number
  }[]
  const end = database.prepare('UPDATE assignment SET ended_at = ? WHERE id = ?')
  const { isThere, changedAt } = history(database)
  for (const { id, agent, at } of open) {
    const since = changedAt(itemPath('agents', agent))
    if (!isThere(agent) || since > at) end.run(Math.max(since, at), id)
  }
}

/** Tokens of agents who were removed end; those that have exactly what the role gives follow it. */
function endTokens(database: Database): void {
  const tokens = database
    .prepare('SELECT id, agent, scopes, created_at AS at FROM token WHERE agent IS NOT NULL AND revoked_at IS NULL')
    .all() as { id: string; agent: string; scopes: string; at: number }[]
  const revoke = database.prepare(
    `UPDATE token SET revoked_at = ?, revoked_because = 'agent removed', previous_hash = NULL, previous_until = NULL
     WHERE id = ?`,
  )
  const restrict = database.prepare('UPDATE token SET scopes = ?, beyond = ? WHERE id = ?')
  const roleOf = database.prepare("SELECT json_extract(settings, '$.role') AS role FROM agent WHERE id = ?")
  const { isThere, changedAt, roleBefore } = history(database)
  for (const { id, agent, scopes, at } of tokens) {
    const path = itemPath('agents', agent)
    const since = changedAt(path)
    if (!isThere(agent) || since > at) {
      revoke.run(Math.max(since, at), id)
      continue
    }
    const given = ROLE_SCOPES[roleBefore(`${path}.role`, at) ?? (roleOf.get(agent) as { role: string }).role] ?? []
    if (scopes === JSON.stringify(given)) restrict.run('null', null, id)
    else {
      const beyond = (JSON.parse(scopes) as string[]).filter((scope) => !given.includes(scope))
      restrict.run(scopes, beyond.length === 0 ? null : JSON.stringify(beyond), id)
    }
  }
}

/** Who is in the workspace, and what the log says of a path: when it changed last, and what it was at a time. */
function history(database: Database) {
  const agent = database.prepare('SELECT 1 FROM agent WHERE id = ?')
  const changed = database.prepare(
    `SELECT max(revision.at) AS at FROM revision_path JOIN revision ON revision.number = revision_path.revision
     WHERE revision_path.path = ? AND revision_path.is_around = 0`,
  )
  const firstSince = database.prepare(
    `SELECT revision.changes FROM revision_path JOIN revision ON revision.number = revision_path.revision
     WHERE revision_path.path = ? AND revision_path.is_around = 0 AND revision.at > ? ORDER BY revision.number LIMIT 1`,
  )
  return {
    isThere: (id: string) => agent.get(id) !== undefined,
    changedAt: (path: string) => (changed.get(path) as { at: number | null }).at ?? Number.NEGATIVE_INFINITY,
    roleBefore(path: string, at: number): string | undefined {
      const row = firstSince.get(path, at) as { changes: string } | undefined
      const changes = JSON.parse(row?.changes ?? '[]') as { path: string; before?: string }[]
      return changes.find((change) => change.path === path)?.before
    },
  }
}

/** A cursor goes with its team, rule, playbook or default rule. */
function forgetCursors(database: Database): void {
  database.exec(`
    DELETE FROM cursor WHERE
      (key LIKE 'team:%' AND key NOT IN (SELECT 'team:' || json_extract(each.value, '$.id')
        FROM section, json_each(section.value) AS each WHERE section.name = 'teams'))
      OR (key LIKE 'playbook:%' AND key NOT IN (SELECT 'playbook:' || json_extract(each.value, '$.id')
        FROM section, json_each(section.value) AS each WHERE section.name = 'playbooks'))
      OR (key LIKE 'rule:%' AND key NOT IN (SELECT 'rule:' || json_extract(each.value, '$.id')
        FROM section, json_each(section.value, '$.rules') AS each WHERE section.name = 'routing'))
      OR (key = 'default' AND NOT EXISTS (SELECT 1 FROM section
        WHERE name = 'routing' AND json_type(value, '$.default') = 'object'))
  `)
}
