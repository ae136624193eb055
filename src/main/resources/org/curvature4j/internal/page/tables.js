// Tables: every heading of a sortable one becomes a button that sorts by its column, and says so to screen readers.

function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const control = element('button', { type: 'button' }, head.textContent);
    head.textContent = '';
    head.append(control);
    head.setAttribute('aria-sort', 'none');
    control.addEventListener('click', () => {
      const direction = head.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
      heads.forEach(each => each.setAttribute('aria-sort', each === head ? direction : 'none'));
      sort(table.tBodies[0], column, direction === 'ascending' ? 1 : -1);
    });
  });
}

function sort(body, column, sign) {
  const rows = [...body.rows];
  const text = row => (row.cells[column] ? row.cells[column].textContent : '');
  const numbers = rows.every(row => row.cells[column] && (text(row) === 'NaN' || !Number.isNaN(Number(text(row)))));
  const keys = new Map(rows.map(row => [row, numbers ? Number(text(row)) : text(row)]));
  rows.sort((one, other) => {
    const [a, b] = [keys.get(one), keys.get(other)];
    if (numbers) {
      // What is no number comes last, whichever way.
      return Number.isNaN(a) || Number.isNaN(b) ? Number.isNaN(a) - Number.isNaN(b) : sign * Math.sign(a - b || 0);
    }
    return sign * a.localeCompare(b, 'en', { numeric: true });
  });
  body.append(...rows);
}

/** A table of columns with a head each; of a long one the beginning. */
function table(caption, heads, rows) {
  const most = 1000;
  const left = rows.length > most ? ` (the first ${most} of ${rows.length} rows)` : '';
  const body = element('tbody');
  rows.slice(0, most).forEach(row => body.append(element('tr', {}, ...row.map(cell =>
    element('td', typeof cell === 'number' ? { class: 'number' } : {}, String(cell))))));
  const made = element('table', { class: 'sortable' },
    element('caption', {}, caption + left),
    element('thead', {}, element('tr', {}, ...heads.map(head => element('th', { scope: 'col' }, head)))),
    body);
  sortable(made);
  return element('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': caption }, made);
}
