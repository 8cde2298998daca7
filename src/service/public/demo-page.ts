/** A page with the widget on it, as a shop would have it; `script` is the address of the widget's script. */
export function demoPage(script: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>A page with the widget</title>
<style>
  body { max-width: 42rem; margin: 4rem auto; padding: 0 1rem; font: 16px/1.6 system-ui; color: #1f2937 }
  pre { padding: 1rem; overflow: auto; border-radius: 8px; background: #f3f4f6 }
</style>
<h1>A page with the widget</h1>
<p>The widget is below, at the right. This is all that the page has of it:</p>
<pre>&lt;script src="${script}" async&gt;&lt;/script&gt;</pre>
<p>Change what visitors see and watch this page: it changes by itself.</p>
<pre>drift-status widget offline --for 5m
drift-status agent away</pre>
<p>What the widget was told last:</p>
<pre id="state">nothing yet</pre>
<script>
  document.addEventListener('drift-status', ({ detail }) => {
    document.getElementById('state').textContent = JSON.stringify(detail, null, 2)
  })
</script>
<script src="${script}" async></script>
</html>
`
}
