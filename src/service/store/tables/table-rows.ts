/** The values of a row, in the order of the columns: the key, then the rest. */
export type TableRow = readonly (string | number | null)[]

/** Rows of one table, at most as many as one statement puts. */
export interface TableRows {
  readonly table: string
  readonly rows: readonly TableRow[]
}
