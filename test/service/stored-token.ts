import type { StoredToken } from '../../src/service/store/store.js'

/** A token of nobody's secret. */
export const STORED_TOKEN: StoredToken = {
  id: 'abcd2345',
  name: 'ci',
  agent: undefined,
  scopes: ['read', 'routing'],
  hash: '00',
  previous: undefined,
  createdAt: Date.parse('2026-11-01T00:00:00Z'),
  expiresAt: undefined,
  rotatedAt: undefined,
  revokedAt: undefined,
  lastUsedAt: undefined,
}
