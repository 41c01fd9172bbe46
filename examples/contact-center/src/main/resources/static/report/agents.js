import { FEWEST_CALLS, comparison } from './chance.js';
import { perAgent, totals } from './counts.js';
import { byId, make, place, say, shape } from './dom.js';
import { GROUPS, count, share } from './words.js';

const SHOWN = 12;
const NAMED = 5;
const NAMES = new Map(GROUPS.map(({ id, name }) => [id, name]));
const COLUMNS = ['name', 'calls', ...NAMES.keys()];
const FAR = {
  above: { sign: '▲', words: 'more than the team, hardly by chance' },
  below: { sign: '▼', words: 'less than the team, hardly by chance' },
};
const BAR = { width: 160, height: 14 };

const head = byId('agents-head');
const body = byId('agents-body');
const team = byId('agents-team');
const all = byId('all-agents');
const compared = byId('compared');
const rows = new Map();
const teamRow = row(make('span', {}, 'Team'));
let sortedBy = 'compared';
let showsAll = false;

const headOf = (id, ...content) => make('th', { scope: 'col', role: 'columnheader' }, ...content);

/** Sets up the table; calls `picked` with the agent that the reader picks. */
export function agentsTable({ picked, changed }) {
  compared.append(...GROUPS.map(({ id, name }) => make('option', { value: id }, name)));
  compared.value = 'dropped';
  head.append(make('tr', { role: 'row' },
    ...COLUMNS.map((id) => headOf(id, make('button', { type: 'button', 'data-column': id }, { name: 'Agent', calls: 'Calls' }[id] ?? NAMES.get(id)))),
    headOf('range', make('span', { id: 'range-head' })),
    headOf('chance', 'Is it chance?')));
  team.append(teamRow.element);
  compared.addEventListener('change', () => {
    sortedBy = 'compared';
    changed();
  });
  head.addEventListener('click', ({ target }) => {
    const column = target.closest('button')?.dataset.column;
    if (!column) return;
    if (NAMES.has(column)) compared.value = column;
    sortedBy = NAMES.has(column) ? 'compared' : column;
    changed();
  });
  body.addEventListener('click', ({ target }) => {
    const agent = target.closest('button')?.dataset.agent;
    if (agent !== undefined) picked(agent);
  });
  all.addEventListener('click', () => {
    showsAll = !showsAll;
    changed();
  });
}

function row(name) {
  const cells = COLUMNS.slice(1).map((id) => make('td', { role: 'cell', 'data-label': NAMES.get(id) ?? 'Calls', class: NAMES.has(id) ? 'share' : 'number' }));
  const range = make('td', { role: 'cell', class: 'bar' });
  const chance = make('td', { role: 'cell', class: 'chance' });
  return { element: make('tr', { role: 'row' }, make('th', { scope: 'row', role: 'rowheader' }, name), ...cells, range, chance), cells, range, chance, drawn: '' };
}

const rowOf = ({ id, name }) => {
  if (!rows.has(id)) rows.set(id, row(make('button', { type: 'button', 'data-agent': id, title: id || undefined }, name)));
  return rows.get(id);
};

/** Agents of whom something can be said come first. */
const orders = {
  name: (a, b) => a.name.localeCompare(b.name),
  calls: (a, b) => b.calls - a.calls || orders.name(a, b),
  compared: (a, b) => (b.calls >= FEWEST_CALLS) - (a.calls >= FEWEST_CALLS)
    || b[compared.value] / b.calls - a[compared.value] / a.calls || orders.calls(a, b),
};

/** Fills the table; an agent's row stays the same element, so that whoever has the focus there keeps it. */
export function drawAgents(calls) {
  const agents = perAgent(calls).sort(orders[sortedBy]);
  const whole = totals(calls);
  const used = GROUPS.map(({ id }) => id).filter((id) => whole[id] || id === compared.value);
  const group = compared.value;
  const mean = whole[group] / whole.calls;
  const judged = agents.filter((agent) => agent.calls >= FEWEST_CALLS);
  const chance = comparison(judged.length * used.length);
  const shown = showsAll ? agents : agents.slice(0, SHOWN);
  const end = scaleEnd(judged.map((agent) => chance.interval(agent[group], agent.calls)[1]), mean);

  fillHead(used, group, end);
  fill(teamRow, { ...whole, used, group, key: 'team' }, () => 'within', () => [], () => `the mean of ${count(agents.length)} agents`);
  place(body, shown.map((agent) => {
    const filled = rowOf(agent);
    const compare = (id) => chance.compare(agent[id], agent.calls, whole[id] / whole.calls);
    fill(filled, { ...agent, used, group, key: `${mean} ${end} ${judged.length}` }, compare,
      () => (agent.calls < FEWEST_CALLS ? [] : [bar(chance.interval(agent[group], agent.calls), agent[group] / agent.calls, mean, end)]),
      (found) => inWords(found, agent, group));
    return filled.element;
  }));
  say(byId('team-mean'), whole.calls ? meanInWords(whole, group) : '');
  say(byId('standouts'), standouts(judged, (agent) => chance.compare(agent[group], agent.calls, mean)));
  all.hidden = agents.length <= SHOWN;
  say(all, showsAll ? `Show the first ${SHOWN} only` : `Show all ${count(agents.length)} agents`);
  for (const [id] of rows) if (!shown.some((agent) => agent.id === id)) rows.delete(id);
}

