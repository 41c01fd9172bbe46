/** The calls that the server stores, by reservation, in the order of their latest changes, without gaps or duplicates. */
export class Calls {
  #life = '';
  #last = 0;
  #byReservation = new Map();
  #newestFirst = null;
  #journal = '';

  /** What to ask for next. */
  get cursor() {
    return `life=${encodeURIComponent(this.#life)}&after=${this.#last}`;
  }

  get size() {
    return this.#byReservation.size;
  }

  /** The call as it is now, if it is still kept. */
  now(call) {
    return this.of(call) ?? call;
  }

  /** Takes a batch in and drops what the server has dropped; returns how many calls are new, and whose verdicts changed. */
  take({ life, oldest, last, journal, calls }) {
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
    this.#journal = journal;
    this.#newestFirst = null;
    return { added, tasks: new Set(calls.map((call) => call.task)) };
  }

  /** The call of a reservation, if it is kept. */
  of({ reservation }) {
    return this.#byReservation.get(reservation);
  }

  /** What the server has read of its journal. */
  get journal() {
    return this.#journal;
  }

  newestFirst() {
    this.#newestFirst ??= [...this.#byReservation.values()].sort((a, b) => b.left - a.left || b.change - a.change);
    return this.#newestFirst;
  }
}
