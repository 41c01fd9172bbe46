import { agentsTable, drawAgents } from './agents.js';
import { Calls } from './calls.js';
import { drawChart } from './chart.js';
import { byId, make, mark, say } from './dom.js';
import { explanations, reloadIf } from './explanation.js';
import { follow } from './feed.js';
import { callsList, drawList, filterBy, filteredGroup } from './list.js';
import { CATEGORIES, GROUPS, PENDING, count, plural, share, time } from './words.js';

const BETWEEN_DRAWINGS = 250;
const BETWEEN_ANNOUNCEMENTS = 30_000;

const calls = new Calls();
const state = byId('state');
const pauseButton = byId('pause');
let connection = 'connecting';
const reading = { paused: false, resumed: Promise.resolve() };
let due = false;
let drawnAt = -Infinity;
let unannounced = 0;

/** Draws soon, and at most four times a second, however much comes. */
function draw() {
  if (due) return;
  due = true;
  setTimeout(() => requestAnimationFrame(drawNow), Math.max(0, drawnAt + BETWEEN_DRAWINGS - performance.now()));
}

function drawNow() {
  due = false;
  drawnAt = performance.now();
  byId('empty').hidden = calls.size > 0 || connection !== 'live';
  byId('report').hidden = calls.size === 0;
  if (!calls.size) return;
  drawTiles();
  drawChart(calls);
  drawList(calls);
  drawAgents(calls);
}

const tiles = new Map(GROUPS.map(({ id, name }) => {
  const number = make('strong');
  const part = make('span', { class: 'part-of' });
  const button = make('button', { type: 'button', 'data-group': id, 'aria-pressed': 'false' },
    make('span', { class: 'name' }, mark(id), name), ' ', number, ' ', part);
  button.addEventListener('click', () => {
    filterBy({ group: id });
    draw();
  });
  const item = make('li', {}, button);
  byId('tiles').append(item);
  return [id, { item, button, number, part }];
}));

function drawTiles() {
  const totals = calls.totals();
  for (const [id, { item, button, number, part }] of tiles) {
    say(number, count(totals[id]));
    say(part, share(totals[id], totals.calls));
    button.setAttribute('aria-pressed', String(filteredGroup() === id));
    item.hidden = id === 'none' && !totals[id];
  }
  const pending = calls.size - totals.calls;
  say(byId('scope'), `${plural(totals.calls, 'segment', 'segments')} since ${time(calls.newestFirst().at(-1).left)}${
    pending ? `, and ${count(pending)} more without a verdict yet` : ''}`);
}

function show(now, words) {
  connection = now;
  state.dataset.state = reading.paused && now === 'live' ? 'paused' : now;
  say(state, reading.paused && now === 'live' ? 'Paused' : words);
}

const live = () => show('live', 'Live');

let resume = () => {};
pauseButton.addEventListener('click', () => {
  reading.paused = !reading.paused;
  if (reading.paused) reading.resumed = new Promise((resolve) => (resume = resolve));
  else resume();
  pauseButton.setAttribute('aria-pressed', String(reading.paused));
  if (connection === 'live') live();
});

agentsTable({
  picked: (agent) => {
    filterBy({ agent });
    byId('calls').focus();
    draw();
  },
  changed: draw,
});
callsList({ changed: draw });
explanations({ closed: draw });
new ResizeObserver(draw).observe(byId('chart').parentElement);
byId('list').addEventListener('focusout', draw);

byId('words').append(...Object.values({ ...CATEGORIES, ...PENDING }).flatMap((category) => [
  make('dt', {}, mark(category.group), category.name), make('dd', {}, category.meaning)]));

setInterval(() => {
  if (unannounced) say(byId('announcer'), `${plural(unannounced, 'call', 'calls')} more, ${count(calls.size)} in all.`);
  unannounced = 0;
}, BETWEEN_ANNOUNCEMENTS);

follow(calls, reading, {
  took: ({ added, tasks }) => {
    unannounced += added;
    reloadIf(tasks);
    draw();
  },
  live,
  gone: () => show('gone', 'Connection lost, trying again …'),
});
