// What the site makes of Markdown that is written for a forge: links between files become links between pages, types lead to
// their Javadoc, Java blocks tell their imports, and the gallery shows what its commands draw.
import fs from 'node:fs'
import path from 'node:path'
import { katex } from '@mdit/plugin-katex'
import { commands, figureOf } from './gallery.mjs'
import { BENCHMARKS, pages, read, root, sourceOf, titleOf } from './pages.mjs'

const { posix } = path

export const base = process.env.SITE_BASE || '/'

/** Files of the repository that pages link to and that are no pages. */
export const files = new Set()

/** Anchors as GitHub makes them, and DocsTest expects. */
export const slugify = (heading) =>
  heading.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, '').trim().replaceAll(' ', '-')

const JDK = { 'java.io': ['File'], 'java.nio.file': ['Path'], 'java.util': ['Arrays', 'List', 'Map'] }

/** Packages by type: the JDK's, and those of the table of imports, which DocsTest holds to the classes. */
const packages = new Map([
  ...Object.entries(JDK).flatMap(([from, types]) => types.map((type) => [type, from])),
  ...[...read('docs/api.md').matchAll(/^\| `(org\.[a-z0-9.]+)` \| (.*) \|$/gm)].flatMap(([, from, types]) =>
    types.split(', ').map((type) => [type.replaceAll('`', ''), from])
  )
])

const javadoc = (type) => {
  const from = packages.get(type)
  return from?.startsWith('org.curvature4j') ? `/javadoc/${from.replaceAll('.', '/')}/${type}.html` : undefined
}

/** The file of the repository that a page's link names. */
const pageSource = (page, href) => posix.normalize(posix.join(posix.dirname(sourceOf(page)), href.replace(/#.*$/, '')))

/** Where a link leads on the site; null where the site has nothing there. */
function resolve(page, href) {
  if (/^([a-z]+:|#)/.test(href)) {
    return href
  }
  const anchor = href.match(/#.*$/)?.[0] ?? ''
  const source = pageSource(page, href)
  if (pages.has(source)) {
    const apart = source === 'README.md' && anchor === '#benchmarks'
    const to = apart ? BENCHMARKS : pages.get(source) + anchor
    return posix.relative(posix.dirname(page), to).replace(/^(?!\.)/, './')
  }
  if (!fs.existsSync(path.join(root, source)) || fs.statSync(path.join(root, source)).isDirectory()) {
    return null
  }
  if (/\.(png|svg)$/.test(source)) {
    return posix.relative(posix.dirname(page), source.replace(/^docs\//, '')).replace(/^(?!\.)/, './')
  }
  files.add(source)
  return `${base}files/${fileName(source)}`
}

/** As text, which browsers show. */
export const fileName = (source) => (source.endsWith('.txt') ? source : `${source}.txt`)

function relink(state) {
  for (const block of state.tokens.filter((token) => token.type === 'inline')) {
    block.children.forEach((token, index) => {
      const name = { link_open: 'href', image: 'src' }[token.type]
      if (!name) {
        return
      }
      const source = decodeURI(token.attrGet(name))
      const target = resolve(state.env.relativePath, source)
      // Where the text is the file's name, a reader of the site is told the page's.
      if (block.children[index + 1]?.content === source && target?.includes('.md')) {
        block.children[index + 1].content = titleOf(pageSource(state.env.relativePath, source))
      }
      if (target !== null) {
        token.attrSet(name, target)
        if (target.startsWith(`${base}files/`)) {
          token.attrSet('target', '_self')
        }
        return
      }
      // A folder of the sources: its name stays, the link goes.
      const close = block.children.findIndex((other, at) => at > index && other.type === 'link_close')
      for (const gone of [token, block.children[close]]) {
        Object.assign(gone, { type: 'text', content: '', tag: '', nesting: 0 })
      }
    })
  }
}

/** The imports of what a Java block uses, for those who copy it. */
function imports(code) {
  const plain = code.replaceAll(/\/\/.*|"[^"\n]*"/g, '')
  const types = new Set([...plain.matchAll(/(?<![.\w])[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*\b/g)].map(([type]) => type))
  return [...types].filter((type) => packages.has(type)).map((type) => `import ${packages.get(type)}.${type};`).sort()
}

const shown = (file, title) =>
  file.endsWith('.html')
    ? `<iframe src="${base}${file.slice(1)}" title="${title}"></iframe>`
    : `<img src="${file}" alt="${title}" loading="lazy">`

export function extend(md) {
  md.use(katex, { mathFence: true, transformer: (html) => html.replace(/^<(\w+)/, '<$1 v-pre') })
  md.core.ruler.push('relink', relink)

  const code = md.renderer.rules.code_inline
  md.renderer.rules.code_inline = (tokens, index, options, env, self) => {
    const html = code(tokens, index, options, env, self)
    const page = javadoc(tokens[index].content)
    const linked = tokens.slice(0, index).findLast((token) => token.type.startsWith('link_'))?.type === 'link_open'
    return page && !linked ? `<a class="type" href="${base}${page.slice(1)}" target="_self">${html}</a>` : html
  }

  // Indented blocks look like all others.
  const fence = md.renderer.rules.fence
  md.renderer.rules.code_block = (tokens, index, options, env, self) =>
    fence(tokens.with(index, Object.assign(tokens[index], { type: 'fence', info: 'text' })), index, options, env, self)

  md.renderer.rules.fence = (tokens, index, options, env, self) => {
    const token = tokens[index]
    const html = fence(tokens, index, options, env, self).replace('language-sh', token.content.includes(' #') ? '$&' : '$& wrap')
    if (token.info === 'java') {
      const lines = imports(token.content)
      if (lines.length > 0) {
        const copy = Object.assign(Object.create(Object.getPrototypeOf(token)), token, { content: lines.join('\n') + '\n' })
        return `${html}<details class="imports"><summary>Imports</summary>${fence([copy], 0, options, env, self)}</details>`
      }
    }
    if (env.relativePath === 'gallery.md') {
      const heading = tokens[tokens.slice(0, index).findLastIndex((token) => token.type === 'heading_open') + 1].content
      const files = commands(token.content).map(figureOf).filter(Boolean)
      return html + files.map((file) => shown(`/gallery/${file}`, heading)).join('')
    }
    return html
  }
}
