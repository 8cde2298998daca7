import type { RevisionAnswer, RevisionListAnswer } from './contract/answers.js'

const PAGE = 1000

/** Asks for a page of the log, the newest first. */
type ListPage = (page: { readonly before?: number; readonly limit: number }) => Promise<RevisionListAnswer>

interface Range {
  /** None of these, nor any that came after it. Default: up to the newest. */
  readonly before?: number
  /** How many to ask for at first: one is enough where there are seldom more. */
  readonly firstPage?: number
}

/** The revisions after one, in the order they were made. */
export async function revisionsAfter(
  after: number,
  list: ListPage,
  { before = Infinity, firstPage = PAGE }: Range = {},
): Promise<readonly RevisionAnswer[]> {
  const found: RevisionAnswer[] = []
  let limit = firstPage
  for (let next: number | null = before; next !== null && next > after + 1; limit = PAGE) {
    const page = await list({ limit, ...(next !== Infinity && { before: next }) })
    found.push(...page.revisions.filter(({ number }) => number > after))
    next = page.next
  }
  return found.reverse()
}
