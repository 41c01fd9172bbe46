// How far a share can be chance. An agent is marked only if the exact interval of the agent's share (Clopper and Pearson) leaves out
// the team's mean. An interval by approximation is too narrow for few calls, and a wrong mark blames a person.

/** With fewer calls, nothing is said of an agent. */
export const FEWEST_CALLS = 10;

/** How often chance alone may mark anybody on the page. */
const ERROR = 0.05;

const STEPS = 40;
const REMEMBERED = 5000;

const logFactorials = [0];
function logFactorial(n) {
  for (let i = logFactorials.length; i <= n; i++) logFactorials.push(logFactorials[i - 1] + Math.log(i));
  return logFactorials[n];
}

/** The probability of at least so many of n, where each is one with probability p. */
function atLeast(hits, n, p) {
  if (hits <= 0) return 1;
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  const [logP, logQ] = [Math.log(p), Math.log1p(-p)];
  let sum = 0;
  for (let i = hits; i <= n; i++) {
    const probability = Math.exp(logFactorial(n) - logFactorial(i) - logFactorial(n - i) + i * logP + (n - i) * logQ);
    sum += probability;
    if (i > n * p && probability < sum * 1e-9) break;
  }
  return Math.min(sum, 1);
}

/** Where a rising function of [0, 1] reaches a value. */
function reaches(value, rising) {
  let [low, high] = [0, 1];
  for (let i = 0; i < STEPS; i++) {
    const middle = (low + high) / 2;
    if (rising(middle) < value) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const known = new Map();

/** Returns the interval of the true share, if hits of n are seen; it is wrong with this probability. */
export function interval(hits, n, error = ERROR) {
  const key = `${hits}/${n}/${error}`;
  if (!known.has(key)) {
    if (known.size > REMEMBERED) known.clear();
    known.set(key, [
      hits === 0 ? 0 : reaches(error / 2, (p) => atLeast(hits, n, p)),
      hits === n ? 1 : reaches(1 - error / 2, (p) => atLeast(hits + 1, n, p)),
    ]);
  }
  return known.get(key);
}

/**
 * Returns a function that compares a share with the team's mean: 'few', 'within', 'above' or 'below'. All comparisons on the page
 * together share one error: of twenty pages on which everybody is alike, at most one has a mark.
 */
export function comparison(comparisons) {
  const error = ERROR / Math.max(1, comparisons);
  return {
    interval: (hits, n) => interval(hits, n, error),
    compare(hits, n, mean) {
      if (n < FEWEST_CALLS) return 'few';
      if (hits / n > mean) return atLeast(hits, n, mean) < error / 2 ? 'above' : 'within';
      return 1 - atLeast(hits + 1, n, mean) < error / 2 ? 'below' : 'within';
    },
  };
}
