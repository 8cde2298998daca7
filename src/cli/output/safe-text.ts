/** Everything that moves the cursor, clears the screen or rings, but for line ends, tabs and colours. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
const CONTROLS = /\u001b(?!\[\d{1,3}m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g

/** A text without what would let a name or a note of someone else's act on the terminal. */
export function safeText(text: string): string {
  return text.replaceAll(CONTROLS, '\ufffd')
}
