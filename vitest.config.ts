import { defineConfig } from 'vitest/config'

/** Command lines on a live workspace: the same tests on the embedded one and on one that is served, see test/cli/sample-workspace.ts. */
const ON_A_WORKSPACE = [
  'live-writes',
  'live-effect',
  'live-errors',
  'live-editor',
  'live-questions',
  'live-inert-text',
  'answers',
  'watch',
]

export default defineConfig({
  test: {
    globalSetup: 'test/setup/own-temporary-folder.ts',
    // One more than Vitest takes by itself on two cores: much of a test is waiting for a process or a socket.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Waits for another process or a watch, which share the machine with other tests.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: { name: 'embedded', include: ['test/**/*.test.ts'], provide: { transport: 'embedded' } },
      },
      {
        extends: true,
        test: {
          name: 'HTTP',
          include: ON_A_WORKSPACE.map((name) => `test/cli/${name}.test.ts`),
          provide: { transport: 'HTTP' },
        },
      },
    ],
  },
})
