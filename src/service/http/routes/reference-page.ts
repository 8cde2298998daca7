import { createHash } from 'node:crypto'

/** What the page reads of the OpenAPI document. */
interface Document {
  readonly info: Readonly<Record<'title' | 'version' | 'description', string>>
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, object>>
    readonly parameters: Readonly<Record<string, Parameter>>
  }
}

interface Operation {
  readonly tags: readonly string[]
  readonly summary: string
  readonly description?: string
  readonly parameters?: readonly (Parameter | Reference)[]
  readonly requestBody?: { readonly content: Content }
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema: { readonly description?: string }
}

interface Reference {
  readonly $ref: string
}

type Content = Readonly<Record<string, { readonly schema: object }>>

const STYLE = `
  body { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem; font: 16px/1.5 system-ui, sans-serif; color: #1f2937 }
  h2 { margin: 2rem 0 .5rem; font-size: 1.2rem }
  details { margin: .25rem 0; padding: .4rem .8rem; border: 1px solid #e5e7eb; border-radius: 6px }
  summary { cursor: pointer }
  code { overflow-wrap: anywhere }
  b { display: inline-block; min-width: 4rem; font-family: monospace; color: #065f46 }
  pre { overflow: auto; padding: .6rem; border-radius: 6px; background: #f3f4f6; font-size: .85rem }
  td { padding: .1rem 1rem .1rem 0; vertical-align: top }
`

/** The page has its style, and nothing else that acts or is loaded. */
export const REFERENCE_CONTENT_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The OpenAPI document as a page: the operations by topic, then the schemas that they name. */
export function referencePage(document: object, prefix = ''): string {
  const { info, tags, paths, components } = document as Document
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const parameters = (operation.parameters ?? []).map((parameter) =>
        '$ref' in parameter ? components.parameters[nameOf(parameter)]! : parameter,
      )
      return { method, path, operation, parameters }
    }),
  )
  const topics = tags.map(({ name }) => {
    const own = operations.filter(({ operation }) => operation.tags[0] === name)
    return `<h2 id="${text(name)}">${text(name)}</h2>${own.map(operationPart).join('\n')}`
  })
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `<details id="${text(name)}"><summary>${text(name)}</summary>${jsonPart(schema)}</details>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${text(info.title)}: the API</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<h1>${text(info.title)} ${text(info.version)}</h1>
<p>${text(info.description)} Programs read <a href="${prefix}/openapi.json">openapi.json</a>.</p>
${topics.join('\n')}
<h2>Schemas</h2>
${schemas.join('\n')}
</body>
</html>
`
}

interface Placed {
  readonly method: string
  readonly path: string
  readonly operation: Operation
  readonly parameters: readonly Parameter[]
}

function operationPart({ method, path, operation, parameters }: Placed): string {
  const { summary, description, requestBody, responses } = operation
  const rows = parameters.map(({ name, in: place, required, schema, description: about = schema.description }) => {
    const cells = [`<code>${text(name)}</code>`, text(required ? `${place}, required` : place), text(about ?? '')]
    return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`
  })
  const answers = Object.entries(responses).filter(([status]) => status.startsWith('2'))
  return `<details><summary><b>${text(method.toUpperCase())}</b><code>${text(path)}</code> ${text(summary)}</summary>
<p>${text(description ?? '').replace(/`([^`]+)`/g, '<code>$1</code>')}</p>
${rows.length > 0 ? `<table>${rows.join('')}</table>` : ''}
${contentPart('Body', requestBody?.content)}
${answers.map(([status, { content }]) => contentPart(`Answer ${status}`, content)).join('\n')}
</details>`
}

function contentPart(title: string, content: Content = {}): string {
  return Object.entries(content)
    .map(([type, { schema }]) => `<p>${text(title)}, ${text(type)}: ${schemaPart(schema)}</p>`)
    .join('\n')
}

/** A link to a schema that has a name, or the schema itself. */
function schemaPart(schema: object): string {
  if (!('$ref' in schema)) return jsonPart(schema)
  const name = text(nameOf(schema as Reference))
  return `<a href="#${name}">${name}</a>`
}

/** JSON in which the name of a schema is a link to it. */
function jsonPart(value: unknown): string {
  const json = text(JSON.stringify(value, null, 2))
  return `<pre>${json.replace(/#\/components\/schemas\/(\w+)/g, '<a href="#$1">$1</a>')}</pre>`
}

function nameOf({ $ref }: Reference): string {
  return $ref.split('/').at(-1)!
}

function text(value: string): string {
  return value.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
