/** The little of autocannon that bench/serve.ts uses: the package has no types of its own. */
declare module 'autocannon' {
  interface Options {
    readonly url: string
    readonly connections: number
    readonly duration: number
    readonly method?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly body?: string
    readonly requests?: readonly Request[]
    /** Called with every connection before it begins. */
    readonly setupClient?: (client: Client) => void
  }
  interface Request {
    readonly path?: string
    readonly body?: string
  }
  interface Client {
    setRequests(requests: readonly Request[]): void
    on(event: 'response', listener: (status: number, bytes: number, milliseconds: number) => void): void
  }
  interface Result {
    readonly requests: { readonly total: number; readonly average: number }
    readonly non2xx: number
    readonly errors: number
  }
  export default function autocannon(options: Options): Promise<Result>
}
