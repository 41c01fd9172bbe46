import { GROUPS, agentOf, categoryOf, isDecided } from './words.js';

const tally = () => Object.fromEntries(GROUPS.map((group) => [group.id, 0]));
const count = (totals, call) => {
  totals.calls += 1;
  totals[categoryOf(call).group] += 1;
};

/** The calls that the server stores, by reservation, in the order of their latest changes, without gaps or duplicates. */
export class Calls {
  #life = '';
  #last = 0;
  #byReservation = new Map();
  #newestFirst = null;

  /** What to ask for next. */
  get cursor() {
    return `life=${encodeURIComponent(this.#life)}&after=${this.#last}`;
  }

  get size() {
    return this.#byReservation.size;
  }

  /** The call as it is now, if it is still kept. */
  now(call) {
    return this.#byReservation.get(call.reservation) ?? call;
  }

  #decided() {
    return [...this.#byReservation.values()].filter(isDecided);
  }

  /** Takes a batch in and drops what the server has dropped; returns how many calls are new, and whose verdicts changed. */
  take({ life, oldest, last, calls }) {
    if (life !== this.#life) this.#byReservation.clear();
    let added = 0;
    for (const call of calls) {
      if (!this.#byReservation.delete(call.reservation)) added += 1;
      this.#byReservation.set(call.reservation, call);
    }
    for (const [reservation, call] of this.#byReservation) {
      if (call.change >= oldest) break;
      this.#byReservation.delete(reservation);
    }
    this.#life = life;
    this.#last = last;
    this.#newestFirst = null;
    return { added, tasks: new Set(calls.map((call) => call.task)) };
  }

  newestFirst() {
    this.#newestFirst ??= [...this.#byReservation.values()].sort((a, b) => b.left - a.left || b.change - a.change);
    return this.#newestFirst;
  }

  /** Returns how many calls have a verdict, in all and in each group of categories. */
  totals() {
    const totals = { calls: 0, ...tally() };
    for (const call of this.#decided()) count(totals, call);
    return totals;
  }

  /** The same for each agent. */
  agents() {
    const agents = new Map();
    for (const call of this.#decided()) {
      const id = call.worker ?? '';
      let agent = agents.get(id);
      if (!agent) agents.set(id, (agent = { id, name: agentOf(call), calls: 0, ...tally() }));
      count(agent, call);
    }
    return [...agents.values()];
  }

  /** The same for each step of time, at most so many of them. */
  overTime(most) {
    const newest = this.newestFirst()[0].left;
    const oldest = this.newestFirst().at(-1).left;
    const step = STEPS.find((candidate) => (newest - oldest) / candidate < most - 1) ?? STEPS.at(-1);
    // Local midnight begins a step of hours or days.
    const shift = new Date(newest).getTimezoneOffset() * MINUTE;
    const stepOf = (ms) => Math.floor((ms - shift) / step);
    const last = stepOf(newest);
    const first = Math.max(Math.min(stepOf(oldest), last - FEWEST_STEPS + 1), last - most + 1);
    const steps = Array.from({ length: last - first + 1 }, (_, i) => ({ from: (first + i) * step + shift, calls: 0, ...tally() }));
    for (const call of this.#decided()) {
      const at = steps[stepOf(call.left) - first];
      if (at) count(at, call);
    }
    return { step, steps };
  }
}

const MINUTE = 60_000;
const FEWEST_STEPS = 12;
const STEPS = [1 / 6, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 360, 720, 1440, 10080, 43200].map((minutes) => minutes * MINUTE);
