import { agentsTable, drawAgents } from './agents.js';
import { Calls } from './calls.js';
import { drawChart } from './chart.js';
import { totals } from './counts.js';
import { byId, make, mark, say, signs } from './dom.js';
import { explanations, reloadIf } from './explanation.js';
import { follow } from './feed.js';
import { callsList, drawList, filterBy, filteredGroup, showOnly, startAgain } from './list.js';
import { drawRightness, rightness } from './right.js';
import { inScope, isWhole, scope } from './scope.js';
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
  const now = inScope(calls.newestFirst());
  drawTiles(now);
  byId('nothing').hidden = now.length > 0;
  for (const id of ['counts', 'staff', 'right']) byId(id).hidden = !now.length;
  drawList(calls, now);
  if (!now.length) return;
  drawChart(now);
  drawAgents(now);
  drawRightness(now);
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

function drawTiles(now) {
  const counted = totals(now);
  for (const [id, { item, button, number, part }] of tiles) {
    say(number, count(counted[id]));
    say(part, share(counted[id], counted.calls));
    button.setAttribute('aria-pressed', String(filteredGroup() === id));
    item.hidden = id === 'none' && !counted[id];
  }
  const pending = now.length - counted.calls;
  const oldest = now.at(-1);
  say(byId('scope'), oldest ? `${plural(counted.calls, 'segment', 'segments')} since ${time(oldest.left)}${
    pending ? `, and ${count(pending)} more without a verdict yet` : ''}${isWhole() ? '' : `. ${count(calls.size)} are kept`}` : '');
}

const MEMORY = {
  IN_MEMORY: 'After a restart of the backend it begins with nothing, because the verdicts are stored in memory (hangupby.store=memory).',
  READING: 'It is reading the verdicts that the database holds.',
  READ: 'It begins with what the database holds, and reads the calls of other nodes from there every ten seconds.',
  FAILED: 'It could not read the database, and has only the calls since the backend started. It tries again every ten seconds.',
};

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

const toCalls = () => {
  byId('calls').focus();
  byId('calls').scrollIntoView({ block: 'start' });
  draw();
};
scope({
  changed: () => {
    startAgain();
    draw();
  },
  passed: draw,
});
agentsTable({
  picked: (agent) => {
    showOnly({ agent });
    toCalls();
  },
  changed: draw,
});
rightness({
  disagreeing: () => {
    showOnly({ audit: 'DISAGREES' });
    toCalls();
  },
});
callsList({ changed: draw, now: (call) => calls.now(call) });
explanations({ closed: draw, known: (segment) => calls.of(segment) });
signs();
new ResizeObserver(draw).observe(byId('chart').parentElement);
for (const left of ['focusout', 'mouseleave']) byId('list').addEventListener(left, draw);

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
    say(byId('memory'), MEMORY[calls.journal] ?? '');
    draw();
  },
  live,
  gone: () => show('gone', 'Connection lost, trying again …'),
});
