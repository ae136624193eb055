// Looks at the built site with Chromium: every page, narrow and wide, some in dark too, without errors on the console, requests to
// other hosts, broken pictures, or anything that makes the page wider than the window. The search finds what it should.
//
//   node browse.mjs FOLDER BASE CHROMIUM [PICTURES]   the folder PICTURES gets screenshots of some pages
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { chromium } from 'playwright-core'

const [folder, base, executablePath, pictures] = process.argv.slice(2)
const WIDTHS = [390, 1280]
const SHOWN = ['index', 'tasks/minimum-or-saddle', 'coming-from', 'gallery', 'operations', 'api', 'benchmarks/index', 'streaming']
  .map((name) => `${name}.html`)
const TYPES = {
  html: 'text/html', js: 'text/javascript', css: 'text/css', json: 'application/json', png: 'image/png', svg: 'image/svg+xml',
  woff2: 'font/woff2', txt: 'text/plain'
}

const server = http.createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost')
  const name = decodeURIComponent(pathname.slice(base.length)).replace(/(^|\/)$/, '$1index.html')
  const file = path.join(folder, name)
  if (!pathname.startsWith(base) || !fs.existsSync(file)) {
    response.writeHead(404).end()
    return
  }
  response.writeHead(200, { 'content-type': TYPES[file.split('.').at(-1)] ?? 'application/octet-stream' }).end(fs.readFileSync(file))
})
await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
const site = `http://127.0.0.1:${server.address().port}`

const own = fs.readdirSync(folder, { recursive: true })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.html') && !/^(javadoc|files)\/|^404/.test(name))
const browser = await chromium.launch({
  executablePath,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync']
})
const problems = new Set()

/** The window, or as much below it as a person looks at. */
async function picture(page, name, view, height) {
  if (pictures) {
    const file = path.join(pictures, `${name.replace('.html', '').replaceAll('/', '-')}-${view}.png`)
    const { width } = page.viewportSize()
    const all = await page.evaluate(() => document.documentElement.scrollHeight)
    await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(all, height) } })
  }
}

/** A page of a context of its own; what goes wrong in it is noted under its present address. */
async function open(colorScheme) {
  const context = await browser.newContext({ viewport: { width: WIDTHS[0], height: 900 }, colorScheme, reducedMotion: 'reduce' })
  // Machines may be busy: what fails is told by what is missing, not by the time that it takes.
  context.setDefaultTimeout(180_000)
  const page = await context.newPage()
  const note = (text) => problems.add(`${page.url().slice(site.length + base.length - 1)} (${colorScheme}): ${text}`)
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && note(message.text()))
  page.on('pageerror', (error) => note(error.message))
  page.on('request', (request) => request.url().startsWith(site) || /^(data|blob):/.test(request.url()) || note(`asks ${request.url()}`))
  page.on('response', (response) => response.status() < 400 || note(`${response.status()} of ${response.url()}`))
  return { page, note, close: () => context.close() }
}

async function look(name, { page, note }, colorScheme) {
  await page.goto(`${site}${base}${name}`)
  const broken = await page.evaluate(async () => {
    const images = [...document.images]
    images.forEach((image) => (image.loading = 'eager'))
    return (await Promise.all(images.map((image) => image.decode().then(() => '', () => image.src)))).filter(Boolean)
  })
  broken.forEach((source) => note(`no picture ${source}`))
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    const { over, dark } = await page.evaluate(() => ({
      over: document.documentElement.scrollWidth - window.innerWidth,
      dark: document.documentElement.classList.contains('dark')
    }))
    if (over > 0) note(`at ${width} pixels wider than the window by ${over}`)
    if (dark !== (colorScheme === 'dark')) note(`not ${colorScheme}`)
    if (SHOWN.includes(name)) await picture(page, name, `${colorScheme}-${width}`, 3000)
  }
}

async function search({ page, note }, colorScheme) {
  await page.goto(`${site}${base}`)
  await page.waitForLoadState('networkidle')
  await page.keyboard.press('Control+k')
  await page.locator('#localsearch-input').fill('spectral density')
  await page.locator('.result').first().waitFor()
  const found = await page.locator('.result').first().innerText()
  if (!/spectral density/i.test(found)) note(`the search for "spectral density" finds first: ${found}`)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    await picture(page, 'search.html', `${colorScheme}-${width}`, 900)
  }
}

for (const colorScheme of ['light', 'dark']) {
  const view = await open(colorScheme)
  for (const name of colorScheme === 'light' ? own : SHOWN) {
    await look(name, view, colorScheme)
  }
  await search(view, colorScheme)
  await view.close()
}
await browser.close()
server.close()

console.log(`${own.length} pages looked at, ${SHOWN.length} of them in dark too`)
if (own.length === 0 || problems.size > 0) {
  console.error([...problems].join('\n') || 'no pages')
  process.exit(1)
}
