import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { Calls } from '../src/main/resources/static/report/calls.js';
import { Demo, Gate } from './demo.js';

const HELD = 10_000;
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

let demo;
let gate;
let browser;
let context;
let page;
let troubles;

before(async () => {
  demo = await Demo.start(HELD);
  gate = new Gate();
  await gate.open(demo.port);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync'],
  });
});

after(async () => {
  await browser?.close();
  gate?.close();
  demo?.stop();
});

beforeEach(() => visit({ width: 1280, height: 900 }));

/** Whatever a test looks at, the page asks nobody else, and the browser has nothing to complain of. */
afterEach(async () => {
  await context.close();
  assert.deepEqual(troubles, []);
});

async function visit(viewport, options = {}) {
  await context?.close();
  context = await browser.newContext({ viewport, locale: 'en-GB', ...options });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  troubles = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => new URL(request.url()).hostname === '127.0.0.1' || troubles.push(request.url()));
}

async function open(hash = '', url = demo.url) {
  await page.goto(url + hash);
  await page.waitForFunction((all) => document.querySelector('#range').textContent.endsWith(` of ${all}`), '10,000');
}

const text = (selector) => page.textContent(selector);
const reservations = () => page.$$eval('#rows tr', (rows) => rows.map((row) => row.dataset.reservation));
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

test('shows a call within a second of its end, beside 10,000 others', async (t) => {
  await open();
  await page.evaluate(() => {
    const seen = new Map([...document.querySelectorAll('#rows tr')].map((row) => [row.dataset.reservation, 0]));
    window.seen = seen;
    new MutationObserver(() => document.querySelectorAll('#rows tr').forEach(({ dataset: { reservation } }) =>
      seen.has(reservation) || seen.set(reservation, Date.now()))).observe(document.querySelector('#rows'), { childList: true });
  });

  const calls = await demo.callsMore(25);
  await page.waitForFunction((last) => window.seen.has(last), calls.at(-1).reservation);

  const seen = new Map(await page.evaluate(() => [...window.seen]));
  const fresh = calls.filter((call) => seen.get(call.reservation));
  const sinceVerdict = fresh.map((call) => seen.get(call.reservation) - call.told);
  const sinceEnd = fresh.map((call) => seen.get(call.reservation) - call.left);
  t.diagnostic(`from verdict to page: median ${median(sinceVerdict)} ms, slowest ${Math.max(...sinceVerdict)} ms`);
  t.diagnostic(`from the call's end to page: median ${median(sinceEnd)} ms, slowest ${Math.max(...sinceEnd)} ms`);
  assert.ok(fresh.length >= 20, `${fresh.length} of 25 calls seen`);
  assert.ok(median(sinceVerdict) < 1000);
  assert.ok(median(sinceEnd) < 1000);
});

test('holds 10,000 calls, and stays quick and small', async (t) => {
  await page.addInitScript(() => {
    window.longest = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((task) => (window.longest = Math.max(window.longest, task.duration))))
      .observe({ type: 'longtask', buffered: true });
  });
  const began = Date.now();
  await open();
  const opened = Date.now() - began;
  const quick = async (selector, act) => {
    const element = await page.$(selector);
    return element.evaluate(async (target, [kind, value]) => {
      const start = performance.now();
      const drawn = new Promise((resolve) => new MutationObserver(resolve)
        .observe(document.querySelector('#range'), { childList: true, characterData: true, subtree: true }));
      if (value !== undefined) target.value = value;
      target.dispatchEvent(new Event(kind, { bubbles: true }));
      await drawn;
      return Math.round(performance.now() - start);
    }, act);
  };

  const filtered = await quick('#by-answer', ['change', 'WARM_TRANSFER']);
  assert.deepEqual([...new Set(await page.$$eval('#rows .answer', (cells) => cells.map((cell) => cell.textContent)))],
    ['Warm transfer']);
  const turned = await quick('#older', ['click']);
  assert.match(await text('#range'), /^51–100 of /);
  await page.click('#clear');
  await page.click('#chart-numbers summary');
  await demo.callsMore(10);

  const { nodes, longest } = await page.evaluate(() => ({ nodes: document.querySelectorAll('*').length, longest: window.longest }));
  t.diagnostic(`opened in ${opened} ms, filtered in ${filtered} ms, turned the page in ${turned} ms`);
  t.diagnostic(`${nodes} elements, the longest task took ${Math.round(longest)} ms`);
  assert.ok(nodes < 2500);
});

