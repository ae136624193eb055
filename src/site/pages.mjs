// Which Markdown of the repository is which page of the site, and what stands where in the sidebar.
import fs from 'node:fs'
import path from 'node:path'

export const root = process.env.CURVATURE_ROOT

export const read = (source) => fs.readFileSync(path.join(root, source), 'utf8').replaceAll('\r\n', '\n')

/** README.md of a folder is the folder's page; what is in docs stands at the top. */
const pageOf = (source) => source.replace(/^docs\//, '').replace(/README\.md$/, 'index.md')

/** A section of the README that is a page of its own, as the home page is long enough. */
export const BENCHMARKS = 'benchmarks/index.md'

const markdownIn = (folder) =>
  fs.readdirSync(path.join(root, folder), { recursive: true })
    .map((name) => `${folder}/${name}`.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.md'))
    .sort()

const others = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'calc-07-jacobian-hessian/README.md', 'examples/README.md']

/** Pages by the files they are made of. */
export const pages = new Map([...others, ...markdownIn('docs')].map((source) => [source, pageOf(source)]))

/** The file that a page is made of. */
export const sourceOf = (page) =>
  page === BENCHMARKS ? 'README.md' : [...pages].find(([, to]) => to === page)?.[0]

export const titleOf = (source) => read(source).match(/^# (.+)$/m)[1].replaceAll(/[`*]/g, '')

const item = (source) => ({ text: titleOf(source), link: '/' + pages.get(source).replace(/(index)?\.md$/, '') })

/** Tasks in the order of their table of contents, each with the first sentence of its page. */
export const tasks = [...read('docs/tasks/README.md').matchAll(/\]\(([a-z-]+\.md)\)/g)].map(([, name]) => {
  const source = `docs/tasks/${name}`
  const first = read(source).match(/^# .+\n+([\s\S]+?)\n\n/)[1].replaceAll('\n', ' ')
  return { ...item(source), details: first.replaceAll(/[`*$]/g, '') }
})

const docs = (...names) => names.map((name) => `docs/${name}.md`)

/** Where pages stand that have a place; all others of docs are guides, so that a new one needs no entry here. */
const places = {
  Start: [...docs('install'), 'calc-07-jacobian-hessian/README.md', ...docs('coming-from', 'gallery'), 'examples/README.md'],
  Guides: docs('api', 'models', 'per-example', 'onnx', 'training', 'matrices', 'streaming', 'spark', 'gpu'),
  Reference: [...docs('operations', 'onnx-operators', 'compatibility'), 'CHANGELOG.md'],
  Background: [...docs('how-it-works', 'linear-algebra', 'hessian-of-digits/README'), 'CONTRIBUTING.md']
}

export function sidebar() {
  const placed = new Set(Object.values(places).flat())
  const rest = markdownIn('docs').filter((source) => !placed.has(source) && path.dirname(source) === 'docs')
  const reports = markdownIn('docs/benchmarks').reverse().map(item)
  const design = markdownIn('docs/design').filter((source) => !source.endsWith('README.md')).map(item)
  const items = (group) => places[group].filter((source) => pages.has(source)).map(item)
  return [
    { text: 'Start', items: [{ text: 'Overview', link: '/' }, ...items('Start')] },
    { text: 'Tasks', link: '/tasks/', items: tasks.map(({ text, link }) => ({ text, link })) },
    { text: 'Guides', items: [...items('Guides'), ...rest.map(item)] },
    { text: 'Reference', items: [{ text: 'Javadoc', link: '/javadoc/index.html', target: '_self' }, ...items('Reference')] },
    {
      text: 'Background',
      items: [
        ...items('Background'),
        { text: 'Benchmarks', link: '/benchmarks/', collapsed: true, items: reports },
        { text: 'Design decisions', link: '/design/', collapsed: true, items: design }
      ]
    }
  ]
}
