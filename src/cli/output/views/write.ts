import type { AgentsWriteAnswer } from '../../../api/contract/operation.js'
import type { BasisAnswer } from '../../../domain/questions/basis.js'
import { basisLines } from '../basis-lines.js'
import { changeLines, namesIn } from '../change-lines.js'
import { type Lines, line, type Text } from '../line.js'
import { shownZone } from '../local-time.js'
import { hiddenOutlook } from '../mode-line.js'
import type { Style } from '../style.js'
import { renderFinding } from './findings.js'
import { renderPreview } from './preview.js'

/** What a write is called. */
export interface WriteWords {
  /** What was done: `Ana is away`. */
  readonly sentence: string
  /** Whose leaving emptied the counter: `You were the last one available`. */
  readonly lastOne?: string | undefined
  /** Who is assumed to stay as they are, where that was asked. */
  readonly assumed?: BasisAnswer['people'] | undefined
}

/** The lines of a write: what was done and where, what changed, and what it did to the widget. */
export function renderWrite(
  answer: AgentsWriteAnswer & { readonly profile?: string; readonly file?: string },
  { sentence, lastOne, assumed }: WriteWords,
  style: Style,
): Lines {
  const { changed, revision, dryRun, changes } = answer
  const workspace = placeOf(answer)
  if (!changed) return line`${sentence} ${style.dim(`(${workspace}: already so, nothing changed)`)}`
  // Revisions count from 1: a service that numbers none says 0.
  const numbered = revision === 0 ? workspace : `${workspace}, revision ${revision}`
  const place = dryRun ? `${workspace}, dry run: nothing was changed` : numbered
  return [
    line`${sentence} ${style.dim(`(${place})`)}`,
    ...changeLines(changes, namesIn(answer, style), style),
    ...renderEffect(answer, lastOne, style),
    ...(answer.preview ? renderPreview(answer, style) : []),
    ...basisLines(answer.basis, assumed, style),
    ...renderFindings(answer, style),
  ]
}

/** The document that was edited, or the workspace and the profile that it was reached by. */
function placeOf({ file, profile, workspace }: Parameters<typeof renderWrite>[0]): string {
  if (file !== undefined) return file
  return profile === undefined ? workspace : `${workspace}, profile ${profile}`
}

/** R9, R10: a status never writes the mode, so what happened to the widget is told, not stored. */
function renderEffect(
  { effect, changes, dryRun, timeZone }: AgentsWriteAnswer,
  lastOne = 'Nobody is available any more',
  style: Style,
): readonly Text[] {
  // A Drift account tells nothing of its widget.
  if (!effect) return []
  const { before, after, available } = effect
  const unkept =
    after.mode === 'online' && available === 0
      ? [style.warn('The widget is online with nobody available: make an agent available, or turn auto-offline on.')]
      : []
  const isModeWrite = changes.some(({ path }) => /^widget\.(?:mode|override)/.test(path))
  const isForced = after.source === 'auto-offline' && (isModeWrite || before.source !== 'auto-offline')
  const isStatus = changes.some(({ path }) => /^agents\[.*\]/.test(path))
  if (before.mode === after.mode) {
    if (isForced) return [style.warn('Visitors still see it offline: auto-offline is on and nobody is available.')]
    return [...unkept, ...renderHiddenAhead(effect, isStatus ? lastOne : undefined, timeZone, style)]
  }
  const turns = dryRun ? 'would turn' : 'turns'
  if (after.source === 'auto-offline' && isStatus) {
    return [style.warn(`${lastOne}: auto-offline ${turns} the widget offline.`)]
  }
  if (before.source === 'auto-offline' && isStatus)
    return [style.good(`Someone is available again: the widget ${turns} online.`)]
  const dress = after.mode === 'online' ? style.good : style.warn
  return [dress(`The widget ${turns} ${after.mode} now.`), ...unkept]
}

/** R36: that the widget will stay offline in open hours; told once, by the write that made it so. */
function renderHiddenAhead(
  { before, after, available }: NonNullable<AgentsWriteAnswer['effect']>,
  lastOne: string | undefined,
  timeZone: string,
  style: Style,
): readonly Text[] {
  if (after.mode === 'online' || JSON.stringify(before.nextHidden) === JSON.stringify(after.nextHidden)) return []
  const outlook = hiddenOutlook(after, 'the widget', new Date(style.now).toISOString(), shownZone(timeZone, style))
  if (outlook === '') return []
  const isLast = lastOne !== undefined && available === 0
  return [style.warn(isLast ? `${lastOne}. ${outlook}` : outlook)]
}

/** What was not there before the write. */
function renderFindings({ findings = [] }: AgentsWriteAnswer, style: Style): readonly Text[] {
  return findings.flatMap((finding) => renderFinding(finding, style))
}
