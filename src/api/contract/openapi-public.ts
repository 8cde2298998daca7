import { componentRef } from './openapi-schemas.js'

export const PUBLIC_WIDGET_PATH = '/v1/public/{workspace}/widget'

/**
 * The one path that needs no token, and that any web page may read.
 * @param problems its errors, by status
 */
export function publicWidgetPath(problems: Record<string, object>): object {
  return {
    operationId: 'publicWidget',
    tags: ['public'],
    summary: 'What a page needs to show the widget to a visitor',
    description:
      'Needs no token; any origin may read it (CORS). A copy holds for `max-age` seconds, which end with the next change at the latest. `widget.js` beside it shows it on a page.',
    security: [],
    parameters: [
      {
        name: 'workspace',
        in: 'path',
        required: true,
        description: 'The public id of the workspace: `serve` shows it when it starts, and `/demo` does',
        schema: { type: 'string' },
      },
      {
        name: 'url',
        in: 'query',
        description: 'The page: its path or its whole address (R26)',
        schema: { type: 'string' },
        example: '/pricing',
      },
      {
        name: 'timeZone',
        in: 'query',
        description: 'The IANA zone of `backAt` (R28); default: the one of the workspace',
        schema: { type: 'string' },
        example: 'Europe/Berlin',
      },
      {
        name: 'facts',
        in: 'query',
        style: 'form',
        explode: true,
        description:
          'What is known of the visitor, each fact as `visitor.<key>=<value>`; `visitor.account.owner` is refused',
        schema: {
          type: 'object',
          propertyNames: { pattern: '^visitor\\..' },
          additionalProperties: { type: 'string' },
        },
        example: { 'visitor.company.size': '80' },
      },
      {
        name: 'If-None-Match',
        in: 'header',
        description: 'The ETag of a copy: answers 304 when it still holds',
        schema: { type: 'string' },
      },
    ],
    responses: {
      200: {
        description: 'What this visitor sees',
        headers: { ETag: BODY_ETAG, 'Cache-Control': CACHE_CONTROL },
        content: { 'application/json': { schema: { $ref: componentRef('PublicWidget') } } },
      },
      304: {
        description: 'The copy still holds, for `max-age` seconds more',
        headers: { ETag: BODY_ETAG, 'Cache-Control': CACHE_CONTROL },
      },
      ...problems,
    },
  }
}

const BODY_ETAG = { description: 'Of the body', schema: { type: 'string' } }
const CACHE_CONTROL = {
  description: '`public, max-age=N`: N seconds to the next change, or to the longest that the service allows',
  schema: { type: 'string' },
}
