/** Waits, but not a moment longer than the signal lets it. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal?.addEventListener('abort', end)
    if (signal?.aborted) end()
  })
}

/** Lets everything that waits go first: long work does so now and then, so that it holds up nobody. */
export function giveWay(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
