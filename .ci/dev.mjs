// npm run dev: builds again what changes below src/, and runs the tests that a change touches.
import { spawn, spawnSync } from 'node:child_process'
import { watch } from 'node:fs'

const PAUSE_MS = 200

let pending
const build = () => {
  const { status } = spawnSync(process.execPath, ['.ci/build.mjs'], { stdio: 'inherit' })
  console.log(status === 0 ? 'built' : 'the build failed: see above')
}

build()
watch('src', { recursive: true }, () => {
  clearTimeout(pending)
  pending = setTimeout(build, PAUSE_MS)
})
const vitest = spawn(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', '--changed', '--project', 'embedded', ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
vitest.on('exit', (code) => process.exit(code ?? 1))
