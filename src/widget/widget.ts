// The widget that a page shows its visitors:
// <script src="https://HOST/v1/public/WORKSPACE/widget.js" data-plan="gold" async></script>
// It asks the service what this visitor sees, again whenever the answer has aged, and tells the page
// by an event of the document, `drift-status`, whose detail is that answer.
import type { PublicWidgetAnswer } from '../api/contract/public-widget.js'

// Every byte is one that each visitor downloads: a short name for what is named often.
const page = document
const { src, dataset } = page.currentScript as HTMLScriptElement
// An element that no page has styles for, with a root of its own: theirs and ours leave each other alone.
const host = page.createElement('drift-status')
// Until something is known, there is nothing to see.
host.hidden = true
const root = host.attachShadow({ mode: 'open' })
// A policy that forbids inline styles allows this.
const style = new CSSStyleSheet()
style.replaceSync(
  ':host{position:fixed;right:16px;bottom:16px;z-index:99999;font:15px/1.4 system-ui}button{float:right;padding:10px 16px;border:0;border-radius:22px;color:#fff;background:#1a56db;font:inherit;cursor:pointer}button:before{content:"\\25cf"/"";margin-right:7px;color:#bbb}.online:before{color:#5f8}div:not(:empty){margin-bottom:8px;padding:12px 16px 6px;border-radius:12px;max-width:260px;color:#111;background:#fff;box-shadow:0 2px 14px #0004}p{margin:0 0 6px}img{width:32px;height:32px;margin-right:4px;border-radius:50%}',
)
root.adoptedStyleSheets = [style]
// The panel is always there, if empty: a reader of the screen says what comes into it.
root.innerHTML = '<div role=status></div><button></button>'
const [panel, button] = root.children as unknown as [HTMLElement, HTMLButtonElement]

/** No message has been seen from the start. */
const seen = new Set<string | null>([null])
let shown = ''
let content: readonly Node[] = []
let timer = 0

function show(text: string): void {
  if (text === shown) return
  shown = text
  const detail: PublicWidgetAnswer = JSON.parse(text)
  const { mode, visible, message, greeting, offlineNotice } = detail
  const back = offlineNotice?.backAt
  host.hidden = !visible
  button.className = mode
  button.textContent = `Chat is ${mode}`
  content = [
    // R26: a playbook outranks the greeting.
    ...[
      message ?? greeting.message,
      back && `Back ${new Date(back).toLocaleString([], { dateStyle: 'full', timeStyle: 'short' })}`,
      greeting.faces.flatMap(({ name }) => name ?? []).join(', '),
    ].flatMap((textContent) => (textContent ? Object.assign(page.createElement('p'), { textContent }) : [])),
    ...greeting.faces.flatMap(({ avatar }) => (avatar ? Object.assign(new Image(), { src: avatar, alt: '' }) : [])),
  ]
  // Each message opens by itself once: who closed it has seen it.
  toggle(!!panel.firstChild || !seen.has(message))
  seen.add(message)
  page.dispatchEvent(new CustomEvent('drift-status', { detail }))
}

function toggle(open: boolean): void {
  panel.replaceChildren(...(open ? content : []))
  button.ariaExpanded = `${open}`
}

async function look(): Promise<void> {
  clearTimeout(timer)
  // Nobody looks at a hidden page; it looks again when it is shown.
  if (page.hidden) return
  let seconds = 30
  try {
    const query = new URLSearchParams({ url: location.origin + location.pathname })
    for (const key in dataset) query.set(`visitor.${key}`, dataset[key]!)
    // Not from the browser's cache, which does not tell how old its copy is.
    const response = await fetch(new URL(`widget?${query}`, src), { cache: 'no-cache' })
    if (response.ok) {
      const { headers } = response
      // A copy of a cache on the way has aged there already.
      seconds = +(/max-age=(\d+)/.exec(`${headers.get('cache-control')}`)?.[1] ?? seconds) - +headers.get('age')!
      show(await response.text())
    }
  } catch {
    // Nobody answers: what was shown last stands, and the next look may find someone.
  }
  // Not all pages at once, and never without a pause, whatever a cache on the way says.
  timer = setTimeout(look, (Math.random() + Math.min(Math.max(seconds, 1), 1e5)) * 1e3)
}

button.onclick = () => toggle(!panel.firstChild)
page.addEventListener('visibilitychange', look)
// A script that loads beside the page may run before the page has a body.
;(page.body ?? page.documentElement).append(host)
look()
