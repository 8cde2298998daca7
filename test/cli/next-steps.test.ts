import { describe, expect, test } from 'vitest'
import { onProfile } from '../../src/cli/next-steps.js'
import { newFolder, runCli, type Terminal } from './fake-context.js'

/** A machine with a profile "prod" in use, which is a file of its own. */
async function machine() {
  const folder = newFolder()
  const run = (line: string, terminal: Terminal = {}) =>
    runCli(line.split(' '), {
      ...terminal,
      env: { DRIFT_STATUS_CONFIG_DIR: folder, DRIFT_STATUS_CREDENTIALS: 'file', ...terminal.env },
    })
  await run('init --name Prod --time-zone UTC --email ana@acme.example --profile prod')
  return run
}

/** The command lines that an output tells to run next. */
const stepsOf = (text: string) => [...text.matchAll(/drift-status ([a-z].*?)(?: {2,}|"|$)/gm)].map(([, step]) => step!)

describe('init acts on the profile that it names, and so do its steps', () => {
  test.each<{ title: string; env: Record<string, string> }>([
    { title: 'nothing set', env: {} },
    { title: 'another profile in the environment', env: { DRIFT_STATUS_PROFILE: 'prod' } },
    {
      title: 'a service in the environment',
      env: { DRIFT_STATUS_URL: 'http://127.0.0.1:9', DRIFT_STATUS_TOKEN: 'x'.repeat(40) },
    },
  ])('$title', async ({ env }) => {
    for (const [flag, name] of [
      ['', 'local'],
      [' --profile trial', 'trial'],
    ] as const) {
      const run = await machine()
      const before = (await run('log --profile prod --json')).stdout
      const made = await run(`init --sample${flag}`, { env })
      expect(made.stdout).toContain(`Profile "${name}" uses it, and you are sam`)
      expect(made.stdout).toContain('Profile "prod" stays in use')
      const [use, step] = stepsOf(made.stdout)
      expect(use).toBe(`profile use ${name}`)
      expect((await run(step!, { env })).stdout).toContain('Acme, ')
      expect((await run('log --profile prod --json')).stdout).toBe(before)
    }
  })

  test('the shortest step where nothing else is meant', async () => {
    const run = await machine()
    expect(stepsOf((await run('init --sample --use')).stdout)).toEqual(['status'])
    expect(JSON.parse((await run('profile list --json')).stdout).current).toBe('local')
  })
})

test('serve tells steps that each name the profile they make, one that is not there yet', async () => {
  const run = await machine()
  await run('profile add acme --url https://status.acme.example')
  const { stdout } = await run(`serve --port 0 --sample --database ${newFolder()}/acme.db --quiet`)
  const steps = stepsOf(stdout)
  expect(steps).toHaveLength(3)
  expect(steps[0]).toMatch(/^profile add acme-2 --url http:/)
  expect(steps.slice(1)).toEqual(['profile login acme-2', 'token create --agent WHO --profile acme-2'])
  expect((await run(steps[0]!)).exitCode).toBe(0)
  expect(JSON.parse((await run('profile list --json')).stdout).current).toBe('prod')
})

test('a list without tokens tells how one is made where it looked', async () => {
  const run = await machine()
  await run('init --sample')
  const { stdout } = await run('token list --format table --profile prod')
  expect(stepsOf(stdout)).toEqual(['token create --profile prod'])
})

test('login does not take the token of the service that the environment names for that of a profile', async () => {
  const run = await machine()
  await run('profile add team --url http://127.0.0.1:9 --use')
  const env = { DRIFT_STATUS_URL: 'http://127.0.0.1:10', DRIFT_STATUS_TOKEN: 'x'.repeat(40) }
  for (const line of ['profile login --no-verify', 'profile login team --no-verify']) {
    const { stderr, exitCode } = await run(line, { env })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('DRIFT_STATUS_TOKEN is for DRIFT_STATUS_URL, which is not http://127.0.0.1:9')
  }
  expect(JSON.parse((await run('profile show team --json')).stdout).values.token.value).toBeNull()
  const same = { ...env, DRIFT_STATUS_URL: 'http://127.0.0.1:9' }
  expect(await run('profile login team --no-verify', { env: same })).toMatchObject({ exitCode: 0 })
})

describe('a hint acts on the profile that the command line named', () => {
  test.each<[hint: string, told: string]>([
    ['run "drift-status agent list"', 'run "drift-status agent list --profile prod"'],
    [
      '"drift-status log" or "drift-status show 3"',
      '"drift-status log --profile prod" or "drift-status show 3 --profile prod"',
    ],
    ['log in with "drift-status profile login"', 'log in with "drift-status profile login --profile prod"'],
    ['run "drift-status profile login prod"', 'run "drift-status profile login prod"'],
    ['run "drift-status agent edit --help"', 'run "drift-status agent edit --help"'],
    [
      `run "drift-status team edit '"a'\\''"b'" to change it`,
      `run "drift-status team edit '"a'\\''"b' --profile prod" to change it`,
    ],
    ['run "drift-status profile add NAME --url URL"', 'run "drift-status profile add NAME --url URL"'],
  ])('%s', (hint, told) => {
    expect(onProfile(hint, 'prod')).toBe(told)
    expect(onProfile(hint, undefined)).toBe(hint)
  })

  test.each(['--profile prod', '--profile=prod'])('as %s', async (flag) => {
    const run = await machine()
    await run('init --sample')
    const { stderr } = await run(`agent show nobody-of-this-name ${flag}`)
    expect(stderr).toContain('hint: run "drift-status agent list --profile prod"')
    const json = await run(`agent show nobody-of-this-name --json ${flag}`)
    expect(JSON.parse(json.stderr).error.hint).toBe('run "drift-status agent list --profile prod"')
  })
})
