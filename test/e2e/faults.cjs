// Loaded into a server by the tests: faults that no request waits for, one at each signal.
const faults = [
  () => void Promise.reject(new Error('a promise that nobody waits for')),
  () =>
    setTimeout(() => {
      throw new Error('a timer that fails')
    }),
  () =>
    process.nextTick(() => require('node:events').prototype.emit.call(process.stdin, 'error', new Error('a stream'))),
  () => void Promise.reject(undefined),
]
let next = 0
process.on('SIGUSR2', () => faults[next++ % faults.length]())
