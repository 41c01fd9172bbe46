import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { Demo, Gate } from './demo.js';

const HELD = 10_000;
const LONGEST = 60_000;
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

let demo;
let gate;
let browser;
let context;
let page;
let troubles;
let expected;

before(async () => {
  demo = await Demo.start(HELD);
  gate = new Gate();
  await gate.open(demo.port);
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    timeout: LONGEST,
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

/** Whatever a test looks at, the page asks nobody else, and the browser complains of nothing that the test did not bring about. */
afterEach(async () => {
  await context.close();
  assert.deepEqual(troubles.filter((trouble) => !expected?.test(trouble)), []);
});

async function visit(viewport, options = {}) {
  await context?.close();
  context = await browser.newContext({ viewport, locale: 'en-GB', ...options });
  page = await context.newPage();
  page.setDefaultTimeout(LONGEST);
  troubles = [];
  expected = null;
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && troubles.push(message.text()));
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => new URL(request.url()).hostname === '127.0.0.1' || troubles.push(request.url()));
}

async function open(hash = '', url = demo.url) {
  await page.goto(url + hash);
  await see('#range', / of 10,000$/);
}

/** Responds to the page's requests for calls with these responses in order. Further requests get no response. */
async function feed(...responses) {
  let asked = 0;
  await page.route(/\/report\/calls\?/, async (route) => {
    const response = responses[asked];
    asked += 1;
    if (response) await route.fulfill({ json: await response });
  });
}

const text = (selector) => page.textContent(selector);
const reservations = () => page.$$eval('#rows tr', (rows) => rows.map((row) => row.dataset.reservation));
const until = (condition, argument) => page.waitForFunction(condition, argument);
const see = (selector, pattern) => until(([where, { source, flags }]) =>
  new RegExp(source, flags).test(document.querySelector(where)?.textContent), [selector, { source: pattern.source, flags: pattern.flags }]);
const seeRow = ({ reservation }) => page.waitForSelector(`[data-reservation="${reservation}"]`, { state: 'attached' });
const seeAll = (selector, wanted) => until(([where, words]) => {
  const found = [...document.querySelectorAll(where)];
  return found.length > 0 && found.every((element) => element.textContent === words);
}, [selector, wanted]);
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Presses a key and waits for where that leads. */
async function press(key, leadsTo, argument) {
  await page.keyboard.press(key);
  await until(leadsTo, argument);
}

test('shows a call within a second of the time at which a plain client has its verdict, beside 10,000 others', async (t) => {
  await open();
  await page.evaluate(() => {
    window.seen = new Map([...document.querySelectorAll('#rows tr')].map((row) => [row.dataset.reservation, { at: 0 }]));
    new MutationObserver(() => document.querySelectorAll('#rows tr').forEach((row) => {
      const { reservation } = row.dataset;
      const category = row.querySelector('.category').textContent;
      if (!window.seen.has(reservation)) window.seen.set(reservation, { at: Date.now(), category });
    })).observe(document.querySelector('#rows'), { childList: true });
  });

  const calls = await demo.callsMore(30);
  await until((all) => all.every((reservation) => window.seen.has(reservation)), calls.map((call) => call.reservation));

  const seen = new Map(await page.evaluate(() => [...window.seen]));
  const first = calls.map((call) => seen.get(call.reservation));
  const sinceEnd = first.map(({ at }, i) => at - calls[i].left);
  const kinds = new Set(calls.map((call) => call.endedBy));
  const pending = first.filter(({ category }) => category === 'Being decided').length;
  t.diagnostic(`from the call's end to page: median ${median(sinceEnd)} ms, slowest ${Math.max(...sinceEnd)} ms`);
  t.diagnostic(`${calls.length} calls with ${kinds.size} categories, ${pending} of them first shown as being decided`);
  assert.ok(Math.min(...sinceEnd) > 0);
  // The client shares the machine, so that a slow machine makes both late.
  assert.ok(median(calls.map((call, i) => first[i].at - call.arrived)) < 1000);
});

