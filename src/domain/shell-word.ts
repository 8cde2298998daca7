/**
 * A text as one word of a shell: pasted, it is what it says and starts nothing else. Every command that a
 * message tells people to run writes what others named with it. Quotes and backslashes stand outside the quotes:
 * fish reads them inside.
 *
 * @example `run "drift-status agent edit ${shellWord("o'brien; ls")}"` // … edit 'o'\''brien; ls'
 */
export function shellWord(text: string): string {
  return /^[\w@%+:,./-][\w@%+=:,./-]*$/.test(text) ? text : `'${text.replaceAll(/['\\]/g, "'\\$&'")}'`
}
