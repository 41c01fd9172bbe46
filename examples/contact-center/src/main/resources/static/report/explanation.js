import { byId, make, mark } from './dom.js';
import { details } from './list.js';
import { ruleName, rulesAreKnown } from './rules.js';
import { SOURCES, agentOf, categoryOf, plain, plural, time } from './words.js';

const dialog = byId('explanation');
const why = byId('why');
const title = byId('explanation-title');
let asked = null;
let knownOf = () => null;

const inAddress = (name) => new URLSearchParams(location.hash.slice(1)).get(name);
const taskInAddress = () => inAddress('task');

const facts = (heading, known) => (known.length
  ? [make('h4', {}, heading), make('ul', {}, ...known.map((fact) => make('li', {},
    make('span', { class: 'source' }, `${SOURCES[fact.source] ?? fact.source}:`), ` ${plain(fact.statement)}`)))]
  : []);

const listed = (rules, first) => make('ol', { start: first }, ...rules.map((rule) => make('li', { class: rule.matches ? 'matches' : false },
  ruleName(rule.rule), `: ${plain(rule.says)}`)));

/** The rules that did not match come before the rule that did, and are folded. */
function rules(evaluated) {
  if (!evaluated.length) return [make('p', {}, 'No rule was evaluated.')];
  const before = evaluated.filter((rule) => !rule.matches);
  const deciding = evaluated.filter((rule) => rule.matches);
  return [
    make('h4', {}, 'Rules, in the order of evaluation'),
    ...(before.length ? [make('details', {},
      make('summary', {}, deciding.length ? `${plural(before.length, 'rule', 'rules')} before did not match` : plural(before.length, 'rule', 'rules')),
      listed(before))] : []),
    ...(deciding.length ? [listed(deciding, before.length + 1)] : []),
  ];
}

function part(segment, i, { length }) {
  const category = categoryOf(segment);
  const known = details(knownOf(segment) ?? {});
  const place = length > 1 ? `segment ${i + 1} of ${length} · ` : '';
  return make('section', { class: 'part', 'data-segment': segment.reservation },
    make('h3', { title: segment.worker }, agentOf(segment)),
    make('p', { class: 'aside' }, `${place}left at ${time(segment.left)}${known ? ` · ${known}` : ''}`),
    make('p', { class: 'verdict' }, mark(category.group), make('strong', {}, category.name)),
    make('p', {}, `Because ${plain(segment.reason)}, by the rule `, ruleName(segment.rule), '.'),
    make('p', { class: 'value' }, 'Value for the task: ', segment.value ? make('code', {}, segment.value) : 'none', segment.written
      ? ` (${plain(segment.written)}).`
      : '. It was decided for this explanation only; nothing was written, because no verdict is stored yet.'),
    ...facts(segment.endedBy === 'UNKNOWN' ? 'What is known' : 'Decisive facts', segment.decisive),
    ...facts('Other facts', segment.other),
    ...rules(segment.rules));
}

async function load(task) {
  asked = task;
  why.setAttribute('aria-busy', 'true');
  const content = await explained(task);
  if (asked !== task) return;
  why.replaceChildren(...content);
  why.removeAttribute('aria-busy');
}

/** A call with several agents has several segments: shows the segment that the reader selected. */
function showSelected() {
  const parts = [...why.querySelectorAll('.part')];
  const selected = parts.findIndex((shown) => shown.dataset.segment === inAddress('segment'));
  if (selected > 0) parts[selected].scrollIntoView({ block: 'start' });
}

async function explained(task) {
  const identity = make('p', { class: 'aside sid' }, `Task ${task}`);
  try {
    const response = await fetch(`report/explanation?task=${encodeURIComponent(task)}`);
    const explanation = await response.json();
    await rulesAreKnown;
    if (!response.ok) throw new Error(explanation.message ?? `The server responded with status ${response.status}.`);
    return [identity, ...(explanation.note ? [make('p', {}, plain(explanation.note))] : []), ...explanation.segments.map(part)];
  } catch (failure) {
    const again = make('button', { type: 'button' }, 'Try again');
    again.addEventListener('click', () => {
      title.focus();
      load(task);
    });
    const message = failure instanceof TypeError || failure instanceof SyntaxError
      ? 'The server could not be asked. It may be restarting.' : failure.message;
    return [identity, make('p', { role: 'alert' }, message), again];
  }
}

function follow() {
  const task = taskInAddress();
  if (!task) {
    if (dialog.open) dialog.close();
    return;
  }
  if (!dialog.open) {
    why.replaceChildren(make('p', {}, 'Loading …'));
    dialog.showModal();
    title.focus();
  }
  load(task).then(showSelected);
}

/** Opens with an address that ends in #task=WT…&segment=WR…, so that a call can be sent to somebody; goes with Escape or the back button. */
export function explanations({ closed, known }) {
  knownOf = known;
  addEventListener('hashchange', follow);
  byId('close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => {
    asked = null;
    if (taskInAddress()) history.replaceState(null, '', location.pathname + location.search);
    closed();
  });
  follow();
}

/** A verdict can turn while one reads why. */
export function reloadIf(changed) {
  if (dialog.open && asked && changed.has(asked)) load(asked);
}
