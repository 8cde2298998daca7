import type { Mode } from '../../domain/words.js'

/** What a page needs to show the widget to one visitor; nothing that is not for everyone to see. */
export interface PublicWidgetAnswer {
  /** The workspace's name. */
  readonly name: string
  readonly mode: Mode
  /** R25: whether the visitor sees the widget at all. */
  readonly visible: boolean
  /** R26: what the playbook that fires says, if one does. */
  readonly message: string | null
  /** R27: shown when the visitor opens the chat. */
  readonly greeting: { readonly message: string; readonly faces: readonly FaceAnswer[] }
  /** R39: whether each team takes chats, by its id: the widget's mode says nothing of it. */
  readonly teamAvailability: Readonly<Record<string, boolean>>
  /** R28: while the widget is offline and visible; when you are back, if ever, in the visitor's zone. */
  readonly offlineNotice: { readonly backAt: string | null } | null
}

/** An agent as visitors see one: no id, no email, no status. */
export interface FaceAnswer {
  readonly name: string | null
  readonly avatar: string | null
}
