import { DriftStatusError } from '../../domain/errors.js'
import type { HandlersOf } from '../handler.js'

export const widgetHandlers: HandlersOf<'getWidget' | 'putWidget' | 'putAutoOffline'> = {
  getWidget: { kind: 'read', handle: (_, transaction) => transaction.section('widget') },
  putWidget: {
    kind: 'edit',
    etag: 'widget',
    async handle({ mode, override, display }, draft, { now }) {
      const { override: current, ...widget } = await draft.section('widget')
      // A mode set for good ends an override: it would hide what was just set. One that is over goes with the next write.
      const isOver = current?.until !== undefined && Date.parse(current.until) <= now
      const kept = mode !== undefined || override === null || isOver ? undefined : current
      if (override && Date.parse(override.until) <= now) {
        throw new DriftStatusError('invalid-input', 'the override would end before it starts', {
          hint: 'name an end in the future',
        })
      }
      const next = override ?? kept
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
