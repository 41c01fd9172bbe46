import { GROUPS, agentOf, categoryOf, isDecided } from './words.js';

// Counts of calls with a verdict. The calls are those in the chosen range, newest first.

const MINUTE = 60_000;
const FEWEST_STEPS = 12;
const STEPS = [1 / 6, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440, 10080, 43200].map((minutes) => minutes * MINUTE);

const nothing = () => ({ calls: 0, ...Object.fromEntries(GROUPS.map(({ id }) => [id, 0])) });
const add = (counted, call) => {
  counted.calls += 1;
  counted[categoryOf(call).group] += 1;
};

/** Returns how many calls have a verdict, in all and in each group of categories. */
export function totals(calls) {
  const counted = nothing();
  for (const call of calls) if (isDecided(call)) add(counted, call);
  return counted;
}

/** The same for each agent. */
export function perAgent(calls) {
  const agents = new Map();
  for (const call of calls) {
    if (!isDecided(call)) continue;
    const id = call.worker ?? '';
    let agent = agents.get(id);
    if (!agent) agents.set(id, (agent = { id, name: agentOf(call), ...nothing() }));
    add(agent, call);
  }
  return [...agents.values()];
}

/** The same for each step of time, at most so many of them. */
export function overTime(calls, most) {
  const newest = calls[0].left;
  const oldest = calls.at(-1).left;
  const step = STEPS.find((candidate) => (newest - oldest) / candidate < most - 1) ?? STEPS.at(-1);
  // Local midnight begins a step of hours or days.
  const shift = new Date(newest).getTimezoneOffset() * MINUTE;
  const stepOf = (ms) => Math.floor((ms - shift) / step);
  const last = stepOf(newest);
  const first = Math.max(Math.min(stepOf(oldest), last - FEWEST_STEPS + 1), last - most + 1);
  const steps = Array.from({ length: last - first + 1 }, (_, i) => ({ from: (first + i) * step + shift, ...nothing() }));
  for (const call of calls) {
    const at = steps[stepOf(call.left) - first];
    if (at && isDecided(call)) add(at, call);
  }
  return { step, steps };
}
