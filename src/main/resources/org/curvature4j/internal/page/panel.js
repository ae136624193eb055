// One pair of axes: its series, its room, its zoom, and what it tells under the pointer.

// Pixels of a plot: more don't fit a screen.
const TALLEST = 600;

class PanelView {
  constructor(panel, figure) {
    this.panel = panel;
    this.figure = figure;
    this.cells = panel.marks.find(mark => mark.kind === 'cells' || mark.kind === 'kinds');
    this.holder = element('div', { class: 'chart', role: 'img', 'aria-label': this.summary() });
    this.chart = null;
    this.window = [[0, 100], [0, 100]];
  }

  /** The figure in a sentence, for who can't see it. */
  summary() {
    const { x, y, bar, marks } = this.panel;
    const parts = marks.filter(mark => mark.kind !== 'curve' || nameOf(mark, this.figure.legend)).map(mark => {
      const values = (mark.y || mark.x || mark.lengths || mark.values).map(number).filter(Number.isFinite);
      const [low, high] = [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
      const what = mark.kind === 'cells' ? bar.title : mark.kind === 'kinds' ? 'kinds of cells' : nameOf(mark, this.figure.legend) || mark.kind;
      return mark.kind === 'kinds' ? `${what}: ${values.length} cells` : `${what}: ${values.length} values from ${brief(low)} to ${brief(high)}`;
    });
    return `Chart of ${y.title || 'names'} by ${x.title}. ${parts.join('; ')}. The numbers are in a table below.`;
  }

  /** Height for a width. */
  fit(width) {
    const { y, aspect } = this.panel;
    const plot = width - this.room.left - this.room.right;
    if (aspect && plot / aspect > TALLEST) {
      Object.assign(this.holder.style, { maxWidth: `${Math.round(TALLEST * aspect + width - plot)}px`, margin: '0 auto' });
      return Math.round(TALLEST + this.room.top + this.room.bottom);
    }
    const height = y.scale === 'named' && !this.cells ? 24 * y.names.length : aspect ? plot / aspect : Math.max(220, Math.min(400, plot * 0.6));
    return Math.round(height + this.room.top + this.room.bottom);
  }

  /** Around the plot, by the longest labels. */
  margins(width) {
    const { x, y, bar } = this.panel;
    this.widest = width < 500 ? 90 : 150;
    this.upright = broken(y.title, width < 500 ? 210 : 380);
    const room = axis => {
      const texts = axis.ticks(axis.low, axis.high).map(at => axis.label(axis.value(at)).length);
      return Math.min(this.widest, 6.8 * Math.max(1, ...texts));
    };
    return { left: 16 + (y.title ? 22 : 0) + (this.upright.includes('\n') ? 16 : 0) + room(y), right: bar ? 70 + room(bar) : 18, top: 12, bottom: 50 + (x.scale === 'named' ? 40 : 0) };
  }

  init() {
    this.chart = echarts.init(this.holder);
    this.chart.on('datazoom', () => this.zoomed());
    this.chart.getZr().on('mousemove', event => {
      this.pointer = [event.offsetX, event.offsetY];
    });
  }

  draw() {
    const { x, y, bar, marks } = this.panel;
    const { room, widest } = this;
    x.about = Math.max(2, Math.min(9, (this.holder.clientWidth - room.left - room.right) / 75));
    const label = { width: widest, overflow: 'truncate' };
    const series = marks.map(mark => seriesOf(mark, this.panel, this.figure));
    series.forEach((one, i) => this.quieten(one, marks[i], marks));
    this.series = series;
    const names = this.figure.legend.map(entry => entry.text);
    const inside = { type: 'inside', filterMode: 'none', zoomOnMouseWheel: 'shift', moveOnMouseMove: true, preventDefaultMouseMove: false };
    const turned = x.scale === 'named' ? { rotate: 40 } : {};
    const option = {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily },
      legend: { show: false, data: names, selected: Object.fromEntries(names.map(name => [name, !this.figure.hidden.has(name)])) },
      tooltip: tooltip({
        trigger: this.cells ? 'item' : 'axis',
        axisPointer: { type: 'line', lineStyle: { color: css('--frame') } },
        formatter: items => this.told(Array.isArray(items) ? items : [items]),
      }),
      grid: [{ ...room, show: true, borderColor: css('--frame'), borderWidth: 1 }],
      xAxis: [axisOption(x, { nameGap: room.bottom - 22, axisLabel: { ...label, ...turned } })],
      yAxis: [axisOption(y, { name: this.upright, nameGap: room.left - (this.upright.includes('\n') ? 36 : 20), axisLabel: label })],
      dataZoom: [{ ...inside, xAxisIndex: 0 }, { ...inside, yAxisIndex: 0 }].map((zoom, i) => ({ ...zoom, start: this.window[i][0], end: this.window[i][1] })),
      series,
    };
    if (this.cells) {
      [option.xAxis[0], option.yAxis[0]].forEach(axis => Object.assign(axis, { z: 5, splitLine: { show: false } }));
    }
    if (bar) {
      this.addBar(option);
    }
    this.chart.setOption(option, true);
    if (this.window.flat().join() !== '0,100,0,100') {
      this.zoomed();
    }
  }

