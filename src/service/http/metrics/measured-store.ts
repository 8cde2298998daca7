import type { Store } from '../../store/store.js'

/**
 * A store that tells how long each write waited until its work began; one that gave up before, until then.
 * @param onWait called once for each write, with seconds
 */
export function measuredStore(store: Store, onWait: (seconds: number) => void): Store {
  return {
    async write(work, wait) {
      const askedAt = performance.now()
      let isWaiting = true
      // The work may be run again: it has waited once.
      const begin = () => {
        if (isWaiting) onWait((performance.now() - askedAt) / 1000)
        isWaiting = false
      }
      try {
        return await store.write((transaction) => {
          begin()
          return work(transaction)
        }, wait)
      } finally {
        begin()
      }
    },
    read: (work, options) => store.read(work, options),
    snapshot: () => store.snapshot(),
    check: () => store.check(),
    close: () => store.close(),
  }
}
