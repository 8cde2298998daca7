import * as z from 'zod/mini'
import type { IssueParams } from '../../../domain/document/fields.js'
import { schemas, type WorkspaceDocument } from '../../../domain/document/schema.js'
import type { Versioned } from '../answers.js'
import { nothing } from '../fields.js'
import { operation, type WriteAnswer } from '../operation.js'

/** The sign on the shop's door. */
export const widgetOperations = {
  getWidget: operation<Versioned<WorkspaceDocument['widget']>>()({
    method: 'GET',
    path: '/v1/widget',
    scope: 'read',
    summary: 'The mode policy, the override, the display and auto-offline',
    request: nothing,
  }),
  putWidget: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/widget',
    scope: 'widget',
    summary: 'Set the mode policy, or an override with an end; set the display',
    takesBack: 'widget',
    request: () =>
      z
        .strictObject({
          mode: z.optional(schemas.modePolicy()),
          override: z.optional(
            z.nullable(
              z.strictObject({ mode: schemas.mode(), from: z.optional(schemas.instant()), until: schemas.instant() }),
            ),
          ),
          display: z.optional(schemas.display()),
          widget: z.optional(schemas.widget()),
        })
        .check(({ value: { widget, ...settings }, issues }) => {
          if (widget === undefined || Object.keys(settings).length === 0) return
          const params: IssueParams = { hint: 'send the whole widget, or the settings that change' }
          issues.push({
            code: 'custom',
            path: ['widget'],
            input: widget,
            message: 'goes with no other setting',
            params,
          })
        }),
  }),
  deletePlannedMode: operation<WriteAnswer>()({
    method: 'DELETE',
    path: '/v1/widget/planned/{from}',
    scope: 'widget',
    summary: 'Take back a mode that begins later',
    errors: ['not-found'],
    request: () => z.strictObject({ from: schemas.instant() }),
  }),
  putAutoOffline: operation<WriteAnswer>()({
    method: 'PUT',
    path: '/v1/auto-offline',
    scope: 'widget',
    summary: 'Turn auto-offline on or off',
    request: () => z.strictObject({ enabled: z.boolean() }),
  }),
}