  /** A scale of colours at the right side. */
  addBar(option) {
    const { bar, colors } = this.panel;
    const { room } = this;
    option.grid.push({ top: room.top, bottom: room.bottom, right: room.right - 28, width: 14, show: true, borderColor: css('--frame') });
    option.xAxis.push({ type: 'value', gridIndex: 1, min: 0, max: 1, show: false });
    option.yAxis.push(axisOption(bar, { gridIndex: 1, position: 'right', nameGap: room.right - 48, splitLine: { show: false }, z: 5 }));
    const strip = element('canvas', { width: 1, height: 256 });
    const pen = strip.getContext('2d');
    for (let i = 0; i < 256; i++) {
      pen.fillStyle = `rgb(${mixed(colors, 1 - i / 255).join()})`;
      pen.fillRect(0, i, 1, 1);
    }
    option.series = [...option.series, {
      id: 'bar',
      type: 'custom',
      silent: true,
      xAxisIndex: 1,
      yAxisIndex: 1,
      data: [[0, bar.low]],
      renderItem: (item) => {
        const { x, y, width, height } = item.coordSys;
        return { type: 'image', style: { image: strip, x, y, width, height } };
      },
    }];
  }

  /** Of what has points and a line the points tell; stems and what has no name don't. */
  quieten(series, mark, marks) {
    const doubled = mark.kind === 'curve' && marks.some(other => other.kind === 'points' && nameOf(other, this.figure.legend) === series.name);
    if (doubled || (mark.kind === 'curve' && !series.name)) {
      series.tooltip = { show: false };
    }
  }

  told(items) {
    const { x, y, bar } = this.panel;
    const first = items[0];
    const mark = first && this.panel.marks[first.seriesIndex];
    if (!mark) {
      return '';
    }
    if (mark === this.cells) {
      const [across, up] = this.chart.convertFromPixel({ gridIndex: 0 }, this.pointer || [0, 0]);
      const cell = cellAt(mark, x.value(across), y.value(up));
      const value = mark.kind === 'cells' ? `${bar.title}: ${brief(cell.value)}` : kindName(mark, cell.value, this.figure);
      return `${value}\n${x.title}: ${brief(told(x, mark.x[cell.column]))}\n${y.title}: ${brief(told(y, mark.y[cell.row]))}`;
    }
    if (mark.kind === 'bars') {
      return `${y.label(first.value[1])}: ${brief(first.value[0])}`;
    }
    if (mark.kind === 'rug') {
      return `${first.seriesName}\n${x.title}: ${brief(first.value[2])}`;
    }
    return [`${x.title}: ${brief(told(x, first.value[2]))}`, ...items.map(item => `${item.seriesName}: ${brief(item.value[3])}`)].join('\n');
  }

  toggled(name) {
    this.chart.dispatchAction({ type: this.figure.hidden.has(name) ? 'legendUnSelect' : 'legendSelect', name });
    if (this.cells && this.cells.kind === 'kinds') {
      this.draw();
    }
  }

  /** Ticks for what is shown now. */
  zoomed() {
    const option = this.chart.getOption();
    this.window = option.dataZoom.map(zoom => [zoom.start, zoom.end]);
    const update = (kind, axis) => [ticksOption(axis, ...this.chart.getModel().getComponent(kind, 0).axis.scale.getExtent())];
    this.chart.setOption({ xAxis: update('xAxis', this.panel.x), yAxis: update('yAxis', this.panel.y) });
  }

  /** Shows a stretch of both axes that is so many times as long, with the same middle. */
  zoom(factor) {
    this.window.forEach(([start, end], i) => {
      const half = Math.min(50, ((end - start) / 2) * factor);
      const centre = Math.max(half, Math.min(100 - half, (start + end) / 2));
      this.chart.dispatchAction({ type: 'dataZoom', dataZoomIndex: i, start: centre - half, end: centre + half });
    });
  }

  tools() {
    return element('div', { class: 'tools' },
      button('+', 'Zoom in', () => this.zoom(0.6)),
      button('−', 'Zoom out', () => this.zoom(1 / 0.6)),
      button('Reset', 'Show all', () => this.zoom(1e6)));
  }

  heads() {
    const { x, y, bar } = this.panel;
    if (this.cells) {
      return [x.title, y.title, bar ? bar.title : 'kind'];
    }
    return ['series', x.title, y.title || 'of'];
  }

  rows() {
    const { x, y } = this.panel;
    if (this.cells) {
      const mark = this.cells;
      return mark.values.map((value, i) => [
        told(x, mark.x[i % mark.x.length]),
        told(y, mark.y[Math.floor(i / mark.x.length)]),
        mark.kind === 'cells' ? number(value) : kindName(mark, value, this.figure),
      ]);
    }
    return this.panel.marks.filter(mark => mark.kind === 'bars' || nameOf(mark, this.figure.legend)).flatMap((mark, i) => {
      if (mark.kind === 'bars') {
        return mark.lengths.map((length, bar) => ['', number(length), y.label(bar)]);
      }
      if (this.series[this.panel.marks.indexOf(mark)].tooltip?.show === false) {
        return [];
      }
      const name = nameOf(mark, this.figure.legend);
      return mark.x.map((value, k) => [name, told(x, number(value)), mark.y ? number(mark.y[k]) : '']);
    });
  }
}

/** A title in two lines where one is longer than so many pixels: broken at the space nearest to its middle. */
function broken(title, room) {
  const spaces = [...title.matchAll(/ /g)].map(space => space.index);
  if (title.length * 6.6 <= room || !spaces.length) {
    return title;
  }
  const middle = title.length / 2;
  const at = spaces.reduce((best, space) => (Math.abs(space - middle) < Math.abs(best - middle) ? space : best));
  return title.slice(0, at) + '\n' + title.slice(at + 1);
}

/** A value of an axis as a reader knows it: what is counted begins with 0. */
const told = (axis, value) => (axis.scale === 'counting' || axis.scale === 'named' ? value - 1 : value);
