import { expect, test } from 'vitest'
import { sampleWorkspace } from './sample-workspace.js'
import { bigWorkspace, personId, playbookId, ruleId, teamId } from './screens/big-workspace.js'
import { testEveryScreen, testReadScreens } from './screens/every-screen.js'

const BIG = {
  title: 'big',
  start: { flags: `--from - --agent ${personId(0)}`, stdin: bigWorkspace() },
  named: {
    ME: personId(0),
    AGENT: personId(1),
    MEMBER: personId(4),
    TEAM: teamId(3),
    RULE: ruleId(2),
    PLAYBOOK: playbookId(2),
    EMAIL: 'person.number.7@subsidiary.acme-international.example',
  },
}

testEveryScreen(BIG)
testReadScreens(BIG)

test('status --watch fits the height of the window, its headline first', async () => {
  const run = await sampleWorkspace(BIG.start, 'embedded')
  const { stdout } = await run(['status', '--watch', '--no-color'], { isTTY: true, columns: 80, rows: 24 })
  const [, screen = ''] = stdout.split('\u001b[2J\u001b[H')
  const lines = screen.trimEnd().split('\n')
  expect(lines.length).toBeLessThan(24)
  expect(lines[0]).toMatch(/^ONLINE/)
  expect(lines.at(-1)).toMatch(/^ {2}and \d+ more lines/)
})
