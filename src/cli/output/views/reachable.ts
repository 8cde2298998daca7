import type { ReachableAnswer } from '../../../domain/questions/reachable.js'
import { basisLines } from '../basis-lines.js'
import { line, type Text } from '../line.js'
import { formatNear, shownZone } from '../local-time.js'
import type { Style } from '../style.js'

/** More candidates than this are counted. */
const MAX_LISTED = 10

/** Who takes the chat, or when somebody is expected to, and why nobody does now. */
export function renderReachable(answer: ReachableAnswer, style: Style): readonly Text[] {
  const { available, assigneeName, expectedAt, candidates, basis } = answer
  if (available) return [style.good(line`yes, ${assigneeName ?? ''} takes the chat`)]
  const shown = candidates.slice(0, MAX_LISTED)
  const more = candidates.length - shown.length
  return [
    assigneeName === null
      ? style.bad('no, nobody takes the chat now')
      : style.bad(line`no, ${assigneeName} gets the chat, and is away`),
    expectedAt === null ? nobodyLine(answer, style) : expectedLine(answer, expectedAt, style),
    ...shown.map(({ name, reason }) => line`  ${name}: ${style.dim(reason)}`),
    ...(more > 0 ? [style.dim(`  and ${more} more: see --json`)] : []),
    ...basisLines(basis, [], style),
  ]
}

function expectedLine({ at, timeZone, expectedName }: ReachableAnswer, expectedAt: string, style: Style): Text {
  return line`Expected ${style.bold(formatNear(expectedAt, at, shownZone(timeZone, style)))}: ${expectedName ?? ''}.`
}

function nobodyLine({ at, timeZone, lookedUntil }: ReachableAnswer, style: Style): Text {
  const until = lookedUntil === null ? '' : ` until ${formatNear(lookedUntil, at, shownZone(timeZone, style))}`
  return `Nobody is expected to${until}.`
}
