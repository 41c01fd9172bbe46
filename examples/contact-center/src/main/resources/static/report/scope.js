import { byId, make, say } from './dom.js';
import { place } from './words.js';

// What the whole page is about: a range of time and a queue.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const range = byId('by-time');
const from = byId('from');
const to = byId('to');
const queue = byId('by-queue');

const midnight = () => new Date().setHours(0, 0, 0, 0);
const given = (input) => Date.parse(input.value);
const RANGES = {
  all: () => [-Infinity, Infinity],
  quarter: () => [Date.now() - 15 * MINUTE, Infinity],
  hour: () => [Date.now() - HOUR, Infinity],
  today: () => [midnight(), Infinity],
  day: () => [Date.now() - 24 * HOUR, Infinity],
  week: () => [Date.now() - 7 * 24 * HOUR, Infinity],
  // The last minute counts in full.
  given: () => [given(from) || -Infinity, given(to) + MINUTE || Infinity],
};

/** Sets up the controls; calls `changed` when the reader changes them, and `passed` when time has passed. */
export function scope({ changed, passed }) {
  say(byId('place'), `Times of ${place.replaceAll('_', ' ')}`);
  range.addEventListener('change', () => {
    byId('given').hidden = range.value !== 'given';
    changed();
  });
  for (const input of [from, to, queue]) input.addEventListener('change', changed);
  setInterval(passed, MINUTE / 2);
}

/** Returns the calls in the range and of the queue, in the same order. */
export function inScope(calls) {
  offerQueues(calls);
  const [first, last] = RANGES[range.value]();
  return calls.filter(({ left, queue: of }) => left >= first && left < last && (!queue.value || queue.value === of));
}

export const isWhole = () => range.value === 'all' && !queue.value;

let offered = '';
function offerQueues(calls) {
  const names = [...new Set(calls.map((call) => call.queue))].filter(Boolean).sort((a, b) => a.localeCompare(b));
  const key = names.join('\n');
  if (key === offered) return;
  offered = key;
  const value = queue.value;
  queue.replaceChildren(make('option', { value: '' }, 'All'), ...names.map((name) => make('option', { value: name }, name)));
  queue.value = names.includes(value) ? value : '';
  byId('queues').hidden = names.length < 2;
}
