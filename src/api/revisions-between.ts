import type { RevisionAnswer, RevisionListAnswer } from './contract/answers.js'

const PAGE = 1000

/** Asks for a page of the log, the newest first. */
type ListPage = (page: { readonly before: number; readonly limit: number }) => Promise<RevisionListAnswer>

/** The revisions between two, both left out, in the order they were made. Their numbers have no gaps. */
export async function revisionsBetween(
  after: number,
  before: number,
  list: ListPage,
): Promise<readonly RevisionAnswer[]> {
  const found: RevisionAnswer[] = []
  for (let next: number | null = before; next !== null && next > after + 1; ) {
    const page: RevisionListAnswer = await list({ before: next, limit: Math.min(PAGE, next - after - 1) })
    found.push(...page.revisions.filter(({ number }) => number > after))
    next = page.next
  }
  return found.reverse()
}
