import { csvButton } from './csv.js';
import { perAgent } from './counts.js';
import { byId, make, mark, place, say } from './dom.js';
import { AUDITS, CATEGORIES, FATES, GROUPS, PENDING, READ, agentOf, categoryId, categoryOf, count, duration, plain, plural, time } from './words.js';

/** A call is short if its agent talked for less. */
const SHORT = 10_000;

const rows = byId('rows');
const search = byId('search');
const byCategory = byId('by-category');
const byAgent = byId('by-agent');
const byAudit = byId('by-audit');
const phone = matchMedia('(max-width: 40rem)');
const mouse = matchMedia('(hover: hover)');
const perPage = () => (phone.matches ? 20 : 50);

/** The rows that are shown, by reservation. */
let shownRows = new Map();
let page = 0;
/** While a reader uses the list, it is frozen: a row must not move away under the mouse. */
let frozen = null;
let drawn = [];
let matching = [];

const sought = () => search.value.trim().toLowerCase();
const has = (call, text) => [call.task, call.reservation, call.worker, ...(call.legs ?? [])].some((sid) => sid?.toLowerCase().startsWith(text))
  || agentOf(call).toLowerCase().includes(text);

function chooser() {
  const text = sought();
  return (call) => (!byCategory.value || byCategory.value === categoryId(call) || byCategory.value === categoryOf(call).group)
    && (byAgent.value === '*' || byAgent.value === (call.worker ?? ''))
    && (!byAudit.value || byAudit.value === (call.audit ?? 'NO_DATA'))
    && (!text || has(call, text));
}

const isChosen = () => !!(sought() || byCategory.value || byAgent.value !== '*' || byAudit.value);

function row({ reservation, task }) {
  const ended = make('time');
  const link = make('a', { href: `#task=${task}&segment=${reservation}` }, ended, make('span', { class: 'unseen' }, ': explain this call'));
  const [when, ...cells] = ['when', 'who', 'category', 'why', 'fate'].map((name) => make('td', { role: 'cell', class: name }));
  when.append(link);
  return { element: make('tr', { role: 'row', 'data-reservation': reservation }, when, ...cells), ended, cells, call: null };
}

/** What a supervisor asks besides who ended it, as far as it is known. */
export const details = ({ talked, onHold, transferring, queue }) => [
  talked != null && `talked ${duration(talked)}`,
  talked != null && talked < SHORT && 'short',
  onHold && 'customer on hold',
  transferring && 'during a transfer',
  queue && `queue ${queue}`,
].filter(Boolean).join(' · ');

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
  const known = details(call);
  why.replaceChildren(plain(call.reason), ...(known ? [make('small', {}, known)] : []));
  const beside = [READ[call.kept], AUDITS[call.audit]?.says].filter(Boolean).join(', ');
  fate.replaceChildren(...(call.value ? [make('code', {}, call.value), ' '] : []), FATES[became] ?? became,
    ...(beside ? [make('small', { class: call.audit === 'DISAGREES' || call.kept === 'LOST' ? 'wrong' : false }, beside)] : []));
  filled.call = call;
}

function isFrozen() {
  const focused = document.activeElement;
  return page > 0 || byId('explanation').open || focused === byId('newer-came') || rows.contains(focused?.closest(':focus-visible'))
    || (mouse.matches && rows.matches(':hover'));
}

