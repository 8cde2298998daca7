import { giveWay } from '../../api/pause.js'

/** Work between two pauses. */
const WORK_MS = 10

/** Items that each take work, with a pause now and then. */
export async function takeAll<Item>(items: Iterable<Item>): Promise<readonly Item[]> {
  const taken: Item[] = []
  let start = performance.now()
  for (const item of items) {
    taken.push(item)
    if (performance.now() - start < WORK_MS) continue
    await giveWay()
    start = performance.now()
  }
  return taken
}

/** Work in steps, with a pause now and then. */
export async function runSteps<Answer>(steps: Generator<void, Answer>): Promise<Answer> {
  let start = performance.now()
  while (true) {
    const step = steps.next()
    if (step.done) return step.value
    if (performance.now() - start < WORK_MS) continue
    await giveWay()
    start = performance.now()
  }
}
