// A smooth function over the plane as a surface that can be turned: drawn from the far side to the near one.

const MOST_FACES = 60;
const HEIGHT = 0.6;
const HOME = { turn: -0.6, lift: 0.55, zoom: 1 };

class SurfaceView {
  constructor(holder, mark, panel, figure) {
    this.holder = holder;
    this.panel = panel;
    this.figure = figure;
    this.view = { ...HOME };
    this.columns = picked(mark.x.length);
    this.rows = picked(mark.y.length);
    this.mark = mark;
    this.chart = null;
    this.listen();
  }

  init() {
    this.chart = echarts.init(this.holder);
  }

  /** A grid point: its place in the box from -1 to 1 and what it stands for. */
  point(column, row) {
    const { mark, panel } = this;
    const [x, y, value] = [mark.x[column], mark.y[row], number(mark.values[row * mark.x.length + column])];
    return { at: [spread(panel.x, x), spread(panel.y, y), HEIGHT * (2 * fractionOf(panel.bar, value) - 1)], x, y, value };
  }

  /** Across, down and away from the reader, in pixels. */
  project([x, y, z]) {
    const { turn, lift, zoom } = this.view;
    const scale = (zoom * Math.min(this.width / 3.3, this.height / 2.45)) || 1;
    const across = x * Math.cos(turn) - y * Math.sin(turn);
    const along = x * Math.sin(turn) + y * Math.cos(turn);
    const up = along * Math.sin(lift) + z * Math.cos(lift);
    return [this.width / 2 + scale * across, this.height / 2 - 10 - scale * up, along * Math.cos(lift) - z * Math.sin(lift)];
  }