const meanInWords = (whole, group) => `${NAMES.get(group)}, the team’s mean: ${share(whole[group], whole.calls)}, ${count(whole[group])} of ${count(whole.calls)} calls.`;

/** Says which agents are far from the team's mean, hardly by chance. */
function standouts(judged, compare) {
  if (!judged.length) return `No agent has ${FEWEST_CALLS} calls yet, which is too few to compare anybody.`;
  const sentences = Object.keys(FAR)
    .map((side) => [FAR[side].words, judged.filter((agent) => compare(agent) === side).map(({ name }) => name)])
    .filter(([, names]) => names.length)
    .map(([words, names]) => `${words[0].toUpperCase()}${words.slice(1)}: ${listed(names)}.`);
  return sentences.join(' ') || 'Nobody is far from the mean: all differences can be chance.';
}

const listed = (names) => (names.length > NAMED
  ? `${names.slice(0, NAMED).join(', ')} and ${count(names.length - NAMED)} more` : names.join(', '));

function inWords(found, agent, group) {
  const counted = `${count(agent[group])} of ${count(agent.calls)}`;
  if (found === 'few') return `${counted}: too few to say`;
  return `${counted}: ${FAR[found]?.words ?? 'can be chance'}`;
}

function fillHead(used, group, end) {
  [...head.rows[0].cells].forEach((cell, i) => {
    const id = COLUMNS[i];
    const isSorted = sortedBy === 'compared' ? id === group : id === sortedBy;
    if (isSorted) cell.setAttribute('aria-sort', id === 'name' ? 'ascending' : 'descending');
    else cell.removeAttribute('aria-sort');
    cell.hidden = NAMES.has(id) && !used.includes(id);
  });
  say(byId('range-head'), `Likely range, 0 to ${share(end, 1)}`);
}

/** Fills a row if anything in it is new. */
function fill(filled, counted, compare, draw, words) {
  const key = [counted.key, counted.group, ...COLUMNS.slice(1).map((id) => counted[id]), ...counted.used].join(' ');
  if (filled.drawn === key) return;
  filled.drawn = key;
  filled.cells.forEach((cell, i) => {
    const id = COLUMNS[i + 1];
    cell.hidden = NAMES.has(id) && !counted.used.includes(id);
    cell.classList.toggle('nought', !counted[id]);
    cell.classList.toggle('compared', id === counted.group);
    if (!NAMES.has(id)) return say(cell, count(counted[id]));
    const far = FAR[compare(id)];
    cell.classList.toggle('far', !!far);
    cell.replaceChildren(
      ...(far ? [make('span', { 'aria-hidden': 'true', title: far.words }, far.sign), make('span', { class: 'unseen' }, `${far.words}: `)] : []),
      make('span', { class: 'percent' }, share(counted[id], counted.calls)), ' ', make('small', {}, count(counted[id])));
  });
  filled.range.replaceChildren(...draw());
  say(filled.chance, words(compare(counted.group)));
}

/** The end of the bars' scale: ten percent or a multiple. */
function scaleEnd(highest, mean) {
  return Math.min(1, Math.ceil(Math.max(0.1, mean, ...highest) * 10 - 1e-9) / 10);
}

/** The range in which an agent's true share lies, the share that was seen, and the team's mean. */
function bar([low, high], seen, mean, end) {
  const x = (value) => (value / end) * BAR.width;
  const drawing = shape('svg', { viewBox: `0 0 ${BAR.width} ${BAR.height}`, width: BAR.width, height: BAR.height, 'aria-hidden': 'true' });
  drawing.append(
    shape('rect', { class: 'span', x: x(low), y: 4, width: Math.max(1, x(high) - x(low)), height: 6, rx: 3 }),
    shape('circle', { class: 'seen', cx: Math.min(Math.max(x(seen), 4), BAR.width - 4), cy: 7, r: 4 }),
    shape('path', { class: 'mean', d: `M${x(mean).toFixed(1)} 0v${BAR.height}` }));
  return drawing;
}
