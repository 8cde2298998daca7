import { type BusinessHours, formatExceptionDates } from '../domain/time/business-hours.js'
import { formatDate, WEEKDAYS } from '../domain/time/calendar-date.js'
import { formatRange, type TimeRange } from '../domain/time/time-range.js'
import { specialDaysOf, type WritingOptions, type WrittenHours, writtenOutNotes } from './hours-text.js'

/** Writes hours as tables for people to read. */
export function writeMarkdown(hours: BusinessHours, { name, today }: WritingOptions): WrittenHours {
  const holidays = specialDaysOf(hours, today, ({ calendar }) => calendar !== undefined)
  const dated = [
    ...hours.exceptions.map(
      (exception) => [formatExceptionDates(exception), exception.name, exception.ranges] as const,
    ),
    ...holidays.map(({ from, to, name: called, ranges }) => {
      return [from === to ? formatDate(from) : `${formatDate(from)}..${formatDate(to)}`, called, ranges] as const
    }),
  ]
  const lines = [
    `# Opening hours of ${escaped(name)}`,
    '',
    `Times are those of ${escaped(hours.zone)}.`,
    '',
    '| day | open |',
    '| --- | --- |',
    ...WEEKDAYS.map((day, index) => `| ${TITLES[day]} | ${times(hours.weekly[index]!)} |`),
    ...(dated.length > 0
      ? [
          '',
          '| date | open | what |',
          '| --- | --- | --- |',
          ...dated.map(([dates, called = '', ranges]) => `| ${dates} | ${times(ranges)} | ${escaped(called)} |`),
        ]
      : []),
  ]
  return { text: `${lines.join('\n')}\n`, notes: writtenOutNotes(holidays, today) }
}

const TITLES = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
}

function times(ranges: readonly TimeRange[]): string {
  return ranges.length === 0 ? 'closed' : ranges.map(formatRange).join(', ')
}

/** Text of others, with nothing in it that Markdown would act on. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-!|<>~&]/g, '\\$&').replace(/[\r\n]+/g, ' ')
}
