import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { execa } from 'execa'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { freePort } from '../api/network/servers.js'
import { newFolder } from '../cli/fake-context.js'
import { unless } from '../skip-reason.js'
import { startServe } from './served.js'

const recipe = (name: string) => readFileSync(join('examples/operate', name), 'utf8')
const isMissing = (program: string, flag = '--version') => spawnSync(program, [flag]).status !== 0
/** Events come from another process within 300 ms; the machine may be busy. */
const AT_ONCE_MS = 3000

const noBalancer = isMissing('haproxy', '-v')
test.skipIf(noBalancer)(
  unless(
    noBalancer,
    'there is no haproxy',
    'haproxy.cfg sends events on at once, and asks another service for one that was killed',
  ),
  async () => {
    const database = join(newFolder(), 'acme.db')
    const first = await startServe(database)
    const second = await startServe(database)
    const url = await startBalancer(first.url, second.url)
    const headers = { authorization: `Bearer ${first.adminToken}`, 'content-type': 'application/json' }
    const put = (mode: string) =>
      fetch(`${url}/v1/widget`, { method: 'PUT', headers, body: JSON.stringify({ mode }) }).then(({ status }) => status)

    const stream = await openStream(`${url}/v1/events`, headers)
    await stream.until('event: state')
    const began = performance.now()
    expect(await put('offline')).toBe(200)
    await stream.until('event: revision')
    expect(performance.now() - began).toBeLessThan(AT_ONCE_MS)

    await first.end('SIGKILL')
    for (const mode of ['online', 'offline', 'online']) expect(await put(mode)).toBe(200)

    await second.end('SIGKILL')
    const answer = await fetch(`${url}/v1/me`, { headers })
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
      503,
      '2',
      expect.objectContaining({ status: 503, code: 'busy', hint: expect.any(String) }),
    ])
  },
)

/** HAProxy with the recipe's configuration, in front of these two. */
async function startBalancer(...urls: readonly [string, string]): Promise<string> {
  const port = await freePort()
  const config = join(newFolder(), 'haproxy.cfg')
  const places = urls.map((url) => new URL(url).host)
  const text = recipe('haproxy.cfg')
    .replace('bind :8080', `bind 127.0.0.1:${port}`)
    .replace('status-1:4730', places[0]!)
    .replace('status-2:4730', places[1]!)
  writeFileSync(config, text)
  const { stderr } = await execa('haproxy', ['-c', '-f', config])
  expect(stderr).not.toContain('WARNING')
  const balancer = execa('haproxy', ['-db', '-f', config], { reject: false, stdio: 'ignore' })
  onTestFinished(() => void balancer.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}`
  await expect.poll(() => fetch(`${url}/readyz`).then(({ status }) => status, String)).toBe(200)
  return url
}

async function openStream(url: string, headers: Readonly<Record<string, string>>) {
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const { body } = await fetch(url, { headers, signal: leaving.signal })
  let text = ''
  const reading = (async () => {
    for await (const chunk of body!) text += Buffer.from(chunk).toString()
  })()
  // It ends with the service.
  reading.catch(() => {})
  return { until: (part: string) => expect.poll(() => text, { interval: 10 }).toContain(part) }
}

const [, systemd = 0] = /systemd (\d+)/.exec(String(spawnSync('systemd-analyze', ['--version']).stdout)) ?? []
const noSystemd = Number(systemd) < 252
test.skipIf(noSystemd)(
  unless(
    noSystemd,
    'there is no systemd-analyze of version 252 or newer',
    'drift-status.service is a valid unit, exposed to 1.5 of 10 at most',
  ),
  async () => {
    const unit = join(newFolder(), 'drift-status.service')
    writeFileSync(unit, recipe('drift-status.service').replace('/usr/bin/drift-status', resolve('bin/drift-status.js')))
    await execa('systemd-analyze', ['verify', '--man=no', '--recursive-errors=no', unit])
    await execa('systemd-analyze', ['security', '--offline=yes', '--threshold=15', '--no-pager', unit])
  },
)

const DOCKERFILE = recipe('Dockerfile')

const [major, minor] = process.versions.node.split('.').map(Number) as [number, number]
const noSqlite = major < 22 || (major === 22 && minor < 13)
test.skipIf(noSqlite)(
  unless(
    noSqlite,
    'this Node has no SQLite of its own',
    'what Dockerfile copies is all that runs, and it writes its data alone',
  ),
  async () => {
    const root = newFolder()
    for (const [, from, to] of DOCKERFILE.matchAll(/^COPY --from=build \/build\/(\S+) (\S+)$/gm)) {
      cpSync(from!, join(root, 'app', to === './' ? from! : to!), { recursive: true })
    }
    for (const folder of ['data', 'home', 'tmp']) mkdirSync(join(root, folder))
    const [database, home, tmp] = [join(root, 'data/workspace.db'), join(root, 'home'), join(root, 'tmp')]
    const before = below(join(root, 'app'))
    const serving = execa(
      process.execPath,
      [join(root, 'app/bin/drift-status.js'), 'serve', '--sample', '--database', database, '--port', '0', '--json'],
      { extendEnv: false, env: { ...imageEnvironment(), HOME: home, TMPDIR: tmp } },
    )
    onTestFinished(() => void serving.kill('SIGKILL'))
    const [ready] = await once(serving.stdout, 'data')
    expect(JSON.parse(String(ready))).toMatchObject({ workspace: 'Acme' })
    serving.kill('SIGTERM')
    expect((await serving).exitCode).toBe(0)
    expect([below(home), below(tmp), below(join(root, 'app'))]).toEqual([[], [], before])
  },
)

const below = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()

function imageEnvironment(): Record<string, string> {
  const [, settings] = /^ENV (.*)$/m.exec(DOCKERFILE)!
  return Object.fromEntries(settings!.split(' ').map((setting) => setting.split('=')))
}

test('the health check of Dockerfile passes while the workspace answers, and fails when nothing does', async () => {
  const [, check] = /^HEALTHCHECK .*\\\n\s+CMD (.*)$/m.exec(DOCKERFILE)!
  const [, ...args] = JSON.parse(check!) as string[]
  const checkOf = async (url: string) => {
    const words = args.map((word) => word.replace('http://127.0.0.1:4730', url))
    return (await execa(process.execPath, words, { reject: false })).exitCode
  }
  const { url } = await startServe(join(newFolder(), 'acme.db'))
  expect(await checkOf(url)).toBe(0)
  expect(await checkOf(`http://127.0.0.1:${await freePort()}`)).toBe(1)
})

