import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createLocalWorkspace } from '../../src/service/embedded/open-workspace.js'
import { PublicWidgets } from '../../src/service/public/public-widgets.js'
import { SteadyAnswers } from '../../src/service/steady-answers.js'
import { openSqliteStore } from '../../src/service/store/sqlite/sqlite-store.js'
import { newFolder } from '../cli/fake-context.js'
import { documentOf, OPEN } from '../domain/workspace-builder.js'

const SECOND = 1000
const KB = 1024

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

let now = OPEN
const path = join(newFolder(), 'workspace.db')
await createLocalWorkspace(path, documentOf({}), now)
const store = await openSqliteStore(path)
afterAll(() => store.close())

let made = 0
let answers: SteadyAnswers<{ readonly body: Buffer }>
const ask = (question: string, body = question) =>
  answers.answer(question, () => async () => {
    made++
    return { body: Buffer.from(body) }
  })

beforeEach(() => {
  now = OPEN
  made = 0
  answers = new SteadyAnswers(store, () => now, SECOND)
})

describe('an answer is made once', () => {
  test('for each question, until the second ends', async () => {
    now = OPEN + 400
    for (const question of ['a', 'b', 'a', 'b']) expect(String((await ask(question)).body)).toBe(question)
    expect(made).toBe(2)
    now = OPEN + 999
    await ask('a')
    expect(made).toBe(2)
    now = OPEN + SECOND
    await ask('a')
    expect(made).toBe(3)
  })

  test('and again after a write, or when the clock was set back', async () => {
    await ask('a')
    await store.write(async (transaction) => transaction.putCursor('team:sales', '1'))
    await ask('a')
    now = OPEN - 1
    await ask('a')
    expect(made).toBe(3)
  })

  test('one that fails is made again by whoever asks next', async () => {
    const fail = () => answers.answer('a', () => () => Promise.reject(new Error('no')))
    await expect(fail()).rejects.toThrow('no')
    expect(String((await ask('a')).body)).toBe('a')
  })
})

describe('what is kept is bounded by its size', () => {
  test('the oldest go first', async () => {
    const long = 'x'.repeat(1024 * KB)
    for (const question of ['a', 'b', 'c', 'd', 'e']) await ask(question, long)
    expect(made).toBe(5)
    await ask('e', long)
    expect(made).toBe(5)
    await ask('a', long)
    expect(made).toBe(6)
  })

  test('one that is larger than all that is kept pushes nothing out', async () => {
    await ask('a')
    await ask('b', 'x'.repeat(5 * 1024 * KB))
    await ask('a')
    expect(made).toBe(2)
  })

  test('long questions count as well as long answers', async () => {
    for (let number = 0; number < 100; number++) await ask(`${number}${'?'.repeat(100 * KB)}`, '')
    await ask(`0${'?'.repeat(100 * KB)}`, '')
    expect(made).toBe(101)
  })
})

test('whoever invents queries of the public widget makes no memory grow', async () => {
  const widgets = new PublicWidgets(store, () => now)
  const invent = async (from: number, to: number) => {
    for (let number = from; number < to; number++) await widgets.copy(`url=${'x'.repeat(2000)}${number}`)
    collectGarbage()
    return process.memoryUsage().heapUsed
  }
  const before = await invent(0, 3000)
  expect((await invent(3000, 8000)) - before).toBeLessThan(20 * KB * KB)
})
