import fs from 'node:fs'
import path from 'node:path'
import { defineConfig } from 'vitepress'
import { base, extend, fileName, files, slugify } from '../markdown.mjs'
import { read, root, sidebar } from '../pages.mjs'

const version = read('pom.xml').match(/^ {2}<version>(.*)<\/version>/m)[1]

export default defineConfig({
  title: 'Curvature4j',
  description: 'Exact Jacobians, Hessians and their spectra on the JVM',
  lang: 'en',
  base,
  srcDir: 'pages',
  outDir: path.join(root, 'target/site'),
  // Made when the pages are, or checked by check.mjs.
  ignoreDeadLinks: [/\/(javadoc|files)\//],
  markdown: { anchor: { slugify }, config: extend, math: false },
  transformHead: () => [['link', { rel: 'icon', href: 'data:,' }]],
  themeConfig: {
    nav: [
      { text: 'Tasks', link: '/tasks/' },
      { text: 'API', link: '/api' },
      { text: 'Javadoc', link: '/javadoc/index.html', target: '_self' },
      { text: 'Gallery', link: '/gallery' },
      { text: 'Benchmarks', link: '/benchmarks/' },
      { text: version, link: '/CHANGELOG' }
    ],
    sidebar: sidebar(),
    outline: [2, 3],
    search: {
      provider: 'local',
      // The home page's title stands in its banner, where the search doesn't look.
      options: {
        _render: (text, env, md) =>
          md.render(text.replace(/^(---\n.*?"title":"(.*?)".*\n---\n)/, '$1\n# $2\n'), env)
      }
    },
    footer: { message: 'Apache License 2.0' }
  },
  transformPageData(page) {
    // Without an outline a short page has its whole width for text.
    const text = fs.readFileSync(path.join(import.meta.dirname, '../pages', page.filePath), 'utf8')
    if (!/^## /m.test(text)) page.frontmatter.aside = false
  },
  buildEnd({ outDir }) {
    for (const source of files) {
      const file = path.join(outDir, 'files', fileName(source))
      fs.mkdirSync(path.dirname(file), { recursive: true })
      fs.copyFileSync(path.join(root, source), file)
    }
  }
})