test('Dockerfile.dockerignore keeps everything out that it does not name, and names what Dockerfile copies', () => {
  const lines = recipe('Dockerfile.dockerignore').split('\n')
  const [first, ...named] = lines.filter((line) => line !== '' && !line.startsWith('#'))
  expect([first, named.every((line) => line.startsWith('!'))]).toEqual(['*', true])
  const copied = [...DOCKERFILE.matchAll(/^COPY --from=build \/build\/(\S+)/gm)].map(([, path]) => `!${path}`)
  expect(named).toEqual(expect.arrayContaining(copied.filter((path) => path !== '!dist')))
})

interface ComposeService {
  readonly image: string
  readonly command?: string
  readonly environment?: Readonly<Record<string, string>>
  readonly secrets?: readonly string[]
  readonly read_only: boolean
  readonly cap_drop: readonly string[]
  readonly security_opt: readonly string[]
}

const compose = parse(recipe('compose.yaml'), { merge: true }) as {
  readonly services: Readonly<Record<string, ComposeService>>
  readonly secrets: Readonly<Record<string, { readonly file: string }>>
}
const own = Object.entries(compose.services).filter(([, { image }]) => image === 'drift-status')

test.each(Object.entries(compose.services))(
  'compose.yaml: %s may not gain rights nor write its image, and its passwords are files',
  (_, { read_only, cap_drop, security_opt, environment = {}, secrets = [] }) => {
    expect([read_only, cap_drop, security_opt]).toEqual([true, ['ALL'], ['no-new-privileges:true']])
    for (const secret of secrets) expect(compose.secrets[secret]).toEqual({ file: `secrets/${secret}` })
    for (const [name, value] of Object.entries(environment)) {
      if (/PASSWORD|SECRET|TOKEN/.test(name))
        expect([name, value]).toEqual([expect.stringMatching(/_FILE$/), expect.any(String)])
    }
  },
)

test.each(own)('compose.yaml: %s runs a command that exists, with no password in it', async (_, { command = '' }) => {
  const { stdout } = await execa(process.execPath, ['bin/drift-status.js', 'serve', '--help'])
  const [name, ...words] = command.split(' ')
  expect(name).toBe('serve')
  for (const word of words.filter((one) => one.startsWith('--'))) expect(stdout).toContain(`${word} `)
  const address = new URL(words[words.indexOf('--database') + 1]!)
  expect([address.protocol, address.host in compose.services, address.password]).toEqual(['postgres:', true, ''])
})

test('prometheus.yaml and haproxy.cfg ask every service that compose.yaml serves', () => {
  const served = own.filter(([, { command }]) => command?.includes('--host')).map(([name]) => `${name}:4730`)
  const { scrape_configs } = parse(recipe('prometheus.yaml'))
  expect(scrape_configs[0].static_configs).toEqual([{ targets: served }])
  const balanced = [...recipe('haproxy.cfg').matchAll(/^ +server \S+ (\S+)$/gm)].map(([, place]) => place)
  expect([served.length, balanced]).toEqual([2, served])
})

const noCompose = spawnSync('docker', ['compose', 'version']).status !== 0
test.skipIf(noCompose)(unless(noCompose, 'there is no docker compose', 'compose.yaml is valid'), async () => {
  const folder = newFolder()
  cpSync('examples/operate', folder, { recursive: true })
  await execa('docker', ['compose', '--file', join(folder, 'compose.yaml'), 'config', '--quiet'])
})
