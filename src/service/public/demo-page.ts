import { createHash } from 'node:crypto'

const STYLE = `
  body { max-width: 44rem; margin: 0 auto; padding: 3rem 1rem 9rem; font: 16px/1.6 system-ui, sans-serif; color: #1f2937 }
  h1 { margin: 0 0 .5rem; font-size: 1.7rem; line-height: 1.2 }
  h2 { margin: 2rem 0 .5rem; font-size: 1.1rem }
  pre { margin: .5rem 0; padding: .9rem 1rem; overflow: auto; border-radius: 8px; background: #f3f4f6; font-size: .875rem }
  #line { white-space: pre-wrap; overflow-wrap: anywhere }
  #mode { display: inline-block; padding: .1rem .8rem; border-radius: 1rem; background: #e5e7eb; font-weight: 600 }
  #mode.online { background: #d1fae5; color: #065f46 }
`

const SCRIPT = `
  const find = (id) => document.getElementById(id)
  const src = document.querySelector('script[async]').src
  find('line').textContent = '<script src="' + src + '" async><\\/script>'
  document.addEventListener('drift-status', ({ detail }) => {
    find('mode').className = detail.mode
    find('mode').textContent = detail.visible ? detail.mode : detail.mode + ', hidden'
    find('when').textContent = 'since ' + new Date().toLocaleTimeString()
    find('state').textContent = JSON.stringify(detail, null, 2)
  })
`

/** What the page may do: its own style and script, the widget's of this server, and faces from anywhere. */
export const DEMO_CONTENT_POLICY = [
  "default-src 'none'",
  `style-src ${hashOf(STYLE)}`,
  `script-src 'self' ${hashOf(SCRIPT)}`,
  "connect-src 'self'",
  'img-src * data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * A page with the widget on it, as a shop would have it.
 * @param script the path of the widget's script on this server
 */
export function demoPage(script: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The widget on a page</title>
<link rel="icon" href="data:,">
<script src="${script}" async></script>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>The widget on a page</h1>
<p>A visitor sees it below, at the right. Now it is <span id="mode">not known yet</span> <span id="when"></span></p>
<h2>All that a page needs</h2>
<pre id="line"></pre>
<h2>Change it and watch</h2>
<p>In a terminal; this page follows by itself.</p>
<pre>drift-status widget offline --for 5m
drift-status widget auto
drift-status agent away</pre>
<h2>What the page was told last</h2>
<p>Each change is an event of the document: <code>drift-status</code>, with this as its detail.</p>
<pre id="state">nothing yet</pre>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
