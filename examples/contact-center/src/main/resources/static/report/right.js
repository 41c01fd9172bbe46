import { interval } from './chance.js';
import { byId, make, place, say } from './dom.js';
import { ruleName, rulesAreKnown } from './rules.js';
import { AUDITS, count, isDecided, percent, plural } from './words.js';

// How often the value is wrong: what Voice Insights says of the verdicts, and what Flex Insights read.

const rules = byId('audit-rules');
const rows = new Map();
let decided = [];

/** Sets up the card; calls `disagreeing` when the reader wants to see those calls. */
export function rightness({ disagreeing }) {
  byId('show-disagreeing').addEventListener('click', disagreeing);
  rules.addEventListener('toggle', fillRules);
}

/** Fills the card. */
export function drawRightness(calls) {
  decided = calls.filter((call) => isDecided(call) && call.endedBy);
  const of = (status) => decided.filter(({ audit }) => audit === status).length;
  const [agree, disagree] = [of('AGREES'), of('DISAGREES')];
  const compared = agree + disagree;
  say(byId('agreement'), compared ? agreement(disagree, compared) : notAudited());
  say(byId('not-compared'), compared
    ? `Of the other verdicts, ${count(of('NOT_COMPARABLE'))} cannot be compared, because the report can neither confirm nor contradict them, and ${
      plural(decided.length - compared - of('NOT_COMPARABLE'), 'has', 'have')} no report yet.` : '');
  byId('show-disagreeing').hidden = !disagree;
  rules.hidden = !compared;
  fillRules();
  say(byId('read'), reading());
}

function agreement(disagree, compared) {
  const [low, high] = interval(disagree, compared);
  return `Voice Insights disagrees with ${count(disagree)} of ${plural(compared, 'verdict', 'verdicts')} that it can be compared with: ${
    percent(disagree / compared)}. With so many calls, the true share is between ${percent(low)} and ${percent(high)}.`;
}

const notAudited = () => (decided.length
  ? 'Nobody has checked these verdicts yet. Voice Insights reports 10 to 30 minutes after a call how each leg ended, if Event Streams sends its reports to hangupby.'
  : 'There is no verdict here to check.');

function reading() {
  const of = (kept) => decided.filter((call) => call.kept === kept).length;
  const [kept, lost] = [of('KEPT'), of('LOST')];
  const collided = decided.filter(({ write }) => write === 'COLLIDED').length;
  if (!kept && !lost && !collided) return 'No agent with a value has completed yet, so Flex Insights has read none.';
  return `Flex Insights read ${count(kept)} of ${plural(kept + lost + collided, 'value', 'values')}${
    lost ? `; ${plural(lost, 'value was', 'values were')} replaced or removed by another program` : ''}${
    collided ? `; ${plural(collided, 'value', 'values')} came after an earlier agent’s value was read` : ''}.`;
}

async function fillRules() {
  await rulesAreKnown;
  if (!rules.open) return;
  const byRule = new Map();
  for (const { rule, audit } of decided) {
    if (!byRule.has(rule)) byRule.set(rule, Object.fromEntries(Object.keys(AUDITS).map((status) => [status, 0])));
    byRule.get(rule)[audit ?? 'NO_DATA'] += 1;
  }
  byId('audit-head').replaceChildren(make('tr', {}, ...['Rule', ...Object.values(AUDITS).map(({ name }) => name)].map((name) => make('th', { scope: 'col' }, name))));
  place(byId('audit-body'), [...byRule].sort((a, b) => b[1].DISAGREES - a[1].DISAGREES || a[0].localeCompare(b[0])).map(([rule, counted]) => {
    if (!rows.has(rule)) rows.set(rule, make('tr', {}, make('th', { scope: 'row' }, ruleName(rule)), ...Object.keys(AUDITS).map(() => make('td'))));
    const row = rows.get(rule);
    Object.keys(AUDITS).forEach((status, i) => say(row.cells[i + 1], count(counted[status])));
    return row;
  }));
}
