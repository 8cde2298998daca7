import { DriftStatusError } from '../../domain/errors.js'
import { didYouMean } from '../../domain/nearest.js'
import { shellWord } from '../../domain/shell-word.js'

interface Named {
  readonly id: string
}

/** @throws DriftStatusError (not-found) with the nearest id when no item has it */
export function findItem<Item extends Named>(items: readonly Item[], id: string, noun: string): Item {
  const item = items.find((candidate) => candidate.id === id)
  if (item) return item
  const ids = items.map((candidate) => candidate.id)
  throw new DriftStatusError('not-found', `"${id}" is not a ${noun} of this workspace`, {
    hint: didYouMean(id, ids) ?? (ids.length > 0 ? `there are: ${ids.join(', ')}` : `there are none yet`),
  })
}

/**
 * Flags change one item, and a text all of them: a line that mixes the two would leave one out without a word.
 * @param hasFlags whether flags say what to change
 * @throws DriftStatusError (usage)
 */
export function checkEdited(id: string | undefined, noun: string, hasFlags: boolean, from: string | undefined): void {
  if (id === undefined && hasFlags) {
    throw new DriftStatusError('usage', `the flags change one ${noun}, and none is named`, {
      hint: `name it before the flags; "drift-status ${editCommand(noun)}" alone edits all`,
    })
  }
  if (id !== undefined && from !== undefined) {
    throw new DriftStatusError('usage', `--from takes the text of all, and ${noun} ${shellWord(id)} is named`, {
      hint: `leave out ${shellWord(id)}, or --from`,
    })
  }
}

/** The items with one replaced by what `change` makes of it. */
export function replaceItem<Item extends Named>(
  items: readonly Item[],
  id: string,
  noun: string,
  change: (item: Item) => Item,
): Item[] {
  const item = findItem(items, id, noun)
  return items.map((candidate) => (candidate === item ? change(item) : candidate))
}

export function removeItem<Item extends Named>(items: readonly Item[], id: string, noun: string): Item[] {
  const item = findItem(items, id, noun)
  return items.filter((candidate) => candidate !== item)
}

/** @throws DriftStatusError (conflict) when an item has the id already */
export function addItem<Item extends Named>(items: readonly Item[], item: Item, noun: string, before?: string): Item[] {
  if (items.some(({ id }) => id === item.id)) {
    throw new DriftStatusError('conflict', `${noun} "${item.id}" exists already`, {
      hint: `run "drift-status ${editCommand(noun)} ${shellWord(item.id)}" to change it`,
    })
  }
  if (before === undefined) return [...items, item]
  const index = items.indexOf(findItem(items, before, noun))
  return items.toSpliced(index, 0, item)
}

function editCommand(noun: string): string {
  const group = noun === 'rule' ? 'routing' : noun === 'shift' ? 'duty' : noun
  return `${group} edit`
}

/** The items with one moved before another, or to the end. */
export function moveItem<Item extends Named>(
  items: readonly Item[],
  id: string,
  noun: string,
  before?: string,
): Item[] {
  const item = findItem(items, id, noun)
  return before === id ? [...items] : addItem(removeItem(items, id, noun), item, noun, before)
}
