// The widget that a page shows its visitors:
// <script src="https://HOST/v1/public/WORKSPACE/widget.js" async></script>
// It asks the service what this visitor sees, again whenever the answer has aged, and tells the page
// by an event, `drift-status`, whose detail is that answer.
import type { PublicWidgetAnswer } from '../api/contract/public-widget.js'

const script = document.currentScript as HTMLScriptElement
const visitor = new URLSearchParams({
  url: location.pathname,
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
})
const address = `${script.src.replace(/\.js.*/, '')}?${visitor}`

const host = document.createElement('div')
// A root of its own: the page's styles and the widget's leave each other alone.
const root = host.attachShadow({ mode: 'open' })
root.innerHTML = `<style>:host{position:fixed;right:16px;bottom:16px;font:15px/1.4 system-ui;text-align:right}
button{padding:10px 16px;border:0;border-radius:22px;color:#fff;background:#1a56db;font:inherit;cursor:pointer}
[hidden]{display:none}div{margin-bottom:8px;padding:12px 16px;border-radius:12px;max-width:260px;text-align:left;color:#111;background:#fff;box-shadow:0 2px 14px #0004}
p{margin:0 0 6px}img{width:32px;height:32px;border-radius:50%}i{display:inline-block;width:9px;height:9px;border-radius:5px;margin-right:7px}</style><div hidden role=status></div><button aria-expanded=false><i></i><span></span></button>`
const find = (selector: string) => root.querySelector(selector) as HTMLElement
const [panel, button] = [find('div'), find('button')]

let shown = ''
let said: string | null = null
let isOpen = false
let timer = 0

function show(answer: PublicWidgetAnswer): void {
  const text = JSON.stringify(answer)
  if (text === shown) return
  shown = text
  const { mode, visible, message, greeting, offlineNotice } = answer
  host.hidden = !visible
  find('i').style.background = mode === 'online' ? '#31c48d' : '#9ca3af'
  find('span').textContent = mode === 'online' ? 'Online' : 'Offline'
  const back = offlineNotice?.backAt
  const when = back && new Date(back).toLocaleString([], { weekday: 'long', hour: 'numeric', minute: 'numeric' })
  panel.replaceChildren(
    ...[message, greeting.message, when && `Back ${when}`].filter(Boolean).map((line) => {
      const paragraph = document.createElement('p')
      paragraph.textContent = line as string
      return paragraph
    }),
    ...greeting.faces.map(({ name, avatar }) =>
      avatar ? Object.assign(new Image(), { src: avatar, alt: name ?? '' }) : ` ${name ?? ''}`,
    ),
  )
  // A visitor who closed a message has seen it.
  if (message && message !== said) toggle(true)
  said = message
  document.dispatchEvent(new CustomEvent('drift-status', { detail: answer }))
}

function toggle(open: boolean): void {
  isOpen = open
  panel.hidden = !open
  button.ariaExpanded = String(open)
}

async function look(): Promise<void> {
  clearTimeout(timer)
  let seconds = 30
  try {
    const response = await fetch(address)
    if (response.ok) {
      seconds = Number(/max-age=(\d+)/.exec(response.headers.get('cache-control') ?? '')?.[1] ?? seconds)
      show(await response.json())
    }
  } catch {
    // Nobody answers: what was shown last stands, and the next look may find someone.
  }
  // Nobody looks at a hidden page; it looks again when it is shown.
  if (!document.hidden) timer = setTimeout(look, Math.max(seconds, 1) * 1000 + 50)
}

button.onclick = () => toggle(!isOpen)
document.addEventListener('visibilitychange', look)
// A script that loads beside the page may run before the page has a body.
;(document.body ?? document.documentElement).append(host)
look()
