import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  demo, page, visit, open, feed, text, until, see, seeRow, invented, batchOf,
} from './page.js';

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
