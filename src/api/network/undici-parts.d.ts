// The parts of undici that one request needs: its types come with the whole only.
declare module 'undici/lib/dispatcher/client.js' {
  import type { Client } from 'undici'

  const client: typeof Client
  export default client
}
declare module 'undici/lib/core/connect.js' {
  import type { buildConnector } from 'undici'

  const build: typeof buildConnector
  export default build
}
