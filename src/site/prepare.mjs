// Copies the Markdown and its pictures to where the generator reads them, and makes the gallery's figures.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { BENCHMARKS, pages, read, root, tasks } from './pages.mjs'
import { commands, figureOf } from './gallery.mjs'

const target = path.join(import.meta.dirname, 'pages')

function write(page, text) {
  const file = path.join(target, page)
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, text)
}

/** The README is the home page: its title and first paragraph the banner, its benchmarks a page of their own. */
function home() {
  const [, title, lead, body] = read('README.md').match(/^# (.+)\n\n([\s\S]+?)\n\n([\s\S]*)$/)
  const [, before, benchmarks, after] = body.match(/^([\s\S]*?)\n(## Benchmarks\n[\s\S]*?)\n(## [\s\S]*)$/)
  const frontmatter = {
    layout: 'home',
    title: 'Overview',
    hero: {
      name: title,
      tagline: lead.replaceAll('\n', ' ').replaceAll('`', ''),
      actions: [
        { text: 'Install', link: '/install' },
        { text: 'Tasks', link: '/tasks/', theme: 'alt' },
        { text: 'Coming from PyTorch or JAX', link: '/coming-from', theme: 'alt' },
        { text: 'Gallery', link: '/gallery', theme: 'alt' }
      ]
    },
    features: tasks.map(({ text, link, details }) => ({ title: text, link, details }))
  }
  // JSON is YAML too.
  write('index.md', `---\n${JSON.stringify(frontmatter)}\n---\n\n${before}\n${after}`)
  write(BENCHMARKS, benchmarks.replace(/^## /, '# '))
}

function copy() {
  for (const [source, page] of pages) {
    if (source !== 'README.md') {
      write(page, read(source))
    }
    const folder = path.dirname(source)
    for (const name of fs.readdirSync(path.join(root, folder))) {
      if (/\.(png|svg)$/.test(name)) {
        fs.copyFileSync(path.join(root, folder, name), path.join(target, path.dirname(page), name))
      }
    }
  }
}

/** Runs the gallery's commands in their order, in a folder that has the examples, unless all they made is still of this build. */
function figures() {
  const folder = path.join(import.meta.dirname, 'gallery')
  const stamp = path.join(folder, 'stamp')
  const lines = commands(read('docs/gallery.md'))
  const state = lines.join('\n') + fs.statSync(path.join(root, 'target/launcher/cpu.classpath')).mtimeMs
  if (!fs.existsSync(stamp) || fs.readFileSync(stamp, 'utf8') !== state) {
    fs.rmSync(folder, { recursive: true, force: true })
    fs.mkdirSync(path.join(folder, 'scripts'), { recursive: true })
    fs.symlinkSync(path.join(root, 'examples'), path.join(folder, 'examples'))
    fs.symlinkSync(path.join(root, 'scripts/curvature'), path.join(folder, 'scripts/curvature'))
    for (const line of lines) {
      console.log(line)
      const run = spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' })
      if (run.status !== 0) {
        throw new Error(`the gallery's command failed: ${line}\n${run.stdout}${run.stderr}`)
      }
    }
    fs.writeFileSync(stamp, state)
  }
  for (const line of lines) {
    const figure = figureOf(line)
    if (figure) {
      write(`public/gallery/${figure}`, fs.readFileSync(path.join(folder, figure)))
    }
  }
}

fs.rmSync(target, { recursive: true, force: true })
copy()
home()
figures()
