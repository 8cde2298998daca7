import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'
import { unless } from '../skip-reason.js'
import { startServe } from './served.js'

test('examples/library.mjs asks a document by the built library', async () => {
  const { stdout } = await execa(process.execPath, ['examples/library.mjs', 'docs/sample/acme.yaml', 'fri 17:30'])
  expect(stdout).toMatch(/^Acme is offline; 1 gets the chat\n {2}R8: Closed since Fri 17:00/)
})

const hasCurl = spawnSync('curl', ['--version']).status === 0
test.skipIf(!hasCurl)(
  unless(!hasCurl, 'there is no curl', 'examples/api.sh reads and changes a served workspace'),
  async () => {
    const { url, adminToken } = await startServe(join(newFolder(), 'acme.db'))
    const { stdout, stderr } = await execa('bash', ['examples/api.sh'], {
      env: { DRIFT_STATUS_URL: url, DRIFT_STATUS_TOKEN: adminToken },
    })
    const [me, write, decision] = stdout.split('\n').map((line) => JSON.parse(line))
    expect([me.workspace, write.changed, decision.widget.mode]).toEqual(['Acme', true, expect.any(String)])
    expect(write.changes[0]).toEqual({
      path: expect.stringMatching(/^agents\[.*\]\.status$/),
      before: 'available',
      after: 'away',
    })
    expect(stderr).toBe('')
  },
)

test('examples/widget.html has a place for the script, and a script that can be read', () => {
  const page = readFileSync('examples/widget.html', 'utf8')
  expect(page.match(/src="WIDGET_SCRIPT"/g)).toHaveLength(1)
  const [, script] = /<script>\n(.*?)<\/script>/s.exec(page)!
  expect(() => new Function(script!)).not.toThrow()
})
