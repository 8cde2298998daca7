import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'

/** What docs/answers.md says of a command: the text after its name. */
let documented: (command: string) => string
let run: Awaited<ReturnType<typeof sampleWorkspace>>

beforeAll(async () => {
  const text = await readFile('docs/answers.md', 'utf8')
  documented = (command) => {
    const [, entry] = text.split(`\`${command}\`:`)
    // Until the next entry of the list, or the next section.
    return entry?.split(/\n- |\n## |\n\n/)[0] ?? ''
  }
  run = await sampleWorkspace()
  for (const write of [
    ['agent', 'away', '--agent', '1', '--for', '1h'],
    ['widget', 'offline', '--for', '1h'],
    ['route', 'chat', '--route', 'team:support'],
  ]) {
    expect(await run(write)).toMatchObject({ exitCode: 0 })
  }
})

describe('docs/answers.md names every field that a command prints', () => {
  test.each<{ command: string; args?: string }>([
    { command: 'lint' },
    { command: 'is', args: 'is offline' },
    { command: 'wait', args: 'wait staffed' },
    { command: 'reachable' },
    { command: 'hours show' },
    { command: 'hours next' },
    { command: 'status' },
    { command: 'widget show' },
    { command: 'auto-offline show' },
    { command: 'agent list' },
    { command: 'team list' },
    { command: 'routing list' },
    { command: 'playbook list' },
    { command: 'route chat', args: 'route chat --route team:support' },
    { command: 'route list' },
    { command: 'routing cursor' },
    { command: 'log' },
    { command: 'doctor' },
    { command: 'profile list' },
    { command: 'profile show' },
    { command: 'profile use', args: 'profile use local' },
    { command: 'profile add', args: 'profile add acme --drift' },
    { command: 'profile logout', args: 'profile logout acme' },
    { command: 'profile remove', args: 'profile remove acme --yes' },
  ])('$command', async ({ command, args = command }) => {
    const { stdout, stderr } = await run([...args.split(' '), '--json'])
    expect(stderr).toBe('')
    const answer: unknown = JSON.parse(stdout)
    const fields = Object.keys(Array.isArray(answer) ? answer[0] : (answer as object))
    expect(fields.length).toBeGreaterThan(1)
    const text = documented(command)
    expect(fields.filter((field) => !text.includes(`"${field}"`))).toEqual([])
  })

  test('a write', async () => {
    const { stdout } = await run(['auto-offline', 'off', '--dry-run', '--json'])
    const text = (await readFile('docs/answers.md', 'utf8')).split('## Writes')[1]!
    expect(Object.keys(JSON.parse(stdout)).filter((field) => !text.includes(`"${field}"`))).toEqual([])
  })
})
