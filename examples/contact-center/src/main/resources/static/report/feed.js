const LONGEST_WAIT = 30_000;
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function next(cursor) {
  const response = await fetch(`report/calls?${cursor}`, { signal: AbortSignal.timeout(LONGEST_WAIT) });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

/**
 * Requests changes in a loop: the server responds as soon as there are any. A cursor says what was received, so that no
 * change is missed or repeated, even after a long interruption.
 */
export async function follow(calls, reading, { took, live, gone }) {
  for (let failures = 0; ;) {
    try {
      await reading.resumed;
      const batch = await next(calls.cursor);
      failures = 0;
      if (!reading.paused) took(calls.take(batch));
      live();
    } catch {
      gone();
      await pause(Math.min(250 * 2 ** failures, 5000));
      failures += 1;
    }
  }
}
