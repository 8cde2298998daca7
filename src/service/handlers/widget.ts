import { setOverride, settleWidget } from '../../domain/decision/timed-states.js'
import { instantOf, parseInstant, utc } from '../../domain/time/instant.js'
import type { HandlersOf } from './handler.js'
import { checkPeriod, planMore, takeBack } from './planned.js'

export const widgetHandlers: HandlersOf<'getWidget' | 'putWidget' | 'deletePlannedMode' | 'putAutoOffline'> = {
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
      const { from, until } = override ?? {}
      if (override) checkPeriod(instantOf(from), parseInstant(override.until), now, 'override')
      const isPlanned = override && from !== undefined && until !== undefined
      const next = override && !isPlanned ? setOverride(kept, override) : kept
      const planned = isPlanned
        ? planMore(widget.planned, { mode: override.mode, from: utc(from), until: utc(until) }, 'modes')
        : widget.planned
      await draft.put('widget', {
        ...widget,
        ...(mode !== undefined && { mode }),
        ...(display !== undefined && { display }),
        ...(next && { override: next }),
        ...(planned && { planned }),
      })
    },
  },
  deletePlannedMode: {
    kind: 'edit',
    etag: 'widget',
    async handle({ from }, draft, { now }) {
      const { planned, ...widget } = settleWidget(await draft.section('widget'), now)
      const kept = await takeBack(planned, from, draft)
      await draft.put('widget', { ...widget, ...(kept.length > 0 && { planned: kept }) })
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
