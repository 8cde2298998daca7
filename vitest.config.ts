import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { whyNoPgbouncer } from './test/postgres/pgbouncer.js'
import { whyNoPostgres } from './test/postgres/postgres-server.js'

/** Tests of a live workspace, which run once on an embedded one and once on a served one: see test/cli/sample-workspace.ts. */
const ON_A_WORKSPACE = [
  'live-writes',
  'live-effect',
  'live-errors',
  'live-editor',
  'live-questions',
  'live-inert-text',
  'answers',
  'watch',
  'wait',
  'reachable',
].map((name) => `test/cli/${name}.test.ts`)

/** Tests of a live workspace below the command line, on either store: see test/service/live-workspace.ts. */
const ON_A_STORE = ['test/service/live-*.test.ts', 'test/service/{conflicts,revisions}.test.ts']

/** Tests of processes, sockets and shells: each file in a process of its own, as they change what a process has once. */
const PROCESSES = [
  'test/e2e/**/*.test.ts',
  'test/api/network/**/*.test.ts',
  'test/service/http/**/*.test.ts',
  'test/completion/{candidates,scripts,insertion}.test.ts',
  'test/cli/{transports,help}.test.ts',
  'test/cli/terminal/{edit-text,pager}.test.ts',
]

/** Every way in which kept code may be broken: hundreds of starts. */
const CODE_CACHE = ['test/e2e/code-cache.test.ts']

/** Every screen of a workspace of 80 agents, at each width: thousands of commands. */
const BIG_SCREENS = ['test/cli/screens-big.test.ts']

const lane = (
  name: string,
  include: readonly string[],
  more: TestProjectInlineConfiguration['test'] = {},
): TestProjectInlineConfiguration => ({
  extends: true,
  test: { name, include: [...include], provide: { transport: 'embedded' }, ...more },
})

const POSTGRES = ['test/postgres/**/*.test.ts']
const NO_POSTGRES = 'test/setup/no-postgres.test.ts'

/** Lanes on a real PostgreSQL server, which they start; where there is none, one test says so. */
const onPostgres = (name: string, include: readonly string[], missing = whyNoPostgres()) =>
  lane(name, missing === undefined ? include : [NO_POSTGRES], {
    provide: { transport: 'PostgreSQL' },
    // Harms a file.
    exclude: ['test/service/live-report.test.ts'],
    // Each command opens connections of its own.
    testTimeout: 300_000,
    ...(missing === undefined && { globalSetup: 'test/postgres/global-setup.ts' }),
  })

export default defineConfig({
  test: {
    globalSetup: 'test/setup/own-temporary-folder.ts',
    // More than Vitest takes by itself on two cores: much of a test is waiting for a process or a socket.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Waits for another process or a watch, which share the machine with other tests.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      lane('embedded', ['test/**/*.test.ts'], {
        isolate: false,
        exclude: [...PROCESSES, ...BIG_SCREENS, 'test/{fuzz,oracles,browser,postgres}/**', NO_POSTGRES],
      }),
      lane('HTTP', ON_A_WORKSPACE, { provide: { transport: 'HTTP' } }),
      lane('processes', PROCESSES, { exclude: CODE_CACHE }),
      onPostgres('PostgreSQL', POSTGRES),
      onPostgres('commands on PostgreSQL', [...ON_A_WORKSPACE, ...ON_A_STORE]),
      onPostgres(
        'pgbouncer',
        ['test/postgres/{postgres-store,copy,several-services}.test.ts', ...ON_A_WORKSPACE, ...ON_A_STORE],
        whyNoPgbouncer(),
      ),
      // What distributed engines do: no lock by a number, no notification, every transaction serializable.
      onPostgres('serializable PostgreSQL', [...POSTGRES, ...ON_A_STORE]),
      lane('code-cache', CODE_CACHE),
      lane('big-screens', BIG_SCREENS),
      lane('fuzz', ['test/fuzz/**/*.test.ts']),
      lane('oracles', ['test/oracles/**/*.test.ts']),
      lane('browser', ['test/browser/**/*.test.ts']),
    ],
  },
})
