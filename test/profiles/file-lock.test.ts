import { existsSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { execa } from 'execa'
import { describe, expect, test } from 'vitest'
import { withFileLock } from '../../src/profiles/file-lock.js'
import { configFolderOf } from './config-folder.js'

function lockedFile(holder: string, ageSeconds: number) {
  const { path } = configFolderOf()
  const file = path('file')
  writeFileSync(`${file}.lock`, holder)
  const then = Date.now() / 1000 - ageSeconds
  utimesSync(`${file}.lock`, then, then)
  return file
}

describe('the lock of a file', () => {
  test('lets one piece of work through at a time, and is gone after, also when the work fails', async () => {
    const { path } = configFolderOf()
    const file = path('file')
    let [inside, most] = [0, 0]
    const work = async () => {
      most = Math.max(most, ++inside)
      await new Promise((resolve) => setTimeout(resolve, 2))
      inside--
    }
    await Promise.all(Array.from({ length: 20 }, () => withFileLock(file, work)))
    expect(most).toBe(1)
    await expect(withFileLock(file, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(existsSync(`${file}.lock`)).toBe(false)
  })

  test('of a process that was killed is taken over', async () => {
    const { pid } = await execa(process.execPath, ['-p', 'process.pid']).then(({ stdout }) => ({ pid: stdout }))
    const file = lockedFile(`${pid} ${hostname()} x`, 5)
    expect(await withFileLock(file, () => 'done')).toBe('done')
    expect(existsSync(`${file}.lock`)).toBe(false)
  })

  test('of another machine, or without a name, is taken over once it is old', async () => {
    for (const holder of ['1 elsewhere x', '']) {
      expect(await withFileLock(lockedFile(holder, 60), () => 'done')).toBe('done')
    }
  })

  test('of a process that runs is waited for', async () => {
    const file = lockedFile(`${process.pid} ${hostname()} x`, 60)
    const order: string[] = []
    const waiting = withFileLock(file, () => order.push('worked'))
    await new Promise((resolve) => setTimeout(resolve, 100))
    order.push('released')
    expect(readFileSync(`${file}.lock`, 'utf8')).toContain(hostname())
    rmSync(`${file}.lock`)
    await waiting
    expect(order).toEqual(['released', 'worked'])
  })
})
