// What would a visitor see, who would get the chat, and why: node examples/library.mjs [document] [time]
import { readFile } from 'node:fs/promises'
import { openDocument, parseAt } from 'drift-status'

const [file = 'docs/sample/acme.yaml', time = 'fri 17:30'] = process.argv.slice(2)
const workspace = openDocument(await readFile(file), file)
const at = parseAt(time, { now: Date.now(), zone: workspace.zone })

const { widget, routing, reasons } = workspace.simulate({ at, visitor: { country: 'DE' } })
console.log(`${workspace.name} is ${widget.mode}; ${routing.assignee ?? 'nobody'} gets the chat`)
for (const { rule, text } of reasons) console.log(`  ${rule}: ${text}`)
