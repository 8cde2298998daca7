import { fromDocument } from '../../../src/service/load.js'
import { SECTION_NAMES, type Store } from '../../../src/service/store/store.js'
import { documentOf } from '../../domain/workspace-builder.js'

/** Puts a document with `parts` in it into an empty store, as revision 1. */
export function fillStore(store: Store, parts: object): Promise<void> {
  const { sections, agents } = fromDocument(documentOf(parts))
  return store.write(async (transaction) => {
    for (const name of SECTION_NAMES) await transaction.putSection(name, sections[name], 1)
    for (const agent of agents) await transaction.agents.put(agent, 1)
    await transaction.revisions.add({ number: 1, at: 0, actor: 'owner', note: 'created', changes: [] })
  })
}
