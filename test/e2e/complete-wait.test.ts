import { createServer } from 'node:net'
import { execa } from 'execa'
import { expect, test } from 'vitest'
import { newFolder } from '../cli/fake-context.js'

test.each([
  { title: 'that says nothing', chunk: '' },
  { title: 'that says a byte at a time', chunk: 'x' },
])('a Tab does not wait for a service $title', async ({ chunk }) => {
  const server = createServer((socket) => {
    socket.on('error', () => {})
    if (chunk === '') return
    socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n')
    const timer = setInterval(() => socket.write(chunk), 100)
    socket.on('close', () => clearInterval(timer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const started = performance.now()
  const { exitCode, stdout } = await execa(
    process.execPath,
    ['bin/drift-status.js', '__complete', '--', 'team', 'edit', ''],
    {
      stripFinalNewline: false,
      env: {
        DRIFT_STATUS_CONFIG_DIR: newFolder(),
        DRIFT_STATUS_URL: `http://127.0.0.1:${port}`,
        DRIFT_STATUS_TOKEN: 'dst_abcdefgh_secret',
      },
    },
  )
  server.close()
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'no-files\n' })
  // The service would be given up after 10 s and more.
  expect(performance.now() - started).toBeLessThan(8_000)
})
