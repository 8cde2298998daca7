/**
 * A key for one write and all its repeats. It has to be unlike any other, not secret: the service keeps the keys
 * of each token apart. So it needs no cryptography, whose module takes longer to load than the request does.
 */
export function newIdempotencyKey(): string {
  const piece = () => Math.random().toString(36).slice(2).padEnd(11, '0')
  return `${Date.now().toString(36)}-${piece()}${piece()}`
}
