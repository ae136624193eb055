// Checks the built site: every link, anchor, picture and script of every page leads to something that is there, Javadoc included.
//
//   node check.mjs FOLDER BASE
import fs from 'node:fs'
import path from 'node:path'

const [folder, base] = process.argv.slice(2)
const names = fs.readdirSync(folder, { recursive: true }).map((name) => name.replaceAll('\\', '/'))
const isFile = (name) => fs.statSync(path.join(folder, name), { throwIfNoEntry: false })?.isFile() ?? false

const unescape = (text) =>
  text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'")
const attributes = (html, pattern) => [...html.matchAll(pattern)].map((match) => unescape(match[1]))

const pages = new Map()
for (const name of names.filter((name) => name.endsWith('.html'))) {
  const html = fs.readFileSync(path.join(folder, name), 'utf8').replaceAll(/<!--[\s\S]*?-->/g, '')
  pages.set(name, {
    links: attributes(html, /<[a-z][^>]*?\s(?:href|src)="([^"]*)"/gi),
    anchors: new Set(attributes(html, /<[a-z][^>]*?\s(?:id|name)="([^"]*)"/gi))
  })
}

// JDK 17's list of constants points to packages by names that it doesn't give them.
const QUIRK = /^javadoc\/constant-values\.html$/

const problems = []
const outside = new Set()
let checked = 0
for (const [page, { links }] of pages) {
  for (const link of links) {
    if (/^(data|javascript|mailto):/.test(link)) {
      continue
    }
    const url = new URL(link, `http://site${base}${page}`)
    if (url.host !== 'site') {
      outside.add(page.startsWith('javadoc/') ? `${url.origin} (Javadoc)` : link)
      continue
    }
    checked++
    let target = decodeURIComponent(url.pathname)
    if (!target.startsWith(base)) {
      problems.push(`${page}: ${link} leaves ${base}`)
      continue
    }
    target = target.slice(base.length)
    target = target === '' || target.endsWith('/') ? `${target}index.html` : target
    const anchor = decodeURIComponent(url.hash.slice(1))
    if (!isFile(target)) {
      problems.push(`${page}: ${link}: no such file`)
    } else if (anchor && pages.has(target) && !pages.get(target).anchors.has(anchor) && !QUIRK.test(page)) {
      problems.push(`${page}: ${link}: no such anchor`)
    }
  }
}

console.log(`${pages.size} pages, ${checked} links within the site; outside, not followed:`)
console.log([...outside].map((link) => `  ${link}`).sort().join('\n'))
if (pages.size === 0 || problems.length > 0) {
  console.error(problems.join('\n') || 'no pages')
  process.exit(1)
}
