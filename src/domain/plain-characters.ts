/**
 * A text as a keyboard for English writes it: digits of other scripts, wide forms and typeset dashes become
 * `0` to `9`, letters and `-`.
 *
 * @example plainCharacters('２０２６–11–27') // '2026-11-27'
 */
export function plainCharacters(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\p{Pd}\u2212]/gu, '-')
    .replaceAll(/\p{Nd}/gu, (digit) => String(digitValue(digit.codePointAt(0)!)))
}

/** The digits of a script are ten neighbours, zero first. */
function digitValue(codePoint: number): number {
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(codePoint - value - 1))) value++
  return value
}
