interface Closable {
  close(): Promise<void>
}

/** Opens something when it is first needed; closing it before closes nothing. */
export function whenNeeded<Opened extends Closable>(open: () => Opened): Closable & { get(): Opened } {
  let opened: Opened | undefined
  return {
    get() {
      opened ??= open()
      return opened
    },
    close: async () => opened?.close(),
  }
}
