import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../e2e/run-command.js'
import { type ServedProcess, serveProcess } from '../e2e/served-process.js'
import { findChromium, launchChromium } from './chromium.js'

const chromium = findChromium()
const title = chromium
  ? 'the widget in Chromium'
  : 'the widget in Chromium (left out: there is none on PATH or at CHROMIUM_PATH; run "apt-get install chromium")'

describe.skipIf(!chromium)(title, () => {
  const config = mkdtempSync(join(tmpdir(), 'drift-status-widget-'))
  let browser: Browser
  let served: ServedProcess

  beforeAll(async () => {
    const database = join(config, 'workspace.db')
    served = await serveProcess(['--sample', '--quiet', '--widget-max-age', '1', '--database', database])
    browser = await launchChromium(chromium!)
  })

  afterAll(async () => {
    await browser?.close()
    await served?.stop()
  })

  /** Runs the command line against the service, as an admin at another machine would. */
  async function run(...args: readonly string[]): Promise<void> {
    const { url, adminToken } = served
    const env = { DRIFT_STATUS_URL: url, DRIFT_STATUS_TOKEN: adminToken, DRIFT_STATUS_CONFIG_DIR: config }
    expect(await runCommand([...args, '--yes'], env)).toMatchObject({ exitCode: 0 })
  }

  /** What every test begins with: online, two agents available, two messages. */
  async function reset(): Promise<void> {
    await run('widget', 'online')
    await run('agent', 'available', '--agent', 'sam@acme.example')
  }

  async function open(url: string): Promise<Page> {
    const page = await browser.newPage()
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    await page.goto(url)
    return page
  }
  /** What the pages of all tests complained of: their policy, or the script. */
  const errors: string[] = []

  const button = (page: Page) => page.locator('drift-status').getByRole('button')
  const panel = (page: Page) => page.locator('drift-status').getByRole('status')
  const shows = (page: Page, text: string) => button(page).filter({ hasText: text }).waitFor()
  /** The page's code is text: these tests know no types of a browser. */
  const lookAgain = (page: Page) => page.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)
  const isOpen = (page: Page) => button(page).getAttribute('aria-expanded')

  test('shows online, then offline, then online again, without a reload', async () => {
    await reset()
    const page = await open(`${served.url}/demo`)
    await shows(page, 'Chat is online')
    await page.evaluate(() => Object.assign(globalThis, { loadedOnce: true }))
    expect(await page.locator('#line').textContent()).toMatch(
      /^<script src="http:\/\/127\.0\.0\.1:\d+\/v1\/public\/\w+\/widget\.js" async><\/script>$/,
    )

    await run('widget', 'offline')
    await shows(page, 'Chat is offline')
    expect(await page.locator('#state').textContent()).toContain('"mode": "offline"')

    await run('widget', 'online')
    await shows(page, 'Chat is online')

    // R9: nobody is behind the counter; then somebody is.
    for (const agent of ['sam', 'kofi', 'lena']) await run('agent', 'away', '--agent', `${agent}@acme.example`)
    await shows(page, 'Chat is offline')
    await run('agent', 'available', '--agent', 'lena@acme.example')
    await shows(page, 'Chat is online')
    expect(await page.evaluate(() => 'loadedOnce' in globalThis)).toBe(true)
    expect(errors).toEqual([])
  })

  test('opens each message by itself once, and says so to everyone', async () => {
    await reset()
    const page = await open(`${served.url}/demo`)
    await panel(page).getByText('Hello! Ask us anything.').waitFor()
    expect(await isOpen(page)).toBe('true')
    await button(page).press('Enter')
    expect(await isOpen(page)).toBe('false')
    expect(await panel(page).textContent()).toBe('')

    await run('widget', 'offline', '--for', '2d')
    await panel(page).getByText('We will be back soon.').waitFor()
    expect(await panel(page).textContent()).toContain('Back ')
    await button(page).click()

    await run('widget', 'online')
    await shows(page, 'Chat is online')
    expect(await isOpen(page)).toBe('false')
    await button(page).press(' ')
    await panel(page).getByText('Hello! Ask us anything.').waitFor()
  })

  test('R25: is seen as the display says', async () => {
    await reset()
    const page = await open(`${served.url}/demo`)
    const host = page.locator('drift-status')
    await shows(page, 'Chat is online')
    await run('widget', 'display', 'hidden')
    await host.waitFor({ state: 'hidden' })
    await run('widget', 'display', 'online-only')
    await host.waitFor({ state: 'visible' })
    await run('widget', 'offline')
    await host.waitFor({ state: 'hidden' })
    await run('widget', 'display', 'always')
    await shows(page, 'Chat is offline')
  })

  test('keeps what it showed while nobody answers, and looks again when the page is shown', async () => {
    await reset()
    const page = await open(`${served.url}/demo`)
    await shows(page, 'Chat is online')
    const answers = [{ status: 503 }, { status: 200, body: 'not the answer' }, undefined]
    let answer = answers[0]
    await page.route('**/widget?*', (route) => (answer ? route.fulfill(answer) : route.abort()))
    await run('widget', 'offline')
    for (answer of answers) {
      const asked = page.waitForRequest('**/widget?*')
      await lookAgain(page)
      await (await asked).response()
      expect(await button(page).textContent()).toBe('Chat is online')
    }
    await page.unroute('**/widget?*')
    await lookAgain(page)
    await shows(page, 'Chat is offline')
  })

  test('asks nothing while the page is hidden', async () => {
    await reset()
    const page = await open(`${served.url}/demo`)
    await shows(page, 'Chat is online')
    const hide = async (isHidden: boolean) => {
      await page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true })`)
      await lookAgain(page)
    }
    await hide(true)
    let requests = 0
    page.on('request', () => requests++)
    await run('widget', 'offline')
    // Longer than two ages of the answer.
    await page.waitForTimeout(2500)
    expect(requests).toBe(0)
    await hide(false)
    await shows(page, 'Chat is offline')
  })

  test('on a page of another origin needs the one line, says facts of the visitor, and tells the page', async () => {
    await reset()
    const line = await (await open(`${served.url}/demo`)).locator('#line').textContent()
    const shop = createServer((_, response) => {
      const facts = 'data-company.size="80" async'
      const listen = `<script>document.addEventListener('drift-status', ({ detail }) => { document.title = detail.mode })</script>`
      response.setHeader('content-type', 'text/html').end(`<!doctype html>${listen}${line!.replace('async', facts)}`)
    })
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve))
    const { port } = shop.address() as AddressInfo
    const page = await open(`http://127.0.0.1:${port}/pricing?from=mail`)
    await panel(page).getByText('Talk to sales?').waitFor()
    await run('widget', 'offline')
    await shows(page, 'Chat is offline')
    expect(await page.title()).toBe('offline')
    shop.close()
    shop.closeAllConnections()
  })

  test('shows words as words, whatever they look like', async () => {
    await reset()
    const name = '<img src=x onerror="document.title=1">'
    await run('agent', 'edit', 'sam@acme.example', '--name', name)
    const page = await open(`${served.url}/demo`)
    await panel(page).getByText(name).waitFor()
    expect(await panel(page).locator('img').count()).toBe(0)
    await run('agent', 'edit', 'sam@acme.example', '--name', 'Sam Reed')
  })
})
