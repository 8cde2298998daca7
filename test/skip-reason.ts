/** A title that says why its test is skipped, where it is. */
export function unless(isSkipped: boolean, reason: string, title: string): string {
  return isSkipped ? `${title} (skipped: ${reason})` : title
}
