/**
 * A statement of the tables as a database understands it.
 * @param table what a table is called there
 * @param parameter how its values are numbered, from 1
 */
export function statementText(
  sql: string,
  { table, parameter }: { table: (name: string) => string; parameter: (number: number) => string },
): string {
  let last = 1
  return sql.replace(/\{(\w+)\}|\?(\d*)/g, (_, name: string | undefined, number: string) => {
    if (name !== undefined) return table(name)
    return parameter(number === '' ? ++last : Number(number))
  })
}
