// Axes as the page's figures describe them: from values to places along them and back, ticks, and ECharts' options.

const LABELS = 7;

/** An axis with its ways: place(value), value(place), label(value), and step(from, to), the distance of its ticks in places. */
function axisOf(axis) {
  const linear = 10 ** (axis.exponent || 0);
  const ways = {
    'symmetric-log': [
      value => Math.sign(value) * (Math.abs(value) < linear ? Math.abs(value) / linear : 1 + Math.log10(Math.abs(value) / linear)),
      at => Math.sign(at) * linear * (Math.abs(at) < 1 ? Math.abs(at) : 10 ** (Math.abs(at) - 1)),
    ],
    logarithmic: [Math.log10, at => 10 ** at],
    counting: [value => value - 1, at => at + 1],
  };
  const [place, value] = ways[axis.scale] || [same => same, same => same];
  const ends = [place(axis.start), place(axis.end)];
  const made = { ...axis, place, value, label: labels(axis), low: Math.min(...ends), high: Math.max(...ends) };
  made.step = (from, to, about = made.about || LABELS) => stepOf(axis, (to - from) / about);
  made.ticks = (from, to, about) => multiples(made.step(from, to, about), from, to);
  return made;
}

/** 1, 2 or 5 times a power of ten; whole where parts mean nothing. Names stand at halves. */
function stepOf(axis, rough) {
  if (axis.scale === 'named') {
    return 0.5;
  }
  const whole = axis.whole || axis.scale === 'counting' || (axis.scale !== 'linear' && rough > 0.25);
  const power = 10 ** Math.floor(Math.log10(rough));
  const leading = rough / power;
  return Math.max(whole ? 1 : 0, power * (leading < 1.5 ? 1 : leading < 3.5 ? 2 : leading < 7.5 ? 5 : 10));
}

function multiples(step, from, to) {
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function labels(axis) {
  switch (axis.scale) {
    case 'counting':
      return at => String(Math.round(at - 1));
    case 'named':
      return at => (axis.names.find(name => name[0] === at) || [0, ''])[1];
    case 'linear':
      return at => brief(at / 10 ** axis.power);
    default:
      return at => {
        const power = Math.log10(Math.abs(at));
        const whole = Math.abs(power - Math.round(power)) < 1e-9;
        const plain = at === 0 || (axis.scale === 'logarithmic' && Math.abs(power) < 3) || !whole;
        return plain ? brief(at) : (at < 0 ? '-' : '') + '10' + superscript(Math.round(power));
      };
  }
}

/** ECharts' option of an axis. Its ticks are multiples of a step, and the two ends, which get no label. */
function axisOption(axis, { axisLabel = {}, ...more } = {}) {
  return {
    type: 'value',
    min: axis.low,
    max: axis.high,
    inverse: axis.place(axis.start) > axis.place(axis.end),
    name: axis.title,
    nameLocation: 'middle',
    nameTextStyle: { color: css('--ink'), fontSize: 13, lineHeight: 16 },
    axisLine: { show: true, onZero: false, lineStyle: { color: css('--frame') } },
    axisTick: { show: axis.scale !== 'named', lineStyle: { color: css('--frame') } },
    splitLine: { show: axis.scale !== 'named', lineStyle: { color: css('--grid') } },
    ...more,
    ...ticksOption(axis, axis.low, axis.high, axisLabel),
  };
}

/** The part of it that follows the stretch that is shown. */
function ticksOption(axis, from, to, axisLabel = {}) {
  const interval = axis.step(from, to);
  const isTick = at => Math.abs(at / interval - Math.round(at / interval)) < 1e-6;
  const formatter = at => (isTick(at) ? axis.label(axis.value(Number(at.toPrecision(12)))) : '');
  // Nothing but this step: with a plain interval ECharts would count from the axis' end.
  return { minInterval: interval, maxInterval: interval, axisLabel: { color: css('--quiet'), fontSize: 12, hideOverlap: true, ...axisLabel, formatter } };
}
