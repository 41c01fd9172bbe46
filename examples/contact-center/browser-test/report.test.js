import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Demo } from './demo.js';
import {
  demo, gate, browser, context, page, visit, open, feed, text, reservations, until, see, seeRow, seeAll, median, press,
  expect, turnTo, audit, invented, batchOf,
} from './page.js';

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

    expect(/502/);
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
  expect(/net::ERR_FAILED/);
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
  turnTo(opened);
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
  expect(/net::ERR_/);
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

test('shows the calls of an account to a browser with the printed key, which does not stay in the address', async () => {
  const account = await Demo.start(3, '--simulator.enabled=false', `--hangupby.account-sid=AC${'0'.repeat(32)}`,
    '--hangupby.auth-token=canary', '--hangupby.twilio.base-url=http://127.0.0.1:9', '--hangupby.recovery.interval=0',
    '--hangupby.public-url=https://cc.example.com/hangupby');
  try {
    expect(/status of 403/);
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
