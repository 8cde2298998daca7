import { build } from 'esbuild'
import { expect, test } from 'vitest'

/** Every file of ours that a module loads, itself included. */
async function loadedBy(entry: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  })
  return Object.keys(metafile.inputs)
}

test('a call of an operation loads no schema of an answer', async () => {
  const loaded = await loadedBy('src/service/embedded/open-workspace.ts')
  expect(loaded).toContain('src/api/contract/operations.ts')
  expect(loaded.filter((path) => /contract\/(responses|openapi)/.test(path))).toEqual([])
})

test('a client loads no schema at all', async () => {
  const loaded = await loadedBy('src/api/client.ts')
  expect(loaded.filter((path) => /contract\/|schema/.test(path))).toEqual([])
})
