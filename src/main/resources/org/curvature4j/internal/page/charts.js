// Figures: a key whose entries switch series off and on, panels that zoom and tell values, and the numbers as a table.

const tooltip = more => ({
  confine: true,
  // Drawn, not made of elements: a name can't become markup.
  renderMode: 'richText',
  backgroundColor: css('--shade'),
  borderColor: css('--frame'),
  textStyle: { color: css('--ink'), fontSize: 13 },
  transitionDuration: 0,
  ...more,
});

class FigureView {
  constructor(place, chart) {
    this.legend = chart.legend;
    this.hidden = new Set();
    this.views = [];
    const columns = chart.rows[0].length;
    const panels = element('div', { class: 'panels ' + ['one', 'two', 'three'][Math.min(columns, 3) - 1] });
    chart.rows.flat().forEach(described => {
      const panel = { ...described, marks: described.marks.map(unpacked), x: axisOf(described.x), y: axisOf(described.y), bar: described.bar && axisOf(described.bar) };
      this.add(panels, new PanelView(panel, this), described.title);
      const surface = panel.marks.find(mark => mark.kind === 'cells' && mark.surface);
      if (surface) {
        this.addSurface(panels, surface, panel, described.title);
        panels.className = 'panels two';
      }
    });
    const caption = element('figcaption', {}, element('h3', {}, chart.title));
    caption.append(...[chart.subtitle].filter(text => text.trim()).map(text => element('p', {}, text)));
    place.append(caption, this.key(), panels, ...chart.notes.map(note => element('p', { class: 'note' }, note + '.')), this.numbers(chart));
    this.draw();
    new ResizeObserver(() => this.resized()).observe(panels);
  }

  add(panels, view, title) {
    const box = element('div', { class: 'panel' });
    box.append(...[title].filter(text => text).map(text => element('h4', {}, text)), view.holder, view.tools());
    panels.append(box);
    this.views.push(view);
  }

  addSurface(panels, mark, panel, title) {
    const label = `Surface of ${panel.bar.title} over ${panel.x.title} and ${panel.y.title}; arrow keys turn it, plus and minus zoom`;
    const holder = element('div', { class: 'chart surface', role: 'application', tabindex: 0, 'aria-label': label });
    panels.append(element('div', { class: 'panel' }, ...[title].filter(text => text).map(text => element('h4', {}, text)), holder));
    const view = new SurfaceView(holder, mark, panel, this);
    const tools = element('div', { class: 'tools' });
    [['⟲', 'Turn left', -0.3, 0], ['⟳', 'Turn right', 0.3, 0], ['▲', 'Look from above', 0, 0.2], ['▼', 'Look from the side', 0, -0.2]]
      .forEach(([sign, name, turn, lift]) => tools.append(button(sign, name, () => view.move(turn, lift))));
    tools.append(button('+', 'Zoom in', () => view.move(0, 0, 1.25)), button('−', 'Zoom out', () => view.move(0, 0, 0.8)));
    tools.append(button('Reset', 'Reset the view', () => view.reset()));
    holder.after(tools, element('p', { class: 'hint' }, 'Drag, or use the arrow keys, to turn.'));
    view.fit = width => Math.max(260, Math.min(480, width * 0.85));
    this.views.push(view);
  }

  /** The key: a button an entry, pressed while what it stands for is shown. */
  key() {
    const key = element('div', { class: 'key', role: 'group', 'aria-label': 'Series' });
    this.legend.forEach(entry => {
      const control = element('button', { type: 'button', 'aria-pressed': 'true' }, sign(entry), entry.text);
      control.addEventListener('click', () => {
        const hide = !this.hidden.delete(entry.text);
        if (hide) {
          this.hidden.add(entry.text);
        }
        control.setAttribute('aria-pressed', String(!hide));
        this.views.forEach(view => view.toggled && view.toggled(entry.text));
      });
      key.append(control);
    });
    this.signs = () => [...key.children].forEach((control, i) => control.firstChild.replaceWith(sign(this.legend[i])));
    return key;
  }

  /** The data as a table, made when somebody asks for it. */
  numbers(chart) {
    const details = element('details', {}, element('summary', {}, 'Numbers of this figure'));
    details.addEventListener('toggle', () => {
      if (details.children.length === 1) {
        this.views.filter(view => view.heads).forEach((view, i) =>
          details.append(table(view.panel.title || chart.title || 'panel ' + i, view.heads(), view.rows())));
      }
    });
    return details;
  }

  resized() {
    const width = this.views[0].holder.clientWidth;
    if (width !== this.width) {
      requestAnimationFrame(() => this.draw());
    }
  }

  draw() {
    this.width = this.views[0].holder.clientWidth;
    this.signs();
    // The panels of a figure have margins in common, so that their plots are of one size.
    const panels = this.views.filter(view => view.panel && view.margins);
    panels.forEach(view => {
      view.room = view.margins(view.holder.clientWidth);
    });
    ['left', 'right'].forEach(side => {
      const most = Math.max(...panels.map(view => view.room[side]));
      panels.forEach(view => {
        view.room[side] = most;
      });
    });
    this.views.forEach(view => {
      view.holder.style.height = view.fit(view.holder.clientWidth) + 'px';
      if (!view.chart) {
        view.init();
      }
      view.chart.resize();
      view.draw();
    });
  }
}

/** The sign of an entry of the key. */
function sign(entry) {
  const color = entry.look === 'SWATCH' ? entry.color : shown(entry.color);
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  const shapes = {
    SWATCH: 'M1 2h18v12H1z',
    LINE: 'M0 7h20v2.4H0z',
    DASHED: 'M0 7h6v2.4H0zM10 7h6v2.4h-6z',
    UPRIGHT: 'M9 1h2v14H9z',
  };
  const symbols = {
    circle: 'M10 3a5 5 0 1 0 .01 0z',
    diamond: 'M10 2l6 6-6 6-6-6z',
    rect: 'M5 3h10v10H5z',
    triangle: 'M10 2l6 11H4z',
    'triangle-down': 'M10 14l6-11H4z',
  };
  const path = document.createElementNS(space, 'path');
  Object.entries({ width: 20, height: 16, viewBox: '0 0 20 16', 'aria-hidden': 'true' }).forEach(([key, value]) => svg.setAttribute(key, value));
  path.setAttribute('d', shapes[entry.look] || symbols[entry.symbol]);
  path.setAttribute('fill', color);
  if (entry.look === 'SWATCH') {
    path.setAttribute('stroke', css('--frame'));
  }
  svg.append(path);
  return svg;
}