test('shows a call before its verdict, counts it as no verdict, and turns its row into the verdict, or shows that it is parked', async () => {
  const now = Date.now();
  const call = (change, name, stage, more) => ({
    change, changed: now, reservation: `WR${name}`, task: `WT${name}`, worker: `WK${name}`, name, left: now - 1000, stage, reason: `${name}'s reason`, ...more,
  });
  const verdict = { endedBy: 'CUSTOMER', value: 'customer', rule: 'customer-left', write: 'WRITTEN' };
  let decide;
  await feed(
    {
      life: 'one', oldest: 1, last: 3, more: false,
      calls: [call(1, 'Ann', 'DECIDED', { endedBy: 'AGENT', write: 'ALREADY_SET' }), call(2, 'Bob', 'UNDECIDED'), call(3, 'Cid', 'UNDECIDED')],
    },
    new Promise((resolve) => (decide = resolve)),
  );
  await page.goto(demo.url);
  await see('#scope', /^1 segment since .*, and 2 more without a verdict yet$/);
  const row = (name) => page.innerText(`[data-reservation=WR${name}]`);
  assert.match(await row('Bob'), /Bob\s+Being decided\s+Bob's reason\s+nothing yet/);
  assert.equal(await text('#range'), '1–3 of 3');
  assert.deepEqual(await page.$$eval('#tiles li:not([hidden])', (tiles) => tiles.map((tile) => tile.textContent)),
    ['Customer 0 0%', 'Agent 1 100%', 'Dropped 0 0%', 'Transfers 0 0%', 'Other 0 0%', 'Unknown 0 0%']);
  assert.deepEqual(await page.$$eval('#agents-body tr', (rows) => rows.map((agent) => agent.cells[0].textContent)), ['Ann']);
  await page.click('#chart-numbers summary');
  await seeAll('#chart-body td:nth-of-type(1)', '1');

  await page.selectOption('#by-category', 'UNDECIDED');
  await see('#range', /^1–2 of 2$/);
  await page.focus('#clear');
  await press('Tab', () => document.activeElement.closest('#rows') !== null);
  const focused = await page.evaluate(() => document.activeElement.closest('tr').dataset.reservation);
  decide({ life: 'one', oldest: 1, last: 5, more: false, calls: [call(4, 'Bob', 'DECIDED', verdict), call(5, 'Cid', 'PARKED')] });
  await see('[data-reservation=WRBob]', /Customer hung up/);
  assert.match(await row('Bob'), /Bob\s+Customer hung up\s+Bob's reason\s+customer written/);
  assert.match(await row('Cid'), /Cid\s+Parked\s+Cid's reason\s+nothing known/);
  assert.equal(await page.evaluate(() => document.activeElement.closest('tr')?.dataset.reservation), focused);
  assert.match(await text('#scope'), /^2 segments since .*, and 1 more without a verdict yet$/);
  assert.match(await text('#tiles [data-group=customer]'), /1 50%$/);

  await page.focus('#by-category');
  await page.waitForSelector('#none:not([hidden])');
  await page.selectOption('#by-category', 'pending');
  await see('#range', /^1–1 of 1$/);
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

  const filtered = await quick('#by-category', ['change', 'WARM_TRANSFER']);
  await seeAll('#rows .category', 'Warm transfer');
  const turned = await quick('#older', ['click']);
  await see('#range', /^51–100 of /);
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
    const { task } = await demo.callMore();
    const calls = (await demo.everything()).map((call) => (call.stage === 'DECIDED' ? call : { ...call, left: Date.now() }));
    await feed({ life: 'one', oldest: 0, last: 1, more: false, calls });
    await open();
    for (const closed of await page.$$('details')) await closed.evaluate((details) => (details.open = true));
    await page.waitForSelector('#chart-body tr');
    await see('#rows', /Being decided/);
    await see('#rows', /Parked/);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    assert.ok(await page.$eval('#calls', (card) => card.scrollWidth <= card.clientWidth), 'the list stays in its card');
    await audit();
    await page.selectOption('#by-category', 'customer');
    await seeAll('#rows .category', 'Customer hung up');
    await audit();
    assert.equal(await page.$eval('#state', (state) => getComputedStyle(state, '::before').animationName), 'none');

    expected = /502/;
    await page.evaluate((sid) => (location.hash = `task=${sid}`), task);
    await page.waitForSelector('#why summary');
    for (const closed of await page.$$('#why details')) await closed.evaluate((details) => (details.open = true));
    await audit();
    await page.route(/\/report\/explanation\?/, (route) => route.fulfill({ status: 502, json: { message: 'Twilio is away.' } }));
    await page.evaluate((sid) => (location.hash = `task=${sid}`), `WT${'0'.repeat(32)}`);
    await page.waitForSelector('[role=alert]');
    await audit();
  });
}

test('says what will come while there is nothing, and passes the audit then too', async () => {
  await feed({ life: 'one', oldest: 0, last: 0, more: false, calls: [] });
  await page.goto(demo.url);
  await page.waitForSelector('#empty:not([hidden])');
  assert.match(await text('#empty'), /No call has ended yet.*appears here as soon as it ends, with who ended it and why/s);
  assert.equal(await page.isVisible('#report'), false);
  await audit();
});

test('opens and closes an explanation by keyboard alone, while the list stands still', async () => {
  const isFocused = (reservation) => document.activeElement.closest('tr')?.dataset.reservation === reservation;
  await open();
  await press('Tab', () => document.activeElement.textContent === 'Skip to the latest calls');
  await press('Enter', () => document.activeElement.id === 'calls');
  await press('Tab', () => document.activeElement.id === 'search');
  await press('Tab', () => document.activeElement.id === 'by-category');
  await press('Tab', () => document.activeElement.id === 'by-agent');
  await press('Tab', () => document.activeElement.id === 'by-audit');
  await press('Tab', () => document.activeElement.closest('#rows') !== null);
  const first = await page.evaluate(() => document.activeElement.closest('tr').dataset.reservation);

  await press('Enter', () => document.activeElement.closest('dialog')?.open);
  await until(() => /^#task=WT[0-9a-f]{32}&segment=WR[0-9a-f]{32}$/.test(location.hash));
  const older = await reservations();
  await demo.callsMore(3);
  await see('#newer-came:not([hidden])', /^Show \d+ newer calls$/);
  assert.deepEqual(await reservations(), older);

  await press('Escape', () => !document.querySelector('dialog').open);
  await until(isFocused, first);
  await until(() => location.hash === '');

  await page.focus('#newer-came');
  await demo.callsMore(1);
  assert.deepEqual(await reservations(), older);
  await press('Enter', (then) => document.querySelector('#rows tr').dataset.reservation !== then, older[0]);
});

test('moves no row away under the mouse', async () => {
  await open();
  const row = await page.$('#rows tr:nth-child(3)');
  await row.hover();
  const [older, { y }] = [await reservations(), await row.boundingBox()];
  await demo.callsMore(2);
  await see('#newer-came:not([hidden])', /^Show \d+ newer calls?$/);
  assert.deepEqual([await reservations(), (await row.boundingBox()).y], [older, y]);
  await page.mouse.move(1, 1);
  await until((then) => document.querySelector('#rows tr').dataset.reservation !== then, older[0]);
});

test('explains a call: evidence, rules, verdict, what was written; and tells when it cannot', async () => {
  expected = /net::ERR_FAILED/;
  const live = await demo.callMore((call) => call.rule === 'customer-left' && call.write === 'WRITTEN');
  // Without a change, the page does not load the explanation again.
  await feed();
  await page.route(/\/report\/explanation\?/, (route) => route.abort(), { times: 1 });
  await page.goto(`${demo.url}#task=${live.task}`);
  await see('[role=alert]', /^The server could not be asked\. It may be restarting\.$/);

  await page.click('#why button');
  await page.waitForSelector('#why h3');
  const why = await page.innerText('#why');
  assert.ok(why.includes(live.name) && why.includes(live.task));
  assert.ok(why.includes(`Because ${live.reason}, by the rule ${live.rule}.`));
  assert.match(why, /Value for the task: customer \(written\)\./);
  // Whichever arrives first: the conference's end or the leave.
  assert.match(why, /Decisive facts\s+(Twilio’s conference: it ended because the customer's leg left|The conference’s status callbacks: .*: hung up or lost the connection)/);
  assert.doesNotMatch(why, /not-a-customer-call|UTC|-exit-left|participant_/);
  await page.click('#why details summary');
  assert.match(await page.innerText('#why'), /\d+ rules before did not match\s+not-a-customer-call: does not match, a customer was on a line/);
  assert.ok((await page.$$eval('#why li.matches code', (rules) => rules.map((rule) => rule.textContent))).includes(live.rule));
  assert.doesNotMatch(why, /\+1555|client:/);

  await page.unroute(/\/report\/calls\?/);
  await page.reload();
  await see('#why', /left at .* · talked 0:0\d · short/);
});

test('shows the selected segment of a call with two agents, and calls what is known of an unknown end no decisive facts', async () => {
  const facts = Array.from({ length: 30 }, (_, i) => ({ source: 'EVENTS', statement: `fact ${i}` }));
  const segment = (name, endedBy) => ({
    reservation: `WR${name}`, name, left: Date.now(), endedBy, value: null, rule: 'mine', reason: 'so', written: 'nothing to write',
    decisive: facts, other: [], rules: [{ rule: 'mine', matches: true, says: 'matches, so' }],
  });
  await feed(batchOf([invented('Ann', { task: 'WTtwo' }), invented('Bob', { task: 'WTtwo', endedBy: 'UNKNOWN', value: null })]));
  await page.route(/\/report\/explanation\?/, (route) => route.fulfill({ json: {
    task: 'WTtwo', note: null, segments: [segment('Ann', 'COLD_TRANSFER'), segment('Bob', 'UNKNOWN')],
  } }));
  await page.goto(demo.url);
  await page.click('[data-reservation=WRBob]');
  await page.waitForSelector('#why .part');
  await until(() => {
    const { top, bottom } = document.querySelector('#why .part[data-segment=WRBob] h3').getBoundingClientRect();
    return top > 0 && bottom < innerHeight && document.querySelector('#why .part[data-segment=WRAnn] h3').getBoundingClientRect().bottom < 0;
  });
  assert.match(await page.innerText('#why .part:last-child'), /^Bob\s+segment 2 of 2 · left at .*\s+Unknown\s+Because so, by the rule mine\.\s+Value for the task: none \(nothing to write\)\.\s+What is known\s/);
  assert.match(await page.innerText('#why .part:first-of-type'), /^Ann\s+segment 1 of 2 .*\s+Cold transfer\s[^]*\sDecisive facts\s/);
});

test('links a rule of hangupby’s to its section of the page of rules, and no other rule', async () => {
  await feed(batchOf([invented('Ann'), invented('Bob', { rule: 'mine', audit: 'AGREES' })]));
  const rules = [{ rule: 'mine', matches: false, says: 'does not match, so' }, { rule: 'customer-left', matches: true, says: 'matches, so' }];
  await page.route(/\/report\/explanation\?/, (route) => route.fulfill({ json: {
    task: 'WTAnn', note: null, segments: [{ reservation: 'WRAnn', left: Date.now(), endedBy: 'CUSTOMER', value: 'customer', rule: 'customer-left',
      reason: 'so', written: 'written', decisive: [], other: [], rules }],
  } }));
  const linked = (where) => page.$$eval(`${where} code`, (names) => names.map((name) => [name.textContent, name.parentElement.getAttribute('href')]));
  const ours = ['customer-left', 'report/rules#customer-left'];
  await page.goto(demo.url);
  await page.click('#audit-rules summary');
  await page.waitForSelector('#audit-body tr');
  assert.deepEqual(await linked('#audit-body'), [ours, ['mine', null]]);

  await page.evaluate(() => (location.hash = 'task=WTAnn'));
  await page.waitForSelector('#why h3');
  assert.deepEqual(await linked('#why p:not(.value)'), [ours]);
  assert.deepEqual(await linked('#why li'), [['mine', null], ours]);
  const [opened] = await Promise.all([context.waitForEvent('page'), page.click('#why a')]);
  page = opened;
  await page.waitForURL(`${demo.url}report/rules#customer-left`);
  await see(':target', /^customer-left$/);
  await see(':target + p', /^Decides CUSTOMER\.$/);
  await until(() => document.querySelector(':target').getBoundingClientRect().top < 100);
  await audit();
  await page.setViewportSize({ width: 360, height: 800 });
  await until(() => innerWidth === 360 && document.documentElement.scrollWidth === 360);
});

test('shows that the customer was on hold', async () => {
  const call = await demo.callMore(({ onHold }) => onHold);
  await page.goto(demo.url);
  await page.fill('#search', call.task);
  await see(`[data-reservation="${call.reservation}"] .why`, / · customer on hold · /);
});

test('has all calls, and each once, after the connection was cut', async () => {
  expected = /net::ERR_/;
  const batches = [];
  page.on('response', (response) => response.url().includes('/report/calls')
    && response.json().then((batch) => batches.push(batch), () => {}));
  await open('', gate.url);
  gate.cut();
  await page.waitForSelector('#state[data-state=gone]');
  await see('#state', /^Connection lost, trying again …$/);
  const missed = await demo.callsMore(6);
  gate.mend();
  await page.waitForSelector('#state[data-state=live]');
  await seeRow(missed.at(-1));
  // Cut once more, the page stays as it is, to be compared with the batches that it received and with the calls before.
  gate.cut();
  await page.waitForSelector('#state[data-state=gone]');

  const received = batches.flatMap((batch) => batch.calls);
  const last = Math.max(...batches.map((batch) => batch.last));
  const then = (await demo.everything()).filter((call) => call.change <= last);
  const latest = new Map([...then, ...received].map((call) => [call.reservation, call]));
  const newest = [...latest.values()].sort((a, b) => b.left - a.left || b.change - a.change).slice(0, 50);
  await until((all) => JSON.stringify([...document.querySelectorAll('#rows tr')].map((row) => row.dataset.reservation)) === all,
    JSON.stringify(newest.map((call) => call.reservation)));
  const drawn = await reservations();
  assert.ok(missed.every((call) => drawn.includes(call.reservation)));
  assert.equal(new Set(received.map((call) => call.change)).size, received.length);
});

test('takes in what came while it was paused', async () => {
  await open();
  await page.click('#pause');
  await see('#state', /^Paused$/);
  const [call] = await demo.callsMore(1);
  assert.ok(!(await reservations()).includes(call.reservation));
  await page.click('#pause');
  await see('#state', /^Live$/);
  await seeRow(call);
});

test('filters by category and by agent, and sorts the agents', async () => {
  await open();
  await page.click('#tiles [data-group=unknown]');
  await seeAll('#rows .category', 'Unknown');
  await page.waitForSelector('#tiles [data-group=unknown][aria-pressed=true]');
  await page.click('#clear');

  await page.click('#agents-head button[data-column=transfer]');
  await page.waitForSelector('th[aria-sort=descending] button[data-column=transfer]');
  const shares = await page.$$eval('#agents-body tr', (rows) => rows.map((row) => Number.parseInt(row.cells[5].textContent, 10)));
  assert.deepEqual(shares, [...shares].sort((a, b) => b - a));

  const name = await page.$eval('#agents-body button', (button) => {
    button.click();
    return button.textContent;
  });
  await seeAll('#rows .who', name);
});

const invented = (name, more = {}) => ({
  change: 1, changed: Date.now(), reservation: `WR${name}`, task: `WT${name}`, worker: `WK${name}`, name, left: Date.now() - 60_000,
  stage: 'DECIDED', reason: 'the customer hung up', endedBy: 'CUSTOMER', value: 'customer', rule: 'customer-left', write: 'WRITTEN', ...more,
});
const batchOf = (calls) => ({ life: 'one', oldest: 0, last: 1, more: false, journal: 'IN_MEMORY', calls });
const names = () => page.$$eval('#rows tr', (rows) => rows.map((row) => row.querySelector('.who').textContent).sort());

test('answers which agents drop most, and whether that is chance', async () => {
  const calls = (name, number, dropped) => Array.from({ length: number }, (_, i) => invented(name, {
    reservation: `WR${name}${i}`, endedBy: i < dropped ? 'DISCONNECT' : 'CUSTOMER',
  }));
  await feed(batchOf([...calls('Ann', 4, 3), ...calls('Bob', 60, 24), ...calls('Cid', 200, 16), ...calls('Dee', 30, 5), ...calls('Eve', 300, 3)]));
  await page.goto(demo.url);
  await see('#team-mean', /^Dropped, the team’s mean: 9%, 51 of 594 calls\.$/);

  const rows = await page.$$eval('#agents-body tr', (all) => all.map((row) => [row.cells[0].textContent, row.cells[4].textContent, row.cells.item(row.cells.length - 1).textContent]));
  assert.deepEqual(rows, [
    ['Bob', '▲more than the team, hardly by chance: 40% 24', '24 of 60: more than the team, hardly by chance'],
    ['Dee', '17% 5', '5 of 30: can be chance'],
    ['Cid', '8% 16', '16 of 200: can be chance'],
    ['Eve', '▼less than the team, hardly by chance: 1% 3', '3 of 300: less than the team, hardly by chance'],
    ['Ann', '75% 3', '3 of 4: too few to say'],
  ]);
  assert.equal(await text('#standouts'), 'More than the team, hardly by chance: Bob. Less than the team, hardly by chance: Eve.');
  await page.selectOption('#compared', 'customer');
  await see('#agents-body tr:first-child', /^Eve.*297 of 300: more than the team, hardly by chance$/);
});

test('says of a team that all differences can be chance, or that there are too few calls', async () => {
  const calls = (name, number) => Array.from({ length: number }, (_, i) => invented(name, { reservation: `WR${name}${i}` }));
  let more;
  await feed(batchOf([...calls('Ann', 3), ...calls('Bob', 9)]), new Promise((resolve) => (more = resolve)));
  await page.goto(demo.url);
  await see('#standouts', /^No agent has 10 calls yet, which is too few to compare anybody\.$/);
  more({ ...batchOf(calls('Cid', 10)), last: 2 });
  await see('#standouts', /^Nobody is far from the mean: all differences can be chance\.$/);
});

test('answers how often the value is wrong, and shows those calls', async () => {
  await feed(batchOf([
    ...Array.from({ length: 18 }, (_, i) => invented('Ann', { reservation: `WRa${i}`, audit: 'AGREES', kept: 'KEPT' })),
    invented('Bob', { audit: 'DISAGREES', kept: 'LOST' }), invented('Cid', { audit: 'DISAGREES', kept: 'KEPT', rule: 'agent-left' }),
    invented('Dee', { audit: 'NOT_COMPARABLE', write: 'COLLIDED' }), invented('Eve'),
  ]));
  await page.goto(demo.url);
  await see('#agreement', /^Voice Insights disagrees with 2 of 20 verdicts that it can be compared with: 10%\. With so many calls, the true share is between 1% and 32%\.$/);
  assert.equal(await text('#not-compared'), 'Of the other verdicts, 1 cannot be compared, because the report can neither confirm nor contradict them, and 1 has no report yet.');
  assert.equal(await text('#read'), 'Flex Insights read 19 of 21 values; 1 value was replaced or removed by another program; 1 value came after an earlier agent’s value was read.');
  await page.click('#audit-rules summary');
  await page.waitForSelector('#audit-body tr');
  assert.deepEqual(await page.$$eval('#audit-body tr', (rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent).join(' '))),
    ['agent-left 0 1 0 0', 'customer-left 18 1 1 1']);

  await page.click('#show-disagreeing');
  await see('#range', /^1–2 of 2$/);
  assert.deepEqual(await names(), ['Bob', 'Cid']);
  assert.match(await page.innerText('[data-reservation=WRBob] .fate'), /customer written\s+lost before Flex Insights read it, Voice Insights disagrees/);
});

test('finds calls by task, leg and agent, and offers to explain a task that is not here', async () => {
  const sid = (prefix, n) => prefix + String(n).repeat(32);
  await feed(batchOf([
    invented('Ann', { task: sid('WT', 1), legs: [sid('CA', 1), sid('CA', 2)] }),
    invented('Bob', { task: sid('WT', 2), legs: [sid('CA', 3)] }), invented('Bo', { task: sid('WT', 3) }),
  ]));
  await page.goto(demo.url);
  await see('#range', /of 3$/);
  for (const [sought, found] of [[sid('WT', 1), ['Ann']], [` ${sid('ca', 2)} `, ['Ann']], [sid('CA', 3), ['Bob']], ['bo', ['Bo', 'Bob']], ['', ['Ann', 'Bo', 'Bob']]]) {
    await page.fill('#search', sought);
    await until((wanted) => wanted === [...document.querySelectorAll('#rows .who')].map((who) => who.textContent).sort().join(), found.join());
  }
  assert.equal(await page.isVisible('#ask-for-task'), false);
  await page.fill('#search', sid('WT', 9));
  await page.waitForSelector('#none:not([hidden])');
  assert.equal(await page.getAttribute('#ask-for-task a', 'href'), `#task=${sid('WT', 9)}`);
  await page.click('#clear');
  await see('#range', /of 3$/);
});

test('shows a range of time in all its parts, in the time of the page’s own place', async () => {
  await visit({ width: 1280, height: 900 }, { timezoneId: 'Australia/Adelaide' });
  const hour = 3_600_000;
  const then = Date.parse('2026-11-20T10:00:00Z');
  await feed(batchOf([
    invented('Ann', { left: then, endedBy: 'AGENT', reason: 'a transfer failed at 2026-11-20 10:00:00.000 UTC, participant_hung_up' }),
    invented('Bob', { left: then + hour }), invented('Cid'),
  ]));
  await page.goto(demo.url);
  assert.equal(await text('#place'), 'Times of Australia/Adelaide');
  await see('[data-reservation=WRAnn]', /^20 Nov 2026, 20:30:00.*a transfer failed at 20 Nov 2026, 20:30:00: hung up or lost the connection/);
  await page.selectOption('#by-time', 'hour');
  await see('#range', /of 1$/);
  assert.deepEqual(await names(), ['Cid']);
  assert.match(await text('#scope'), /^1 segment since .*\. 3 are kept$/);

  await page.selectOption('#by-time', 'given');
  await page.fill('#from', '2026-11-20T20:00');
  await page.fill('#to', '2026-11-20T21:00');
  await see('#scope', /^1 segment since 20 Nov 2026, 20:30:00/);
  assert.deepEqual(await names(), ['Ann']);
  assert.match(await text('#tiles [data-group=agent]'), /1 100%$/);
  assert.equal(await page.$$eval('#agents-body tr', (rows) => rows.length), 1);
  await page.fill('#from', '2026-11-20T20:40');
  await page.waitForSelector('#nothing:not([hidden])');
  assert.equal(await page.isVisible('#staff'), false);
});

test('shows one queue in all its parts, once there are several', async () => {
  let more;
  await feed(batchOf([invented('Ann', { queue: 'Sales' })]), new Promise((resolve) => (more = resolve)));
  await page.goto(demo.url);
  await see('#range', /of 1$/);
  assert.equal(await page.isVisible('#by-queue'), false);
  more({ ...batchOf([invented('Bob', { queue: 'Support', endedBy: 'AGENT' })]), last: 2 });
  await see('#range', /of 2$/);
  await page.selectOption('#by-queue', 'Support');
  await see('#scope', /^1 segment since .*\. 2 are kept$/);
  assert.deepEqual(await names(), ['Bob']);
  assert.match(await text('#tiles [data-group=agent]'), /1 100%$/);
});

test('saves the chosen calls as CSV that no spreadsheet computes', async () => {
  await feed(batchOf([
    invented('=1+1', { reason: 'he said "no", and left', talked: 83_400, onHold: true, transferring: false, audit: 'AGREES', legs: ['CA1', 'CA2'] }),
    invented('Bob', { stage: 'UNDECIDED', endedBy: null, value: null, rule: null, write: null }), invented('Cid', { endedBy: 'AGENT' }),
  ]));
  await page.goto(demo.url);
  await page.selectOption('#by-category', 'customer');
  await see('#range', /of 1$/);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#csv')]);
  assert.match(download.suggestedFilename(), /^who-hung-up-\d{4}-\d\d-\d\d\.csv$/);
  const saved = readFileSync(await download.path(), 'utf8').split('\r\n');
  assert.equal(saved.length, 3);
  assert.match(saved[0], /^\uFEFFended,agent,/);
  assert.match(saved[1], /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d,'=1\+1,WK=1\+1,/);
  assert.ok(saved[1].includes(',Customer hung up,"he said ""no"", and left",customer-left,customer,written,,83,yes,no,Agrees,'));
  assert.ok(saved[1].endsWith(',CA1 CA2'));
});

test('cuts no table on a phone without a sign, and shows all of an agent’s shares', async () => {
  await visit({ width: 360, height: 800 }, { hasTouch: true });
  await open();
  await page.click('#chart-numbers summary');
  await page.waitForSelector('#chart-body tr');
  // The sign comes with the frame after the table.
  await until(() => {
    const shown = [...document.querySelectorAll('.wide')].filter((table) => table.checkVisibility());
    return shown.length >= 2 && shown.every((table) => table.scrollWidth > table.clientWidth + 1 === table.previousElementSibling.checkVisibility());
  });
  assert.match(await page.innerText('#agents-body tr:first-child'), /^WK0000…0000\s.*50%\s.*: more than the team, hardly by chance$/s);
  assert.deepEqual(await page.$$eval('#agents-body tr:first-child td[data-label]', (cells) =>
    cells.filter((cell) => cell.checkVisibility()).map((cell) => getComputedStyle(cell, '::before').content.replaceAll('"', '')).slice(0, 7)),
  ['Calls', 'Customer', 'Agent', 'Dropped', 'Transfers', 'Other', 'Unknown']);
  assert.ok(await page.$eval('#agents', (table) => table.scrollWidth <= table.parentElement.clientWidth), 'the agents stay in their card');
});

test('shows whether it is chance without scrolling sideways, however many columns there are', async () => {
  const kinds = ['CUSTOMER', 'AGENT', 'DISCONNECT', 'COLD_TRANSFER', 'SYSTEM', 'UNKNOWN', null];
  const calls = (name) => Array.from({ length: 70 }, (_, i) => invented(name, { reservation: `WR${name}${i}`, endedBy: name === 'Bob' ? 'DISCONNECT' : kinds[i % 7] }));
  await feed(batchOf([...calls('Ann'), ...calls('Bob'), ...calls('Cid')]));
  await page.goto(demo.url);
  await see('#agents-body tr:first-child td.chance', /^70 of 70: more than the team, hardly by chance$/);
  for (const width of [1280, 1024]) {
    await page.setViewportSize({ width, height: 900 });
    await until((wide) => innerWidth === wide && document.querySelector('#agents-head th:nth-child(8)').checkVisibility() && document.querySelector('#agents').scrollWidth <= document.querySelector('#staff .wide').clientWidth, width);
  }
});

test('speaks up twice a minute, not at every call', async () => {
  await page.clock.install();
  await open();
  await page.evaluate(() => {
    window.spoken = 0;
    new MutationObserver(() => (window.spoken += 1)).observe(document.querySelector('#announcer'), { childList: true });
  });
  await seeRow((await demo.callsMore(2)).at(-1));
  const { spoken, elapsed } = await page.evaluate(() => ({ spoken: window.spoken, elapsed: performance.now() }));
  assert.ok(spoken <= elapsed / 30_000, `${spoken} times in ${elapsed} ms`);
  await page.clock.fastForward(30_000);
  await see('#announcer', /^[\d,]+ calls? more, 10,000 in all\.$/);
});

test('shows the calls of an account to a browser with the printed key, which does not stay in the address', async () => {
  const account = await Demo.start(3, '--simulator.enabled=false', `--hangupby.account-sid=AC${'0'.repeat(32)}`,
    '--hangupby.auth-token=canary', '--hangupby.twilio.base-url=http://127.0.0.1:9', '--hangupby.recovery.interval=0',
    '--hangupby.public-url=https://cc.example.com/hangupby');
  try {
    expected = /status of 403/;
    assert.equal((await page.goto(account.url)).status(), 403);
    await page.goto(account.urlWithKey);
    await page.waitForSelector('#rows tr');
    assert.notEqual(account.urlWithKey, account.url);
    assert.equal(page.url(), account.url);
    assert.equal(await page.evaluate(() => document.cookie), '');
    await page.reload();
    await page.waitForSelector('#rows tr');
  } finally {
    account.stop();
  }
});
