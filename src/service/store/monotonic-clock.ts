/** Milliseconds of a clock that is never set back: that of `performance`, whose module takes a while to load. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}
