import { didYouMean } from '../../domain/nearest.js'

/** The words of OpenStreetMap's opening_hours. */

export const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const
export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTH_NAMES = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
]

/** Another word for a day or a month, as people write them: `did you mean "Mo"?` for `Mon`, `monday` and `MO`. */
export function meantName(word: string): string | undefined {
  const begins = (name: string) => word.length > 1 && name.toLowerCase().startsWith(word.toLowerCase())
  const day = DAYS[DAY_NAMES.findIndex(begins)]
  const month = MONTHS[MONTH_NAMES.findIndex(begins)]
  const meant = day ?? (word.length > 2 ? month : undefined)
  return meant === undefined ? undefined : `did you mean "${meant}"?`
}

/** The nearest day or month to a word, or which there are. */
export function nearestName(word: string): string {
  return meantName(word) ?? didYouMean(word, [...DAYS, ...MONTHS]) ?? `the days are ${DAYS.join(', ')}`
}
