// Colours by the reader's scheme, numbers as text, and elements: what every other part uses.

const scheme = matchMedia('(prefers-color-scheme: dark)');

const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** A colour of a figure as it can be seen on this paper: dark greys turn to ink. */
function shown(color) {
  if (!scheme.matches) {
    return color;
  }
  const parts = [1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16));
  return Math.max(...parts) - Math.min(...parts) < 24 && Math.max(...parts) < 128 ? css('--ink') : color;
}

/** JSON has no NaN and no infinity: they come as text. */
const number = value => (typeof value === 'string' ? Number(value) : value);

/** Six significant digits at most. */
function brief(value) {
  if (!Number.isFinite(value)) {
    return String(value);
  }
  return String(Number(value.toPrecision(6)));
}

const superscript = power => String(power).replace(/./g, sign => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'[sign]));

/** An element with attributes and children; text can't become markup. */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  made.append(...children);
  return made;
}

function button(text, label, action) {
  const made = element('button', { type: 'button', title: label, 'aria-label': label }, text);
  made.addEventListener('click', action);
  return made;
}
