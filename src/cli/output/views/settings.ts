import { compileGreeting } from '../../../domain/decision/greeting.js'
import type { WorkspaceDocument } from '../../../domain/document/schema.js'
import { MODES } from '../../../domain/words.js'
import { line, type Text } from '../line.js'
import type { Style } from '../style.js'
import { labelled } from '../table.js'

type Settings = Pick<WorkspaceDocument, 'name' | 'plan' | 'timeZone' | 'chatLimit'>

/** The lines of `settings`. */
export function renderSettings({ name, plan, timeZone, chatLimit }: Settings, style: Style): readonly Text[] {
  return labelled(
    [
      [style.dim('name'), name],
      [style.dim('plan'), plan],
      [style.dim('time zone'), timeZone],
      [style.dim('chat limit'), chatLimit === undefined ? 'none' : `${chatLimit} open chats an agent`],
    ],
    style,
  )
}

/** The lines of `greeting`: what a visitor reads in each mode. */
export function renderGreeting(greeting: WorkspaceDocument['greeting'], style: Style): readonly Text[] {
  const texts = compileGreeting({ greeting })
  return labelled(
    MODES.map((mode) => [
      style.dim(mode),
      line`"${texts[mode]}"${greeting[mode] === undefined ? style.dim(' (the default)') : ''}`,
    ]),
    style,
  )
}
