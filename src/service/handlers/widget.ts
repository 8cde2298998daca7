import { DriftStatusError } from '../../domain/errors.js'
import { modesOf, overrideOf, settleWidget, stack, type TimedMode } from '../../domain/timed-states.js'
import type { WorkspaceDocument } from '../../domain/workspace/schema.js'
import type { HandlersOf } from '../handler.js'

export const widgetHandlers: HandlersOf<'getWidget' | 'putWidget' | 'putAutoOffline'> = {
  getWidget: {
    kind: 'read',
    async handle(_, transaction, { now }) {
      const { value, revision } = await transaction.section('widget')
      return { value: settleWidget(value, now), revision }
    },
  },
  putWidget: {
    kind: 'edit',
    etag: 'widget',
    async handle({ mode, override, display }, draft, { now }) {
      const { override: current, ...widget } = settleWidget(await draft.section('widget'), now)
      // A mode set for good ends an override: it would hide what was just set.
      const kept = mode !== undefined || override === null ? undefined : current
      if (override && Date.parse(override.until) <= now) {
        throw new DriftStatusError('invalid-input', 'the override would end before it starts', {
          hint: 'name an end in the future',
        })
      }
      const next = override ? overrideOn(kept, override) : kept
      await draft.put('widget', {
        ...widget,
        ...(mode !== undefined && { mode }),
        ...(display !== undefined && { display }),
        ...(next && { override: next }),
      })
    },
  },
  putAutoOffline: {
    kind: 'edit',
    etag: 'widget',
    async handle({ enabled }, draft) {
      await draft.put('widget', { ...(await draft.section('widget')), autoOffline: enabled })
    },
  },
}

type Override = WorkspaceDocument['widget']['override']

/** R8: after the new one what it covers holds again; the mode that holds already is given another end. */
function overrideOn(current: Override, top: TimedMode & { readonly until: string }): Override {
  const modes = current ? modesOf(current) : []
  const isCorrection = modes[0]?.mode === top.mode && modes[0].until !== undefined
  return overrideOf(stack(isCorrection ? modes.slice(1) : modes, top, (a, b) => a.mode === b.mode))
}
