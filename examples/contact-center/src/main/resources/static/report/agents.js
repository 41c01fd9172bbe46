import { byId, make, place, say } from './dom.js';
import { GROUPS, count, share } from './words.js';

const SHOWN = 15;
const WITH_SHARE = new Set(['agent', 'dropped']);
const COLUMNS = [
  { id: 'name', name: 'Agent' },
  { id: 'calls', name: 'Calls' },
  ...GROUPS.map(({ id, name, short }) => ({ id, name: short ?? name })),
];

const head = byId('agents-head');
const body = byId('agents-body');
const all = byId('all-agents');
const rows = new Map();
let sortedBy = 'calls';
let showsAll = false;

const orders = {
  name: (a, b) => a.name.localeCompare(b.name),
  calls: (a, b) => b.calls - a.calls || orders.name(a, b),
};
const orderBy = (id) => orders[id]
  ?? (WITH_SHARE.has(id)
    ? (a, b) => b[id] / b.calls - a[id] / a.calls || orders.calls(a, b)
    : (a, b) => b[id] - a[id] || orders.calls(a, b));

/** Sets up the table; calls `picked` with the agent that the reader picks. */
export function agentsTable({ picked, changed }) {
  head.replaceChildren(make('tr', {}, ...COLUMNS.map(({ id, name }) => {
    const button = make('button', { type: 'button', 'data-column': id }, name);
    return make('th', { scope: 'col' }, button);
  })));
  head.addEventListener('click', ({ target }) => {
    const column = target.closest('button')?.dataset.column;
    if (!column) return;
    sortedBy = column;
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

function row(agent) {
  const name = make('button', { type: 'button', 'data-agent': agent.id, title: agent.id || undefined }, agent.name);
  const cells = COLUMNS.slice(1).map(() => make('td'));
  return { element: make('tr', {}, make('th', { scope: 'row' }, name), ...cells), cells };
}

/** Fills the table; an agent's row stays the same element, so that whoever has the focus there keeps it. */
export function drawAgents(calls) {
  const agents = calls.agents().sort(orderBy(sortedBy));
  const shown = showsAll ? agents : agents.slice(0, SHOWN);
  const used = new Set(GROUPS.filter(({ id }) => agents.some((agent) => agent[id])).map(({ id }) => id));

  [...head.rows[0].cells].forEach((cell, i) => {
    const { id } = COLUMNS[i];
    if (id === sortedBy) cell.setAttribute('aria-sort', id === 'name' ? 'ascending' : 'descending');
    else cell.removeAttribute('aria-sort');
    cell.hidden = i > 1 && !used.has(id);
  });
  const elements = shown.map((agent) => {
    if (!rows.has(agent.id)) rows.set(agent.id, row(agent));
    const { element, cells } = rows.get(agent.id);
    cells.forEach((cell, i) => {
      const { id } = COLUMNS[i + 1];
      const part = WITH_SHARE.has(id) && agent[id] ? ` ${share(agent[id], agent.calls)}` : '';
      const text = `${count(agent[id])}${part}`;
      cell.hidden = i > 0 && !used.has(id);
      if (cell.textContent === text) return;
      cell.replaceChildren(count(agent[id]), ...(WITH_SHARE.has(id) ? [make('small', {}, part)] : []));
      cell.classList.toggle('nought', !agent[id]);
    });
    return element;
  });
  place(body, elements);
  all.hidden = agents.length <= SHOWN;
  say(all, showsAll ? `Show the first ${SHOWN} only` : `Show all ${count(agents.length)} agents`);
  for (const [id] of rows) if (!shown.some((agent) => agent.id === id)) rows.delete(id);
}
