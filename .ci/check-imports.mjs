// Imports point downward only (cli → api → domain), never in a circle, and a package that is slow to
// load is imported by the one file that needs it. Prints each arrow that does not, and exits 1.
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** Which rooms a room may import from, itself apart. */
const MAY_IMPORT = {
  domain: [],
  formats: ['domain'],
  api: ['domain'],
  drift: ['api', 'domain'],
  service: ['api', 'domain', 'formats'],
  profiles: ['api', 'domain'],
  cli: ['api', 'domain', 'formats', 'profiles'],
  // Runs in a visitor's browser.
  widget: ['api'],
  'index.ts': ['api', 'domain'],
}

/** The one file of a room that may also import from others: where the pieces are put together. */
const JOINTS = {
  'cli/session/connect.ts': ['service', 'drift'],
  'cli/session/serve-workspace.ts': ['service'],
  'cli/session/copy-workspace.ts': ['service'],
  'service/http/routes/mount-drift.ts': ['drift'],
  'cli/doctor/local-checks.ts': ['service'],
  'cli/doctor/drift-checks.ts': ['drift'],
  'index.ts': ['service'],
}

/** Packages that only these files may import (`*` is every file of a room): they load when a command needs them. */
const ONLY_IN = {
  luxon: ['domain/time/typed/named-day.ts'],
  yaml: ['domain/document/yaml.ts', 'domain/document/edit-yaml.ts'],
  'zod/mini': [
    'domain/document/schema.ts',
    'domain/document/hours-schema.ts',
    'domain/document/holidays-schema.ts',
    'domain/document/duty-schema.ts',
    'domain/document/status-schema.ts',
    'domain/document/fields.ts',
    'domain/document/parse-workspace.ts',
    'domain/document/parse-holidays.ts',
    'domain/scenarios/expectation-schema.ts',
    'domain/scenarios/parse-scenarios.ts',
    'domain/scenarios/scenarios-schema.ts',
    'api/contract/fields.ts',
    'api/contract/operations/*.ts',
    'api/contract/responses/*.ts',
    'api/contract/openapi-schemas.ts',
    'api/contract/responses.ts',
    'service/validate.ts',
    'api/network/check-answer.ts',
  ],
  commander: ['cli/program.ts'],
  chalk: ['cli/output/style.ts'],
  'fast-string-width': ['cli/output/wrap.ts', 'cli/output/table.ts'],
  inquirer: ['cli/terminal/prompts.ts'],
  undici: ['api/network/request/proxied-connection.ts'],
  conf: ['profiles/update-profiles.ts'],
  '@napi-rs/keyring': ['profiles/credentials/keyring.ts'],
  fastify: ['service/http/app.ts'],
  '@fastify/cors': ['service/http/app.ts'],
  'prom-client': ['service/http/metrics/*.ts'],
  pg: ['service/store/postgres/postgres-database.ts'],
  '@photostructure/sqlite': ['service/store/sqlite/sqlite-driver.ts'],
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s(type\s)?[^'"]*?from\s*'([^']+)'|import\(\s*'([^']+)'\s*\)|(?:^|\n)import\s*'([^']+)'/g

const violations = []
/** The files that each file imports, types included. */
const imports = new Map()
for (const file of await readdir('src', { recursive: true })) {
  if (!file.endsWith('.ts')) continue
  const path = file.split(sep).join('/')
  const room = path.split('/')[0]
  const text = await readFile(join('src', file), 'utf8')
  imports.set(path, [])
  for (const [, isType, from, dynamic, bare] of text.matchAll(IMPORT)) {
    const target = from ?? dynamic ?? bare
    if (target.startsWith('.')) {
      const resolved = relative('src', join('src', path, '..', target))
        .split(sep)
        .join('/')
      const targetRoom = resolved.split('/')[0]
      if (resolved.startsWith('..')) continue
      imports.get(path).push(resolved.replace(/\.js$/, '.ts'))
      const allowedRooms = [room, ...(MAY_IMPORT[room] ?? []), ...(JOINTS[path] ?? [])]
      if (!allowedRooms.includes(targetRoom)) violations.push(`${path} imports ${resolved}`)
    } else if (target.startsWith('node:')) {
      if (room === 'domain') violations.push(`${path} imports ${target}: the domain knows no Node API`)
    } else if (!isType) {
      const allowed = ONLY_IN[target]
      if (!allowed) violations.push(`${path} imports ${target}, which .ci/check-imports.mjs does not know`)
      else if (!allowed.includes(path) && !allowed.includes(path.replace(/[^/]+$/, '*.ts')))
        violations.push(`${path} imports ${target}, which belongs in ${allowed.join(', ')}`)
    }
  }
}
violations.push(...circles(imports))
for (const violation of violations) console.error(violation)
console.log(
  `imports: ${violations.length === 0 ? 'every arrow points downward, none in a circle' : `${violations.length} wrong`}`,
)
process.exitCode = violations.length === 0 ? 0 : 1

/** Each way from a file back to itself, found once. */
function circles(graph) {
  const found = []
  const done = new Set()
  const visit = (file, way) => {
    const start = way.indexOf(file)
    if (start >= 0) found.push(`a circle: ${[...way.slice(start), file].join(' → ')}`)
    if (start >= 0 || done.has(file)) return
    for (const target of graph.get(file) ?? []) visit(target, [...way, file])
    done.add(file)
  }
  for (const file of graph.keys()) visit(file, [])
  return found
}
