import { DAY_MS } from '../time/calendar-date.js'
import type { Instant } from '../time/zone.js'

export const WEEK_MS = 7 * DAY_MS

/** What was worked out of one week of UTC, which begins on a Thursday. */
export interface WeekTable {
  readonly start: Instant
  readonly end: Instant
  /** Numbers in it. */
  readonly size: number
}

/** The objects of a table take about as much as this many numbers. */
const EMPTY_TABLE_SIZE = 256

/**
 * A table for each week that was asked about, made when it first is. Any instant may be asked for as long as a server
 * runs: beyond a limit all tables are forgotten, and made again when they are asked for.
 */
export class WeekTables<Table extends WeekTable> {
  readonly #compile: (start: Instant) => Table
  readonly #maxSize: number
  readonly #tables = new Map<number, Table>()
  #size = 0
  #last: Table | undefined

  /** @param maxSize numbers in all tables that are kept; one table is kept whatever its size */
  constructor(compile: (start: Instant) => Table, maxSize: number) {
    this.#compile = compile
    this.#maxSize = maxSize
  }

  /** The table of the week of an instant. */
  of(at: Instant): Table {
    const last = this.#last
    if (last !== undefined && at >= last.start && at < last.end) return last
    const number = Math.floor(at / WEEK_MS)
    const table = this.#tables.get(number) ?? this.#keep(number)
    this.#last = table
    return table
  }

  /** How many tables are kept. */
  get kept(): number {
    return this.#tables.size
  }

  #keep(number: number): Table {
    const table = this.#compile(number * WEEK_MS)
    this.#size += table.size + EMPTY_TABLE_SIZE
    if (this.#size > this.#maxSize) {
      this.#tables.clear()
      this.#size = table.size + EMPTY_TABLE_SIZE
    }
    this.#tables.set(number, table)
    return table
  }
}
