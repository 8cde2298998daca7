import { expect, test } from 'vitest'
import { LongQuestions } from '../../../../src/service/http/limits/long-questions.js'

test('of one token fifty long questions wait, more are refused, and another token is answered', async () => {
  const questions = new LongQuestions()
  let answer = (_: string): void => {}
  const work = new Promise<string>((resolve) => {
    answer = resolve
  })
  const waiting = Array.from({ length: 50 }, () => questions.ask('greedy', () => work))
  const refused = { code: 'busy', retryAfterSeconds: 1 }
  await expect(questions.ask('greedy', () => work)).rejects.toMatchObject(refused)
  expect(await questions.ask('other', async () => 'answered')).toBe('answered')
  answer('done')
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(['done']))
  await expect(questions.ask('greedy', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
  expect(await questions.ask('greedy', async () => 'again')).toBe('again')
})
