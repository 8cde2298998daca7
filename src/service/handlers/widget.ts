import { setOverride, settleWidget } from '../../domain/decision/timed-states.js'
import { DriftStatusError } from '../../domain/errors.js'
import { parseInstant } from '../../domain/time/instant.js'
import type { HandlersOf } from './handler.js'

export const widgetHandlers: HandlersOf<'getWidget' | 'putWidget' | 'putAutoOffline'> = {
  getWidget: {
    kind: 'read',
    isSteady: true,
    async handle(_, transaction, { now }) {
      const { value, revision } = await transaction.section('widget')
      return { value: settleWidget(value, now), revision }
    },
  },
  putWidget: {
    kind: 'edit',
    etag: 'widget',
    async handle({ mode, override, display, widget: whole }, draft, { now }) {
      if (whole) return draft.put('widget', settleWidget(whole, now))
      const { override: current, ...widget } = settleWidget(await draft.section('widget'), now)
      // A mode set for good ends an override: it would hide what was just set.
      const kept = mode !== undefined || override === null ? undefined : current
      if (override && parseInstant(override.until) <= now) {
        throw new DriftStatusError('invalid-input', 'the override would end before it starts', {
          hint: 'name an end in the future',
        })
      }
      const next = override ? setOverride(kept, override) : kept
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
