import { editJson } from './edit-json.js'
import { editYaml, withoutAliases } from './edit-yaml.js'
import { isEqual } from './items.js'
import { inPlainForm, parseWorkspace, printWorkspace } from './parse-workspace.js'
import { inFormOf } from './same-form.js'
import type { WorkspaceDocument } from './schema.js'
import { withoutState } from './state.js'

/**
 * The text of a workspace document that has the settings of another: what says the same is left as it is written, and
 * so are comments, layout and run-time state.
 *
 * @param file the name that errors give the text
 * @param withStatus whether it has the run-time state of the other as well
 * @throws DocumentError for a text that is no workspace document
 * @example editWorkspace(await readFile('workspace.yaml', 'utf8'), 'workspace.yaml', await client.getWorkspace({}))
 */
export function editWorkspace(text: string, file: string, document: WorkspaceDocument, withStatus = false): string {
  const partOf = withStatus ? withoutSchema : settingsOf
  const before = partOf(parseWorkspace(text, file))
  const after = inFormOf(partOf(document), before)
  if (isEqual(before, after)) return text
  // An alias says the same in two places: written out, one of them can be changed. What then cannot be edited is written anew.
  const edits = isJson(text)
    ? [() => editJson(text, before, after)]
    : [() => editYaml(text, before, after), () => editYaml(withoutAliases(text), before, after)]
  for (const edit of edits) {
    const edited = edit()
    const read = readEdited(edited, file)
    if (read && isEqual(partOf(read), after)) return edited
  }
  return printWorkspace(inPlainForm(after))
}

function settingsOf(document: WorkspaceDocument): WorkspaceDocument {
  return withoutSchema(withoutState(document))
}

/** Where the schema of a file is, is a matter of the file. */
function withoutSchema({ $schema, ...document }: WorkspaceDocument): WorkspaceDocument {
  return document
}

/** @returns undefined for a text that is no document any more */
function readEdited(text: string, file: string): WorkspaceDocument | undefined {
  try {
    return parseWorkspace(text, file)
  } catch {
    return undefined
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
