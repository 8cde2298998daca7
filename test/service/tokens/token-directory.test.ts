import { beforeEach, describe, expect, test } from 'vitest'
import { TokenDirectory } from '../../../src/service/tokens/token-directory.js'
import { OPEN } from '../../domain/workspace-builder.js'
import { type LiveWorkspace, liveWorkspace } from '../live-workspace.js'

const SECOND = 1000
let live: LiveWorkspace
let now: number
let tokens: TokenDirectory
let secret: string

beforeEach(async () => {
  live = await liveWorkspace()
  now = OPEN
  tokens = new TokenDirectory(live.store, () => now)
  secret = (await live.owner.createToken({ name: 'ci', role: 'admin' })).secret!
})

const lastUse = async () => (await live.owner.listTokens({}))[0]!.lastUsedAt

describe('the last use of a token', () => {
  test('is written beside the requests, once a minute', async () => {
    await tokens.authenticate(secret)
    expect(await lastUse()).toBeNull()
    await tokens.flush()
    expect(await lastUse()).toBe(new Date(OPEN).toISOString())

    now = OPEN + 59 * SECOND
    await tokens.authenticate(secret)
    await tokens.flush()
    expect(await lastUse()).toBe(new Date(OPEN).toISOString())

    now = OPEN + 60 * SECOND
    await tokens.authenticate(secret)
    await tokens.flush()
    expect(await lastUse()).toBe(new Date(now).toISOString())
  })

  test('is no use of a wrong secret, and makes no revision', async () => {
    await expect(tokens.authenticate(`${secret.slice(0, -1)}-`)).rejects.toMatchObject({ code: 'not-logged-in' })
    await tokens.flush()
    expect(await lastUse()).toBeNull()
    await tokens.authenticate(secret)
    await tokens.flush()
    expect((await live.owner.listRevisions({})).revisions).toHaveLength(2)
  })

  test('that cannot be written fails nobody', async () => {
    await tokens.authenticate(secret)
    await live.store.close()
    await expect(tokens.flush()).resolves.toBeUndefined()
  })
})

test('when a secret stops working is told without counting as a use', async () => {
  expect([await tokens.endOf(secret), await tokens.endOf('dst_none')]).toEqual([expect.any(Number), -Infinity])
  await tokens.flush()
  expect(await lastUse()).toBeNull()
})
