import { byId, make, mark, place, say } from './dom.js';
import { ANSWERS, FATES, GROUPS, agentOf, answerOf, count, plural, time } from './words.js';

const rows = byId('rows');
const byAnswer = byId('by-answer');
const byAgent = byId('by-agent');
const phone = matchMedia('(max-width: 40rem)');
const perPage = () => (phone.matches ? 20 : 50);

let elements = new Map();
let page = 0;
/** While a reader is at it, the list stands still, as of then. */
let stood = null;
let drawn = [];

const chosen = (call) => (!byAnswer.value || byAnswer.value === (call.answer ?? 'NONE') || byAnswer.value === answerOf(call).group)
  && (byAgent.value === '*' || byAgent.value === (call.worker ?? ''));

function row(call) {
  const answer = answerOf(call);
  const link = make('a', { href: `#task=${call.task}` },
    make('time', { datetime: new Date(call.left).toISOString() }, time(call.left)),
    make('span', { class: 'unseen' }, ': explain this call'));
  const cell = (name, ...content) => make('td', { role: 'cell', class: name }, ...content);
  return make('tr', { role: 'row', 'data-reservation': call.reservation },
    cell('when', link),
    cell('who', make('span', { title: call.worker ?? undefined }, agentOf(call))),
    cell('answer', mark(answer.group), answer.name),
    cell('why', call.reason),
    cell('fate', ...(call.value ? [make('code', {}, call.value), ' '] : []), FATES[call.write] ?? call.write));
}

function standsStill() {
  return page > 0 || byId('explanation').open || rows.contains(document.activeElement?.closest(':focus-visible'));
}

/** Sets up the list's controls. */
export function callsList({ changed }) {
  byAnswer.append(make('option', { value: '' }, 'All'), ...GROUPS.map((group) => {
    const answers = Object.entries(ANSWERS).filter(([, answer]) => answer.group === group.id);
    if (answers.length === 1) return make('option', { value: group.id }, answers[0][1].name);
    return make('optgroup', { label: group.name },
      make('option', { value: group.id }, `${group.name}, all`),
      ...answers.map(([id, answer]) => make('option', { value: id }, answer.name)));
  }));
  byAgent.append(make('option', { value: '*' }, 'All'));
  const again = (toPage) => {
    page = toPage;
    stood = page > 0 ? stood : null;
    changed();
  };
  byAnswer.addEventListener('change', () => again(0));
  byAgent.addEventListener('change', () => again(0));
  byId('clear').addEventListener('click', () => {
    byAnswer.value = '';
    byAgent.value = '*';
    again(0);
    byAnswer.focus();
  });
  byId('newer').addEventListener('click', () => turn(-1));
  byId('older').addEventListener('click', () => turn(1));
  byId('newer-came').addEventListener('click', () => {
    byId('calls').focus();
    again(0);
  });
  const turn = (by) => {
    stood ??= drawn;
    again(page + by);
    byId('calls').scrollIntoView({ block: 'start' });
  };
}

/** Shows only the calls of an agent, or those with an answer of a group; for the same once more, all again. */
export function filterBy({ agent, group }) {
  if (agent !== undefined) byAgent.value = agent;
  if (group !== undefined) byAnswer.value = byAnswer.value === group ? '' : group;
  page = 0;
  stood = null;
}

export const filteredGroup = () => byAnswer.value;

/** Fills the list; a call that has not changed keeps its row. */
export function drawList(calls) {
  offerAgents(calls);
  const now = calls.newestFirst();
  if (standsStill()) stood ??= drawn.length ? drawn : now;
  else stood = null;
  const all = stood ?? now;
  drawn = all;
  const matching = all.filter(chosen);
  page = Math.min(page, Math.max(0, Math.ceil(matching.length / perPage()) - 1));
  const from = page * perPage();
  const shown = matching.slice(from, from + perPage());

  const kept = new Map();
  for (const call of shown) kept.set(call, elements.get(call) ?? row(call));
  elements = kept;
  place(rows, [...kept.values()]);

  byId('list').hidden = !shown.length;
  byId('none').hidden = !!shown.length;
  byId('clear').hidden = !byAnswer.value && byAgent.value === '*';
  byId('newer').disabled = page === 0;
  byId('older').disabled = from + perPage() >= matching.length;
  say(byId('range'), shown.length ? `${count(from + 1)}–${count(from + shown.length)} of ${count(matching.length)}` : '');
  const newer = stood && now[0] !== stood[0] ? newerThan(stood[0], now) : 0;
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
