import { byId, make, mark, place, say } from './dom.js';
import { CATEGORIES, FATES, GROUPS, PENDING, agentOf, categoryId, categoryOf, count, plural, time } from './words.js';

const rows = byId('rows');
const byCategory = byId('by-category');
const byAgent = byId('by-agent');
const phone = matchMedia('(max-width: 40rem)');
const perPage = () => (phone.matches ? 20 : 50);

/** The rows that are shown, by reservation. */
let shownRows = new Map();
let page = 0;
/** While a reader uses the list, it is frozen. */
let frozen = null;
let drawn = [];

const chosen = (call) => (!byCategory.value || byCategory.value === categoryId(call) || byCategory.value === categoryOf(call).group)
  && (byAgent.value === '*' || byAgent.value === (call.worker ?? ''));

function row({ reservation, task }) {
  const ended = make('time');
  const link = make('a', { href: `#task=${task}` }, ended, make('span', { class: 'unseen' }, ': explain this call'));
  const [when, ...cells] = ['when', 'who', 'category', 'why', 'fate'].map((name) => make('td', { role: 'cell', class: name }));
  when.append(link);
  return { element: make('tr', { role: 'row', 'data-reservation': reservation }, when, ...cells), ended, cells, call: null };
}

/** Says what there is to say of a call, and leaves the link alone, so that whoever has the focus there keeps it. */
function fill(filled, call) {
  if (filled.call === call) return;
  const { ended, cells: [who, what, why, fate] } = filled;
  const category = categoryOf(call);
  const became = call.write ?? call.stage;
  ended.dateTime = new Date(call.left).toISOString();
  say(ended, time(call.left));
  who.replaceChildren(make('span', { title: call.worker ?? undefined }, agentOf(call)));
  what.replaceChildren(mark(category.group), category.name);
  why.replaceChildren(call.reason);
  fate.replaceChildren(...(call.value ? [make('code', {}, call.value), ' '] : []), FATES[became] ?? became);
  filled.call = call;
}

function isFrozen() {
  const focused = document.activeElement;
  return page > 0 || byId('explanation').open || focused === byId('newer-came') || rows.contains(focused?.closest(':focus-visible'));
}

/** Sets up the list's controls. */
export function callsList({ changed }) {
  byCategory.append(make('option', { value: '' }, 'All'), ...[...GROUPS, { id: 'pending', name: 'No verdict yet' }].map((group) => {
    const categories = Object.entries({ ...CATEGORIES, ...PENDING }).filter(([, category]) => category.group === group.id);
    if (categories.length === 1) return make('option', { value: group.id }, categories[0][1].name);
    return make('optgroup', { label: group.name },
      make('option', { value: group.id }, `${group.name}, all`),
      ...categories.map(([id, category]) => make('option', { value: id }, category.name)));
  }));
  byAgent.append(make('option', { value: '*' }, 'All'));
  const again = (toPage) => {
    page = toPage;
    frozen = page > 0 ? frozen : null;
    changed();
  };
  byCategory.addEventListener('change', () => again(0));
  byAgent.addEventListener('change', () => again(0));
  byId('clear').addEventListener('click', () => {
    byCategory.value = '';
    byAgent.value = '*';
    again(0);
    byCategory.focus();
  });
  byId('newer').addEventListener('click', () => turn(-1));
  byId('older').addEventListener('click', () => turn(1));
  byId('newer-came').addEventListener('click', () => {
    byId('calls').focus();
    again(0);
  });
  const turn = (by) => {
    frozen ??= drawn;
    again(page + by);
    byId('calls').scrollIntoView({ block: 'start' });
  };
}

/** Shows only the calls of an agent or of a group. The same group once more shows all calls again. */
export function filterBy({ agent, group }) {
  if (agent !== undefined) byAgent.value = agent;
  if (group !== undefined) byCategory.value = byCategory.value === group ? '' : group;
  page = 0;
  frozen = null;
}

export const filteredGroup = () => byCategory.value;

/** Fills the list. While the list is frozen, calls keep their places, and a new verdict is shown in place. */
export function drawList(calls) {
  offerAgents(calls);
  const now = calls.newestFirst();
  if (isFrozen()) frozen ??= drawn.length ? drawn : now;
  else frozen = null;
  const all = frozen ?? now;
  drawn = all;
  const matching = all.filter(chosen);
  page = Math.min(page, Math.max(0, Math.ceil(matching.length / perPage()) - 1));
  const from = page * perPage();
  const shown = matching.slice(from, from + perPage());

  shownRows = new Map(shown.map((call) => [call.reservation, shownRows.get(call.reservation) ?? row(call)]));
  for (const call of shown) fill(shownRows.get(call.reservation), calls.now(call));
  place(rows, [...shownRows.values()].map(({ element }) => element));

  byId('list').hidden = !shown.length;
  byId('none').hidden = !!shown.length;
  byId('clear').hidden = !byCategory.value && byAgent.value === '*';
  byId('newer').disabled = page === 0;
  byId('older').disabled = from + perPage() >= matching.length;
  say(byId('range'), shown.length ? `${count(from + 1)}–${count(from + shown.length)} of ${count(matching.length)}` : '');
  const newer = frozen && now[0] !== frozen[0] ? newerThan(frozen[0], now) : 0;
  byId('newer-came').hidden = !newer;
  say(byId('newer-came'), `Show ${plural(newer, 'newer call', 'newer calls')}`);
}

function newerThan(newest, now) {
  return now.filter(chosen).filter((call) => call.left > newest.left).length;
}

function offerAgents(calls) {
  const agents = calls.agents().sort((a, b) => a.name.localeCompare(b.name));
  const known = [...byAgent.options].slice(1).map((option) => option.value);
  if (agents.length === known.length && agents.every((agent, i) => agent.id === known[i])) return;
  const value = byAgent.value;
  byAgent.replaceChildren(make('option', { value: '*' }, 'All'),
    ...agents.map((agent) => make('option', { value: agent.id }, agent.name)));
  byAgent.value = agents.some((agent) => agent.id === value) ? value : '*';
}
