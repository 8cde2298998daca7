import { addPlanned, removePlanned, setOverride, settleWidget } from '../../domain/decision/timed-states.js'
import { invalid } from '../../domain/errors.js'
import { instantOf, parseInstant, utc } from '../../domain/time/instant.js'
import { checkPeriod, nothingPlanned } from './agents.js'
import type { HandlersOf } from './handler.js'

/** Each is looked at in every decision. */
const MAX_PLANNED = 100

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
      const from = override?.from
      if (override) checkPeriod(instantOf(from), parseInstant(override.until), now, 'override')
      if (override && from !== undefined) {
        const planned = addPlanned(widget.planned, { mode: override.mode, from: utc(from), until: utc(override.until) })
        if (planned.length > MAX_PLANNED) {
          throw invalid('R34', `more than ${MAX_PLANNED} modes are planned`, 'take some back first')
        }
        await draft.put('widget', { ...widget, ...(kept && { override: kept }), planned })
        return
      }
      const next = override ? setOverride(kept, { mode: override.mode, until: override.until }) : kept
      await draft.put('widget', {
        ...widget,
        ...(mode !== undefined && { mode }),
        ...(display !== undefined && { display }),
        ...(next && { override: next }),
      })
    },
  },
  deletePlannedMode: {
    kind: 'edit',
    etag: 'widget',
    async handle({ from }, draft, { now }) {
      const { planned = [], ...widget } = settleWidget(await draft.section('widget'), now)
      const kept = removePlanned(planned, parseInstant(from))
      if (kept === planned) throw await nothingPlanned(planned, from, draft)
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
