/** A note or a message of a list is told apart by its beginning. */
export const MAX_LISTED = 80

/** A text of at most so many characters; one that is cut ends in `…`. */
export function shorten(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text
  const kept = Array.from(text.slice(0, 2 * maxLength))
  return kept.length <= maxLength && text.length <= 2 * maxLength ? text : `${kept.slice(0, maxLength - 1).join('')}…`
}
