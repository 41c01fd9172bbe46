import { overTime } from './counts.js';
import { byId, make, say, shape } from './dom.js';
import { GROUPS, count, plural } from './words.js';

const HEIGHT = 170;
const LEFT = 36;
const TOP = 8;
const BOTTOM = 22;
const DAY = 86_400_000;

const svg = byId('chart');
const reading = byId('reading');
const numbers = byId('chart-numbers');
let drawn = null;

const formats = [
  [60_000, new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })],
  [DAY / 4, new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })],
  [DAY, new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: 'numeric' })],
  [Infinity, new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' })],
];
const moment = (ms, step) => formats.find(([below]) => step < below)[1].format(ms);
const span = ({ from }, step) => (step < DAY ? `${moment(from, step)} – ${moment(from + step, step)}` : moment(from, step));

/** Where the scale ends: a round number, with a whole one at its half. */
function scale(highest) {
  const power = 10 ** Math.floor(Math.log10(Math.max(highest, 1)));
  return [1, 2, 3, 4, 6, 8, 10].map((n) => n * power).find((end) => end >= highest && end % 2 === 0);
}

/** Draws the categories over time, with one path for each group, so that the drawing stays small. */
export function drawChart(calls) {
  const width = Math.max(svg.parentElement.clientWidth, 200);
  const { step, steps } = overTime(calls, width < 500 ? 24 : 48);
  const end = scale(Math.max(...steps.map((at) => at.calls)));
  const column = (width - LEFT) / steps.length;
  const y = (n) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - n / end);
  const gap = Math.min(6, column * 0.2);

  const parts = [0, end / 2, end].map((n) => shape('path', { class: 'grid', d: `M${LEFT} ${Math.round(y(n)) + 0.5}H${width}` }));
  [0, end / 2, end].forEach((n) =>
    parts.push(shape('text', { x: LEFT - 8, y: y(n) + 4, 'text-anchor': 'end' }, count(n))));

  const below = steps.map(() => 0);
  for (const { id } of GROUPS) {
    let d = '';
    steps.forEach((at, i) => {
      if (!at[id]) return;
      const top = y(below[i] + at[id]);
      const height = y(below[i]) - top;
      // A hair's breadth between neighbours keeps them apart for readers who cannot distinguish the colours.
      d += `M${(LEFT + i * column + gap / 2).toFixed(1)} ${top.toFixed(1)}h${(column - gap).toFixed(1)}v${Math.max(height - 1, 0.5).toFixed(1)}h-${(column - gap).toFixed(1)}z`;
      below[i] += at[id];
    });
    parts.push(shape('path', { class: id, d }));
  }

  const every = Math.ceil(90 / column);
  for (let i = 0; i + every / 2 < steps.length; i += every) {
    parts.push(shape('text', { x: LEFT + i * column + gap / 2, y: HEIGHT - 4 }, moment(steps[i].from, step)));
  }
  svg.setAttribute('viewBox', `0 0 ${width} ${HEIGHT}`);
  svg.setAttribute('height', HEIGHT);
  svg.replaceChildren(...parts);
  drawn = { step, steps, column, width };
  fillTable();
}

function fillTable() {
  if (!numbers.open || !drawn) return;
  const used = GROUPS.filter(({ id }) => drawn.steps.some((at) => at[id]));
  byId('chart-head').replaceChildren(make('tr', {},
    ...['Time', 'Calls', ...used.map(({ name }) => name)].map((name) => make('th', { scope: 'col' }, name))));
  byId('chart-body').replaceChildren(...drawn.steps.filter((at) => at.calls).reverse().map((at) => make('tr', {},
    make('th', { scope: 'row' }, span(at, drawn.step)),
    ...[at.calls, ...used.map(({ id }) => at[id])].map((n) => make('td', {}, count(n))))));
}

numbers.addEventListener('toggle', fillTable);

svg.addEventListener('pointermove', (event) => {
  if (!drawn) return;
  const x = (event.offsetX / svg.clientWidth) * drawn.width;
  const at = drawn.steps[Math.floor((x - LEFT) / drawn.column)];
  say(reading, at
    ? [`${span(at, drawn.step)}: ${plural(at.calls, 'call', 'calls')}`,
      ...GROUPS.filter(({ id }) => at[id]).map(({ id, name }) => `${name} ${count(at[id])}`)].join(' · ')
    : '');
});
svg.addEventListener('pointerleave', () => say(reading, ''));
