// From the marks of a panel to ECharts' series.

const LOOKS = { curve: 'LINE', points: 'MARKER', rug: 'UPRIGHT' };

/** What the key calls a mark: the entry with its sign, or else with its colour; empty where it has none. */
function nameOf(mark, legend) {
  const look = mark.kind === 'curve' && mark.dashed ? 'DASHED' : LOOKS[mark.kind];
  const same = legend.filter(entry => entry.color === mark.color);
  const entry = same.find(each => each.look === look) || same[0];
  return entry ? entry.text : '';
}

const SYMBOLS = { 'triangle-down': { symbol: 'triangle', symbolRotate: 180 }, ring: { symbol: 'circle' } };
const symbol = name => SYMBOLS[name] || { symbol: name };

/** The series of a mark. On cells marks keep their colour and get a halo, so that they show on any colour. */
function seriesOf(mark, panel, figure) {
  const name = nameOf(mark, figure.legend);
  const onCells = panel.marks.some(each => each.kind === 'cells' || each.kind === 'kinds');
  const color = onCells ? mark.color : shown(mark.color || '#000000');
  const base = { name, animation: false, silent: name === '', clip: true, z: 3 };
  switch (mark.kind) {
    case 'curve':
      return {
        ...base,
        type: 'line',
        data: points(mark, panel),
        showSymbol: false,
        lineStyle: { color, width: mark.width, type: mark.dashed ? 'dashed' : 'solid' },
        itemStyle: { color },
        emphasis: { disabled: true },
      };
    case 'points':
      return {
        ...base,
        type: 'scatter',
        data: points(mark, panel),
        ...symbol(mark.symbol),
        symbolSize: mark.size,
        itemStyle: mark.symbol === 'ring' ? { color: 'transparent', borderColor: color, borderWidth: 1.6 }
          : { color, opacity: 1, borderColor: onCells ? '#ffffff' : undefined, borderWidth: onCells ? 2 : 0 },
        z: 4,
      };
    case 'rug':
      return {
        ...base,
        type: 'scatter',
        data: mark.x.map(x => [panel.x.place(x), panel.y.place(panel.y.start), x]),
        tooltip: { trigger: 'item' },
        symbol: 'rect',
        symbolSize: [1.6, 16],
        symbolOffset: [0, -8],
        itemStyle: { color, opacity: 1 },
      };
    case 'bars':
      return {
        ...base,
        silent: false,
        type: 'custom',
        data: mark.lengths.map((length, i) => [length, i]),
        encode: { x: 0, y: 1 },
        renderItem: (_, api) => {
          const end = api.coord([api.value(0), api.value(1)]);
          const start = api.coord([0, api.value(1)]);
          const height = Math.abs(api.size([0, 1])[1]) * 0.72;
          const shape = { x: start[0], y: end[1] - height / 2, width: end[0] - start[0], height };
          return { type: 'rect', shape, style: { fill: color } };
        },
      };
    default:
      return cellSeries(mark, panel, figure, base);
  }
}

/** Places along the axes, and behind them the values themselves. */
const points = (mark, panel) => mark.x.map((_, i) => {
  const [x, y] = [number(mark.x[i]), number(mark.y[i])];
  const places = [panel.x.place(x), panel.y.place(y)];
  return [...(places.every(Number.isFinite) ? places : [places[0], '-']), x, y];
});

/** A colour between the anchors of a map; fraction from 0 to 1. */
function mixed(colors, fraction) {
  const at = Math.max(0, Math.min(1, fraction)) * (colors.length - 1);
  const low = Math.min(Math.floor(at), colors.length - 2);
  return [1, 3, 5].map(i => {
    const ends = [colors[low], colors[low + 1]].map(color => parseInt(color.slice(i, i + 2), 16));
    return Math.round(ends[0] + (at - low) * (ends[1] - ends[0]));
  });
}

function fractionOf(bar, value) {
  const ends = [bar.place(bar.start), bar.place(bar.end)];
  return (bar.place(value) - ends[0]) / (ends[1] - ends[0]);
}

/** The colour of each cell as red, green, blue and opacity. */
function cellColor(mark, panel, figure) {
  if (mark.kind === 'cells') {
    return value => (Number.isFinite(value) ? [...mixed(panel.colors, fractionOf(panel.bar, value)), 255] : [0, 0, 0, 0]);
  }
  const all = mark.colors.map(color => [...mixed([color, color], 0), 255]);
  return kind => (figure.hidden.has(kindName(mark, kind, figure)) ? [0, 0, 0, 0] : all[kind]);
}

const kindName = (mark, kind, figure) =>
  (figure.legend.find(entry => entry.look === 'SWATCH' && entry.color === mark.colors[kind]) || { text: '' }).text;

/** A picture with a pixel a cell; with so many of them where it isn't smooth that edges stay sharp. */
function picture(mark, panel, figure) {
  const [columns, rows] = [mark.x.length, mark.y.length];
  const zoom = mark.surface ? 1 : Math.max(1, Math.ceil(800 / Math.max(columns, rows)));
  const canvas = element('canvas', { width: columns * zoom, height: rows * zoom });
  const pen = canvas.getContext('2d');
  const color = cellColor(mark, panel, figure);
  const up = panel.y.start < panel.y.end;
  mark.values.forEach((value, i) => {
    const row = Math.floor(i / columns);
    pen.fillStyle = `rgba(${color(number(value)).join()})`;
    pen.fillRect((i % columns) * zoom, (up ? rows - 1 - row : row) * zoom, zoom, zoom);
  });
  return canvas;
}

/** The distance between the middles of cells; of a single one, what it fills. */
const stepAlong = middles => (middles.length > 1 ? (middles[middles.length - 1] - middles[0]) / (middles.length - 1) : 1);

function cellSeries(mark, panel, figure, base) {
  const image = picture(mark, panel, figure);
  const ends = middles => [middles[0] - stepAlong(middles) / 2, middles[middles.length - 1] + stepAlong(middles) / 2];
  return {
    ...base,
    id: 'cells',
    silent: false,
    type: 'custom',
    data: [[panel.x.place(mark.x[0]), panel.y.place(mark.y[0])]],
    z: 1,
    renderItem: (_, api) => {
      const [x, y] = [ends(mark.x), ends(mark.y)];
      const corners = [0, 1].map(end => api.coord([panel.x.place(x[end]), panel.y.place(y[end])]));
      const across = corners.map(corner => corner[0]);
      const down = corners.map(corner => corner[1]);
      const style = { image, x: across[0], y: Math.min(...down), width: across[1] - across[0], height: Math.abs(down[1] - down[0]) };
      return { type: 'image', style };
    },
  };
}

/** The cell nearest to a place in units of the axes: its column, its row and its value. */
function cellAt(mark, x, y) {
  const nearest = (middles, at) => Math.max(0, Math.min(middles.length - 1, Math.round((at - middles[0]) / stepAlong(middles))));
  const [column, row] = [nearest(mark.x, x), nearest(mark.y, y)];
  return { column, row, value: number(mark.values[row * mark.x.length + column]) };
}

/** A mark with its values as numbers: those of many cells come as floats of four bytes, which have seven digits. */
function unpacked(mark) {
  if (!mark.float32) {
    return mark;
  }
  const bytes = Uint8Array.from(atob(mark.float32), letter => letter.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return { ...mark, values: Array.from({ length: bytes.length / 4 }, (_, i) => Number(view.getFloat32(4 * i, true).toPrecision(7))) };
}