async function audit() {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations', 'passes'],
  }));
  assert.ok(passes.length > 20);
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(' ')}`), []);
}

for (const [width, colorScheme] of [[1280, 'light'], [1280, 'dark'], [360, 'light'], [360, 'dark']]) {
  test(`passes an accessibility audit at ${width} pixels, ${colorScheme}, with and without the explanation`, async () => {
    await visit({ width, height: 800 }, { colorScheme, reducedMotion: 'reduce' });
    await open();
    for (const closed of await page.$$('details')) await closed.evaluate((details) => (details.open = true));
    await page.selectOption('#by-answer', 'customer');
    await page.waitForSelector('#chart-body tr');
    await audit();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    assert.equal(await page.$eval('#state', (state) => getComputedStyle(state, '::before').animationName), 'none');

    const live = (await demo.callsMore(3)).at(-1);
    await page.goto(`${demo.url}#task=${live.task}`);
    await page.waitForSelector('#why ol');
    await audit();
    await page.route(/\/report\/explanation\?/, (route) => route.fulfill({ status: 502, json: { message: 'Twilio is away.' } }));
    await page.evaluate((task) => (location.hash = `task=${task}`), `WT${'0'.repeat(32)}`);
    await page.waitForSelector('[role=alert]');
    await audit();
    troubles = troubles.filter((trouble) => !trouble.includes('502'));
  });
}

test('says what will come while there is nothing, and passes the audit then too', async () => {
  let asked = 0;
  await page.route(/\/report\/calls\?/, async (route) => {
    asked += 1;
    if (asked === 1) await route.fulfill({ json: { life: 'one', oldest: 0, last: 0, more: false, calls: [] } });
  });
  await page.goto(demo.url);
  await page.waitForSelector('#empty:not([hidden])');
  assert.match(await text('#empty'), /No call has ended yet.*it shows here with who ended it and why/s);
  assert.equal(await page.isVisible('#report'), false);
  await audit();
});

test('opens and closes an explanation by keyboard alone, while the list stands still', async () => {
  await open();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the latest calls');
  await page.keyboard.press('Enter');
  for (let tabs = 0; tabs < 4; tabs += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement.closest('#rows') !== null)) break;
  }
  const focused = () => page.evaluate(() => document.activeElement.closest('tr')?.dataset.reservation);
  const first = await focused();
  assert.ok(first, 'the focus is in the list');

  await page.keyboard.press('Enter');
  await page.waitForSelector('#why');
  assert.equal(await page.evaluate(() => document.activeElement.closest('dialog')?.open), true);
  await page.waitForURL(/#task=WT[0-9a-f]{32}$/);
  const older = await reservations();
  await demo.callsMore(3);
  await page.waitForSelector('#newer-came:not([hidden])');
  assert.deepEqual(await reservations(), older);

  await page.keyboard.press('Escape');
  assert.equal(await page.evaluate(() => document.querySelector('dialog').open), false);
  assert.equal(await focused(), first);
  await page.waitForURL(demo.url);

  assert.match(await text('#newer-came'), /^Show \d+ newer calls$/);
  await page.focus('#newer-came');
  await page.keyboard.press('Enter');
  await page.waitForFunction((then) => document.querySelector('#rows tr').dataset.reservation !== then, older[0]);
});

test('explains a call: evidence, rules, verdict, what was written; and tells when it cannot', async () => {
  const live = (await demo.callsMore(8)).find((call) => call.answer === 'CUSTOMER' || call.answer === 'AGENT');
  await page.route(/\/report\/explanation\?/, (route) => route.abort(), { times: 1 });
  await page.goto(`${demo.url}#task=${live.task}`);
  assert.equal(await text('[role=alert]'), 'The server could not be asked. It may be restarting.');
  troubles = [];

  await page.click('#why button');
  await page.waitForSelector('#why h3');
  const why = await page.innerText('#why');
  assert.ok(why.includes(live.name) && why.includes(live.task));
  assert.ok(why.includes(`Because ${live.reason}, by the rule ${live.rule}.`));
  assert.match(why, /In the task: (written|it stood there already)\./);
  assert.match(why, /It rests on\s+Twilio’s conference: it ended/);
  assert.equal(await page.textContent('#why li.applies code'), live.rule);
  assert.match(why, /not-a-customer-call: does not apply, a customer was on a line/);
  assert.doesNotMatch(why, /\+1555|client:/);
});