/** Sets up the list's controls. */
export function callsList({ changed, now }) {
  byCategory.append(make('option', { value: '' }, 'All'), ...[...GROUPS, { id: 'pending', name: 'No verdict yet' }].map((group) => {
    const categories = Object.entries({ ...CATEGORIES, ...PENDING }).filter(([, category]) => category.group === group.id);
    if (categories.length === 1) return make('option', { value: group.id }, categories[0][1].name);
    return make('optgroup', { label: group.name },
      make('option', { value: group.id }, `${group.name}, all`),
      ...categories.map(([id, category]) => make('option', { value: id }, category.name)));
  }));
  byAgent.append(make('option', { value: '*' }, 'All'));
  byAudit.append(make('option', { value: '' }, 'All'), ...Object.entries(AUDITS).map(([id, { name }]) => make('option', { value: id }, name)));
  const again = (toPage) => {
    page = toPage;
    frozen = page > 0 ? frozen : null;
    changed();
  };
  for (const select of [byCategory, byAgent, byAudit]) select.addEventListener('change', () => again(0));
  search.addEventListener('input', () => again(0));
  byId('clear').addEventListener('click', () => {
    showOnly({});
    changed();
    search.focus();
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
  csvButton(() => matching.map(now));
}

/** Shows only the calls of an agent, of a group or of a result of the audit. The same group once more shows all calls again. */
export function filterBy({ agent, group, audit }) {
  if (agent !== undefined) byAgent.value = agent;
  if (group !== undefined) byCategory.value = byCategory.value === group ? '' : group;
  if (audit !== undefined) byAudit.value = audit;
  startAgain();
}

/** Shows the first page of what there is now. */
export function startAgain() {
  page = 0;
  frozen = null;
}

/** Shows the calls of an agent or of a result of the audit, and no others; without either, all calls. */
export function showOnly({ agent = '*', audit = '' }) {
  search.value = '';
  byCategory.value = '';
  filterBy({ agent, audit });
}

export const filteredGroup = () => byCategory.value;

/** Fills the list. While the list is frozen, calls keep their places, and a new verdict is shown in place. */
export function drawList(calls, now) {
  offerAgents(calls.newestFirst());
  byId('audits').hidden = !now.some(({ audit }) => audit);
  if (isFrozen()) frozen ??= drawn.length ? drawn : now;
  else frozen = null;
  const all = frozen ?? now;
  const chosen = chooser();
  drawn = all;
  matching = all.filter(chosen);
  page = Math.min(page, Math.max(0, Math.ceil(matching.length / perPage()) - 1));
  const from = page * perPage();
  const shown = matching.slice(from, from + perPage());

  shownRows = new Map(shown.map((call) => [call.reservation, shownRows.get(call.reservation) ?? row(call)]));
  for (const call of shown) fill(shownRows.get(call.reservation), calls.now(call));
  place(rows, [...shownRows.values()].map(({ element }) => element));

  byId('list').hidden = !shown.length;
  byId('none').hidden = !!shown.length;
  offerTask(shown.length ? '' : sought());
  byId('clear').hidden = !isChosen();
  byId('newer').disabled = page === 0;
  byId('older').disabled = from + perPage() >= matching.length;
  byId('csv').disabled = !matching.length;
  say(byId('range'), shown.length ? `${count(from + 1)}–${count(from + shown.length)} of ${count(matching.length)}` : '');
  const newer = frozen?.length && now[0] !== frozen[0] ? now.filter(chosen).filter((call) => call.left > frozen[0].left).length : 0;
  byId('newer-came').hidden = !newer;
  say(byId('newer-came'), `Show ${plural(newer, 'newer call', 'newer calls')}`);
}

/** A task that is not here may be known to the journal or to Twilio. */
function offerTask(text) {
  const link = byId('ask-for-task');
  const isTask = /^wt[0-9a-f]{32}$/.test(text);
  link.hidden = !isTask;
  if (isTask) link.querySelector('a').href = `#task=WT${text.slice(2)}`;
}

function offerAgents(calls) {
  const agents = perAgent(calls).sort((a, b) => a.name.localeCompare(b.name));
  const known = [...byAgent.options].slice(1).map((option) => option.value);
  if (agents.length === known.length && agents.every((agent, i) => agent.id === known[i])) return;
  const value = byAgent.value;
  byAgent.replaceChildren(make('option', { value: '*' }, 'All'),
    ...agents.map((agent) => make('option', { value: agent.id }, agent.name)));
  byAgent.value = agents.some((agent) => agent.id === value) ? value : '*';
}
