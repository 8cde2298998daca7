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
