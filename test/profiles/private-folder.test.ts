import { existsSync, mkdtempSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makePrivateFolder } from '../../src/profiles/private-file.js'

const base = mkdtempSync(join(tmpdir(), 'folders-'))

test('makes all of a path for its owner alone, and leaves what is there', () => {
  makePrivateFolder(join(base, 'a/b/c'))
  expect(statSync(join(base, 'a')).mode & 0o777).toBe(0o700)
  expect(statSync(join(base, 'a/b/c')).mode & 0o777).toBe(0o700)
  makePrivateFolder(join(base, 'a/b/c'))
})

test('a file or a link to nothing in the way is an error', () => {
  writeFileSync(join(base, 'file'), '')
  symlinkSync('nowhere', join(base, 'link'))
  expect(() => makePrivateFolder(join(base, 'file'))).toThrow('EEXIST')
  expect(() => makePrivateFolder(join(base, 'file/sub'))).toThrow('ENOTDIR')
  expect(() => makePrivateFolder(join(base, 'link'))).toThrow('EEXIST')
})

test.skipIf(!existsSync('/proc/self'))('where the system makes no folders it fails, and does not try for ever', () => {
  expect(() => makePrivateFolder('/proc/x/y')).toThrow('ENOENT')
})