test('has all calls, and each once, after the connection was cut', async () => {
  await open('', gate.url);
  let last = 0;
  const batches = [];
  page.on('response', async (response) => response.url().includes('/report/calls') && batches.push(await response.json()));
  gate.cut();
  await page.waitForSelector('#state[data-state=gone]');
  assert.equal(await text('#state'), 'Connection lost, trying again …');
  const missed = await demo.callsMore(6);
  gate.mend();
  await page.waitForSelector('#state[data-state=live]');
  await page.waitForFunction((call) => document.querySelector(`[data-reservation="${call}"]`), missed.at(-1).reservation);
  await page.click('#pause');
  assert.equal(await text('#state'), 'Paused');
  const drawn = await page.evaluate(() => new Promise((resolve) => setTimeout(() => requestAnimationFrame(() =>
    resolve([...document.querySelectorAll('#rows tr')].map((row) => row.dataset.reservation))), 300)));

  const told = batches.flatMap((batch) => batch.calls);
  last = Math.max(...told.filter((call) => drawn.includes(call.reservation)).map((call) => call.change));
  const now = await demo.everything();
  const expected = now.filter((call) => call.change <= last).sort((a, b) => b.left - a.left || b.change - a.change);
  assert.deepEqual(drawn, expected.slice(0, 50).map((call) => call.reservation));
  assert.ok(missed.every((call) => drawn.includes(call.reservation)));
  assert.equal(new Set(told.map((call) => call.change)).size, told.length);
  troubles = troubles.filter((trouble) => !/ERR_(EMPTY_RESPONSE|CONNECTION|INCOMPLETE|SOCKET|NETWORK)/.test(trouble));

  await page.click('#pause');
  await page.waitForFunction((call) => document.querySelector(`[data-reservation="${call}"]`),
    (await demo.callsMore(1)).at(-1).reservation);
});

test('filters by answer and by agent, and sorts the agents', async () => {
  await open();
  await page.click('#tiles [data-group=unknown]');
  await page.waitForFunction(() => [...document.querySelectorAll('#rows .answer')].every((cell) => cell.textContent === 'Unknown'));
  assert.equal(await page.getAttribute('#tiles [data-group=unknown]', 'aria-pressed'), 'true');
  await page.click('#clear');

  await page.click('#agents-head button[data-column=dropped]');
  await page.waitForSelector('th[aria-sort=descending] button[data-column=dropped]');
  const shares = await page.$$eval('#agents-body tr', (rows) => rows.map((row) => Number.parseInt(row.cells[4].textContent.split(' ')[1] ?? 0, 10)));
  assert.deepEqual(shares, [...shares].sort((a, b) => b - a));

  const name = await page.$eval('#agents-body button', (button) => {
    button.click();
    return button.textContent;
  });
  await page.waitForFunction((agent) => [...document.querySelectorAll('#rows .who')].every((cell) => cell.textContent === agent), name);
});

test('speaks up twice a minute, not at every call', async () => {
  await page.clock.install();
  await open();
  const { reservation } = (await demo.callsMore(2)).at(-1);
  await page.waitForFunction((call) => document.querySelector(`[data-reservation="${call}"]`), reservation);
  assert.equal(await text('#announcer'), '');
  await page.clock.fastForward(30_000);
  assert.match(await text('#announcer'), /^[\d,]+ calls more, 10,000 in all\.$/);
});

test('keeps what the server keeps: the latest of each, none of another process', () => {
  const calls = new Calls();
  const call = (change, reservation, left = change) => ({ change, reservation, left, task: `WT${reservation}`, answer: 'AGENT' });
  const held = () => calls.newestFirst().map(({ reservation, change }) => `${reservation}${change}`);

  calls.take({ life: 'one', oldest: 1, last: 3, calls: [call(1, 'a'), call(2, 'b'), call(3, 'c')] });
  const { added } = calls.take({ life: 'one', oldest: 2, last: 5, calls: [call(4, 'b', 2), call(5, 'd')] });
  assert.deepEqual([held(), added, calls.cursor], [['d5', 'c3', 'b4'], 1, 'life=one&after=5']);

  calls.take({ life: 'two', oldest: 1, last: 1, calls: [call(1, 'e')] });
  assert.deepEqual([held(), calls.cursor], [['e1'], 'life=two&after=1']);
});