  faces() {
    const faces = [];
    for (let j = 0; j + 1 < this.rows.length; j++) {
      for (let i = 0; i + 1 < this.columns.length; i++) {
        const corners = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]].map(([c, r]) => this.point(this.columns[c], this.rows[r]));
        const ends = corners.map(corner => this.project(corner.at));
        const mean = corners.reduce((sum, corner) => sum + fractionOf(this.panel.bar, corner.value), 0) / 4;
        const rgb = mixed(this.panel.colors, mean);
        faces.push({
          depth: ends.reduce((sum, end) => sum + end[2], 0) / 4,
          tip: corners[0],
          type: 'polygon',
          shape: { points: ends.map(end => end.slice(0, 2)) },
          style: { fill: `rgb(${rgb.join()})`, stroke: `rgb(${rgb.map(part => Math.round(0.78 * part)).join()})`, lineWidth: 0.6 },
        });
      }
    }
    const shownMark = mark => mark.kind === 'points' && !this.figure.hidden.has(nameOf(mark, this.figure.legend));
    this.panel.marks.filter(shownMark).forEach(mark => mark.x.forEach((x, i) => {
      const nearest = cellAt(this.mark, x, mark.y[i]);
      const at = this.project(this.point(nearest.column, nearest.row).at);
      const style = { fill: mark.color, stroke: '#ffffff', lineWidth: 2 };
      faces.push({ depth: at[2] - 0.1, type: 'circle', shape: { cx: at[0], cy: at[1], r: 5 }, style });
    }));
    return faces.sort((one, other) => other.depth - one.depth);
  }

  line(from, to, color) {
    const [a, b] = [this.project(from), this.project(to)];
    return { type: 'line', shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }, style: { stroke: color, lineWidth: 1 }, silent: true };
  }

  text(at, text, away, color = css('--quiet')) {
    const [x, y] = this.project(at);
    const [cx, cy] = this.project([0, 0, 0]);
    const far = Math.hypot(x - cx, y - cy) || 1;
    const style = {
      text, fill: color, fontSize: 11, align: 'center', verticalAlign: 'middle',
      x: x + (away * (x - cx)) / far, y: y + (away * (y - cy)) / far,
    };
    return { type: 'text', style, silent: true };
  }

  /** The floor with its lines, and labels along its near edges and one upright edge. */
  box() {
    const parts = [];
    const near = [1, -1].map(side => (this.project([0, side, 0])[2] < this.project([0, -side, 0])[2] ? side : -side))[0];
    const side = this.project([1, 0, 0])[2] < this.project([-1, 0, 0])[2] ? 1 : -1;
    const axes = [
      [this.panel.x, at => [[at, -1], [at, 1]], at => [at, near]],
      [this.panel.y, at => [[-1, at], [1, at]], at => [side, at]],
    ];
    axes.forEach(([axis, ends, edge]) => {
      axis.ticks(axis.low, axis.high, 4).forEach(tick => {
        const at = spread(axis, tick);
        parts.push(this.line([...ends(at)[0], -HEIGHT], [...ends(at)[1], -HEIGHT], css('--grid')));
        if (Math.abs(at) < 0.97) {
          parts.push(this.text([...edge(at), -HEIGHT], axis.label(tick), 16));
        }
      });
      const title = this.text([...edge(0), -HEIGHT], axis.title, 46, css('--ink'));
      const half = 3.2 * axis.title.length;
      title.style.x = Math.max(half, Math.min(this.width - half, title.style.x));
      parts.push(title);
    });
    const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1]];
    corners.forEach((corner, i) => parts.push(this.line([...corner, -HEIGHT], [...corners[(i + 1) % 4], -HEIGHT], css('--frame'))));
    const left = corners.reduce((best, corner) => (this.project([...corner, 0])[0] < this.project([...best, 0])[0] ? corner : best));
    parts.push(this.line([...left, -HEIGHT], [...left, HEIGHT], css('--frame')));
    const bar = this.panel.bar;
    bar.ticks(bar.low, bar.high, 4).forEach(tick => {
      const label = this.text([...left, HEIGHT * (2 * fractionOf(bar, bar.value(tick)) - 1)], bar.label(bar.value(tick)), 0);
      parts.push({ ...label, style: { ...label.style, x: label.style.x - 8, align: 'right' } });
    });
    return parts;
  }

  draw() {
    this.width = this.holder.clientWidth;
    this.height = this.holder.clientHeight;
    const parts = [...this.box(), ...this.faces()];
    this.parts = parts;
    this.chart.setOption({
      animation: false,
      tooltip: tooltip({ trigger: 'item', formatter: item => this.told(parts[item.dataIndex]) }),
      series: [{
        type: 'custom',
        coordinateSystem: 'none',
        progressive: 0,
        data: parts.map((_, i) => [i]),
        renderItem: item => {
          const { type, shape, style, silent } = parts[item.dataIndex];
          return { type, shape, style, silent };
        },
      }],
    });
  }

  told(part) {
    if (!part || !part.tip) {
      return '';
    }
    const { x, y, value } = part.tip;
    return `${this.panel.bar.title}: ${brief(value)}\n${this.panel.x.title}: ${brief(x)}\n${this.panel.y.title}: ${brief(y)}`;
  }

  /** Turns by so much, in radians, and moves nearer by a factor. */
  move(turn, lift, nearer = 1) {
    this.view.turn += turn;
    this.view.lift = Math.max(0, Math.min(Math.PI / 2, this.view.lift + lift));
    this.view.zoom = Math.max(0.5, Math.min(4, this.view.zoom * nearer));
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  toggled() {
    this.draw();
  }

  reset() {
    this.view = { ...HOME };
    this.draw();
  }

  listen() {
    const keys = {
      ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, 0.1], ArrowDown: [0, -0.1], '+': [0, 0, 1.15], '-': [0, 0, 1 / 1.15],
    };
    this.holder.addEventListener('keydown', event => {
      if (keys[event.key]) {
        event.preventDefault();
        this.move(...keys[event.key]);
      }
    });
    let from = null;
    this.holder.addEventListener('pointerdown', event => {
      from = event;
      this.holder.setPointerCapture(event.pointerId);
    });
    this.holder.addEventListener('pointermove', event => {
      if (from) {
        this.move((event.clientX - from.clientX) / 150, (event.clientY - from.clientY) / 150);
        from = event;
      }
    });
    ['pointerup', 'pointercancel'].forEach(end => this.holder.addEventListener(end, () => {
      from = null;
    }));
  }
}

/** From -1 at the start of an axis to 1 at its end. */
const spread = (axis, at) => -1 + (2 * (at - axis.start)) / (axis.end - axis.start);

/** At most so many of a row of grid points, the first and the last among them. */
function picked(count) {
  const faces = Math.min(count - 1, MOST_FACES);
  return Array.from({ length: faces + 1 }, (_, i) => Math.round((i * (count - 1)) / faces));
}
