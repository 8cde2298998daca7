import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

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
        exclude: [...PROCESSES, ...BIG_SCREENS, 'test/{fuzz,oracles,browser,postgres}/**'],
      }),
      lane('HTTP', ON_A_WORKSPACE, { provide: { transport: 'HTTP' } }),
      lane('processes', PROCESSES, { exclude: CODE_CACHE }),
      lane('postgres', ['test/postgres/**/*.test.ts'], { globalSetup: 'test/postgres/global-setup.ts' }),
      lane('code-cache', CODE_CACHE),
      lane('big-screens', BIG_SCREENS),
      lane('fuzz', ['test/fuzz/**/*.test.ts']),
      lane('oracles', ['test/oracles/**/*.test.ts']),
      lane('browser', ['test/browser/**/*.test.ts']),
    ],
  },
})
