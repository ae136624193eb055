// Brings the page to life: the JSON as text, tables, figures.

const json = document.getElementById('results');
if (json) {
  const text = document.getElementById('json-text');
  text.textContent = json.textContent;
}
document.querySelectorAll('table.sortable').forEach(sortable);

const data = document.getElementById('charts');
if (data) {
  const figures = JSON.parse(data.textContent).map((chart, i) => new FigureView(document.getElementById('figure-' + i), chart));
  scheme.addEventListener('change', () => figures.forEach(figure => figure.draw()));
}
