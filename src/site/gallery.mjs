// The commands of docs/gallery.md, and the figures that they make.

/** The lines of a page that run the command line, continuations joined. */
export const commands = (markdown) =>
  markdown
    .replaceAll('\\\n', ' ')
    .split('\n')
    .filter((line) => line.startsWith('./scripts/curvature '))
    .map((line) => line.replace(/ #.*/, '').trim())

/** The file of a command's figure or report, or nothing. */
export const figureOf = (command) => command.match(/ --(?:plot|report) (\S+)/)?.[1]
