import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { Edge, WORKER } from './edge.js';

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .find((path) => path && existsSync(path));
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const ENOUGH = { timeout: 10000 };
let browser;
let page;
let edge;
let calls = 0;

before(async () => {
  assert.ok(executablePath, 'no Chromium: install one, or name it in CHROMIUM');
  const bundle = await build({
    entryPoints: [here('desk.js')],
    bundle: true,
    write: false,
    platform: 'browser',
    alias: { path: here('path.js') },
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    logLevel: 'error',
  });
  edge = new Edge(bundle.outputFiles[0].contents);
  await edge.open();
  browser = await chromium.launch({
    executablePath,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  page = await browser.newPage();
  await page.clock.install();
  await page.route((url) => url.hostname !== '127.0.0.1', (route) => route.abort());
  await page.routeWebSocket(/socket/, (socket) => edge.greet(socket));
  await page.goto(edge.origin);
});

after(async () => {
  await browser?.close();
  edge?.close();
});

afterEach(() => page.evaluate(() => desk.signOut()));

/** An accepted call at the agent's desk. */
async function call({ attributes = {}, inBrowser = true, stuck = false, status, channel, contactUri, enableVersionCheck, options, configuration } = {}) {
  calls += 1;
  const text = typeof attributes === 'string' ? attributes : JSON.stringify(attributes);
  edge.task(calls, { attributes: text, status, channel });
  await page.evaluate((worker) => desk.signIn(worker), { contactUri, enableVersionCheck });
  if (inBrowser) await page.evaluate((leg) => desk.callComesIn(leg), { stuck });
  await page.evaluate(([given, config]) => desk.plugIn(given, config), [options, configuration]);
  return { sid: edge.reservation };
}

const invoke = (action, payload) => page.evaluate(([name, given]) => desk.invoke(name, given), [action, payload]);
const start = (action, payload) => page.evaluate(([name, given]) => desk.start(name, given), [action, payload]);
const finished = () => page.evaluate(() => desk.finished());
const warnings = () => page.evaluate(() => desk.logged.filter(([level]) => level === 'warn').map(([, line]) => line));
const conference = (participants) => page.evaluate(([sid, those]) => desk.conference(sid, those), [edge.sid, participants]);
const pass = (ms) => page.clock.fastForward(ms);

/** A read of the test's own comes back after everything that was under way before it. */
async function readOnce() {
  const seen = edge.requests.length;
  await page.evaluate((sid) => desk.task(sid).source.fetchLatestVersion(), edge.reservation);
  return edge.requests.slice(seen);
}

async function eventually(condition, what) {
  const deadline = Date.now() + ENOUGH.timeout;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `never: ${what}`);
    await page.evaluate(() => desk.finished);
  }
}

function assertMarked(attributes = edge.read()) {
  assert.equal(attributes.conversations?.hang_up_by, 'agent');
  assert.equal(attributes.hangupby.agent_hangup.reservation, edge.reservation);
  assert.equal(typeof attributes.hangupby.agent_hangup.at, 'number');
  assert.deepEqual(Object.keys(attributes.hangupby.agent_hangup), ['reservation', 'at']);
}

const CUSTOMER = { type: 'customer', mediaProperties: { callSid: 'CAcustomer', status: 'joined' }, participantSid: 'UTcustomer' };
const GONE = { ...CUSTOMER, mediaProperties: { callSid: 'CAcustomer', status: 'left' } };
const AGENT = { type: 'agent', routingProperties: { workerSid: WORKER }, mediaProperties: { callSid: 'CAagent', status: 'joined' } };
const OTHER_AGENT = { type: 'agent', routingProperties: { workerSid: 'WK2' }, mediaProperties: { callSid: 'CAother', status: 'joined' } };
const OUTSIDE = { type: 'external', mediaProperties: { callSid: 'CAoutside', status: 'joined' }, participantSid: 'UToutside' };

// ---- the marker

test('a click marks the task, whose sid is all that the payload has', async () => {
  const attributes = { from: '+15550100', nothing: null, list: [1, { a: 1.5 }], conversations: { case: 'c-1' } };
  const payload = await call({ attributes });

  assert.equal(await invoke('HangupCall', payload), 'done');

  assertMarked();
  const { hangupby, ...others } = edge.read();
  assert.deepEqual(others, { ...attributes, conversations: { case: 'c-1', hang_up_by: 'agent' } });
  assert.deepEqual(Object.keys(edge.read()), ['from', 'nothing', 'list', 'conversations', 'hangupby']);
});

test('a task that is missing from the payload is found by its sid', async () => {
  const payload = await call();
  await page.evaluate(() => {
    desk.plugOut();
    desk.listen('beforeHangupCall', (given) => { delete given.task; });
    desk.plugIn();
  });
  await invoke('HangupCall', payload);
  await eventually(() => edge.writes.length > 0, 'the marker');
});

test('the write carries the version that was read just before', async () => {
  const payload = await call();
  edge.write({ conversations: { campaign: 'later than the browser knows' } });

  await invoke('HangupCall', payload);

  assert.deepEqual(edge.requests.map(({ method, ifMatch }) => [method, ifMatch]), [['GET', undefined], ['POST', '2']]);
  assert.equal(edge.read().conversations.campaign, 'later than the browser knows');
});

test('the marker is there before the leg goes', async () => {
  const payload = await call();
  let live;
  edge.before = async ({ method }) => {
    if (method === 'POST') live = await page.evaluate(() => Boolean(desk.manager.store.getState().flex.phone.activeCall));
  };

  await invoke('HangupCall', payload);

  assert.equal(live, true);
  assert.equal(await page.evaluate(() => Boolean(desk.manager.store.getState().flex.phone.activeCall)), false);
});

test('somebody else who writes in between loses nothing', async () => {
  const payload = await call({ attributes: { a: 1 } });
  let raced = 0;
  edge.before = ({ method }) => {
    if (method === 'POST' && raced < 2) edge.write({ a: 1, theirs: (raced += 1) });
  };

  assert.equal(await invoke('HangupCall', payload), 'done');

  assertMarked();
  assert.equal(edge.read().theirs, 2);
  assert.equal(edge.writes.length, 3);
});

test('a failure at Twilio is tried again', async () => {
  const payload = await call();
  edge.before = (asked, number) => (number === 1 ? 503 : undefined);

  await invoke('HangupCall', payload);

  await eventually(() => edge.writes.length === 1, 'the marker');
  assertMarked();
});

test('several clicks are one marker', async () => {
  const payload = await call({ stuck: true });

  await invoke('HangupCall', payload);
  const first = edge.read();
  await invoke('HangupCall', { ...payload, reason: 'again' });

  assert.equal(edge.writes.length, 1);
  assert.deepEqual(edge.read(), first);
});

test('another agent\'s marker gives way to ours', async () => {
  const payload = await call({
    attributes: { conversations: { hang_up_by: 'agent' }, hangupby: { agent_hangup: { reservation: 'WRother', at: 1 }, segments: {} } },
  });

  await invoke('HangupCall', payload);

  assertMarked();
  assert.deepEqual(edge.read().hangupby.segments, {});
});

test('ending the call for all is marked', async () => {
  const payload = await call();
  assert.equal(await invoke('EndConferenceForAll', payload), 'done');
  assertMarked();
});

for (const [how, payload] of [
  ['by its leg', { targetSid: 'CAcustomer' }],
  ['by its participant', { targetSid: 'UTcustomer' }],
  ['by its type', { targetSid: 'PAunknown', participantType: 'customer' }],
]) {
  test(`removing the customer, named ${how}, is marked`, async () => {
    const { sid } = await call();
    await conference([AGENT, CUSTOMER]);
    assert.equal(await invoke('KickParticipant', { sid, ...payload }), 'done');
    assertMarked();
    assert.equal(edge.others.length, 1, 'the SDK has removed somebody');
  });
}

test('removing the customer is marked where only the attributes tell its leg', async () => {
  const { sid } = await call({ attributes: { call_sid: 'CAcustomer' } });
  await invoke('KickParticipant', { sid, targetSid: 'CAcustomer' });
  assertMarked();
});

for (const [who, payload] of [
  ['another agent', { targetSid: 'WK2' }],
  ['an outside party', { targetSid: 'UToutside', participantType: 'external' }],
  ['somebody unknown', { targetSid: 'CAnobody' }],
]) {
  test(`removing ${who} is no hang-up`, async () => {
    const { sid } = await call({ attributes: { call_sid: 'CAcustomer' } });
    await conference([AGENT, CUSTOMER, OTHER_AGENT, OUTSIDE]);
    await invoke('KickParticipant', { sid, ...payload });
    assert.deepEqual(edge.requests, []);
  });
}

test('ending a call from a desk phone is marked', async () => {
  const payload = await call({ inBrowser: false, contactUri: 'sip:anna@example.com' });
  assert.equal(await invoke('WrapupTask', payload), 'done');
  assertMarked();
});

test('ending a call that is on another device is marked', async () => {
  const payload = await call({ inBrowser: false });
  await conference([AGENT, CUSTOMER]);
  await invoke('WrapupTask', payload);
  assertMarked();
});

test('wrapping up a browser call that has dropped is no hang-up', async () => {
  const payload = await call({ inBrowser: false });
  assert.equal(await invoke('WrapupTask', payload), 'done');
  await conference([{ ...AGENT, mediaProperties: { status: 'left' } }, CUSTOMER]);
  await invoke('WrapupTask', payload);
  assert.deepEqual(edge.requests, []);
});

test('wrapping up while a browser call is live is no hang-up', async () => {
  const payload = await call({ contactUri: 'sip:anna@example.com' });
  await invoke('WrapupTask', payload);
  assert.deepEqual(edge.requests, []);
});

test('a click without a call is no hang-up', async () => {
  const payload = await call({ inBrowser: false });
  assert.notEqual(await invoke('HangupCall', payload), 'done');
  assert.deepEqual(edge.requests, []);
});

test('other channels and unknown reservations are left alone', async () => {
  const payload = await call({ channel: 'chat', contactUri: 'sip:anna@example.com', inBrowser: false });
  await invoke('WrapupTask', payload);
  await invoke('HangupCall', { sid: 'WRnone' });
  assert.deepEqual(edge.requests, []);
  assert.deepEqual(await warnings(), []);
});

// ---- taking it back

test('a hang-up that another plugin aborts leaves the task as it was', async () => {
  const attributes = { a: 1, conversations: { hang_up_by: 'Customer' }, b: 2, hangupby: { agent_hangup: { reservation: 'WRother', at: 1 } } };
  const payload = await call({ attributes });
  await page.evaluate(() => desk.listen('beforeHangupCall', (given, abort) => abort()));

  assert.match(await invoke('HangupCall', payload), /cancelled/);

  await eventually(() => edge.writes.length === 2, 'the marker is taken off');
  assert.equal(edge.attributes, JSON.stringify(attributes));
});

test('a marker that is still on its way is taken off too', async () => {
  const payload = await call({ attributes: { a: 1 } });
  await page.evaluate(() => desk.listen('beforeHangupCall', (given, abort) => abort()));
  let answer;
  edge.before = (asked, number) => (number === 1 ? new Promise((resolve) => { answer = resolve; }) : undefined);
  await start('HangupCall', payload);
  await eventually(() => answer, 'the read');
  await pass(1100);
  await eventually(finished, 'the abort');
  await readOnce();
  answer();
  await eventually(() => edge.writes.length === 2, 'the marker is taken off');
  assert.equal(edge.attributes, '{"a":1}');
});

test('what the marker has added goes with it', async () => {
  const payload = await call({ attributes: { a: 1 } });
  await page.evaluate(() => desk.listen('beforeHangupCall', (given, abort) => abort()));
  await invoke('HangupCall', payload);
  await eventually(() => edge.writes.length === 2, 'the marker is taken off');
  assert.equal(edge.attributes, '{"a":1}');
});

test('a leg that is still live seconds later was not hung up', async () => {
  const payload = await call({ stuck: true });
  await invoke('HangupCall', payload);
  assertMarked();
  const { at } = edge.read().hangupby.agent_hangup;

  await pass(2500);
  assert.equal((await readOnce()).length, 1);
  await pass(1600);

  await eventually(() => edge.writes.length === 2, 'the marker is taken off');
  assert.equal(edge.attributes, '{}');
  assert.ok(await page.evaluate(() => Date.now()) - at < 7500, 'in time');
});

test('once the leg has gone the marker stays', async () => {
  const payload = await call();
  await invoke('HangupCall', payload);
  await pass(10000);
  assert.equal((await readOnce()).length, 1);
  assertMarked();
});

test('the next call of the same agent says nothing about this one', async () => {
  const payload = await call();
  await invoke('HangupCall', payload);
  await page.evaluate((sid) => {
    desk.wrapsUp(sid);
    desk.callComesIn();
  }, payload.sid);
  await pass(10000);
  assert.equal((await readOnce()).length, 1);
  assertMarked();
});

test('a question that the agent thinks about does not count as a live leg', async () => {
  const payload = await call();
  await page.evaluate(() => desk.listen('beforeHangupCall', () => new Promise((resolve) => { desk.answer = resolve; })));
  await start('HangupCall', payload);
  await eventually(() => edge.writes.length === 1, 'the marker');
  await pass(10000);
  await page.evaluate(() => desk.answer());
  await eventually(async () => (await finished()) === 'done', 'the hang-up');
  await pass(10000);
  assert.equal((await readOnce()).length, 1);
  assertMarked();
});

test('one of two clicks that fails leaves the other\'s marker', async () => {
  const payload = await call();
  await page.evaluate(() => desk.listen('beforeHangupCall', () => new Promise((resolve) => { desk.answer = resolve; })));
  await page.evaluate(() => desk.listen('beforeEndConferenceForAll', (given, abort) => abort()));
  await start('HangupCall', payload);
  await eventually(() => edge.writes.length === 1, 'the marker');
  await invoke('EndConferenceForAll', payload);
  await page.evaluate(() => desk.answer());
  await eventually(async () => (await finished()) === 'done', 'the hang-up');
  await readOnce();
  assert.equal(edge.writes.length, 1);
  assertMarked();
});

test('a customer who is still in was not removed', async () => {
  const { sid } = await call();
  await conference([AGENT, CUSTOMER, OUTSIDE]);
  await invoke('KickParticipant', { sid, targetSid: 'CAcustomer' });
  await pass(4100);
  await eventually(() => edge.writes.length === 2, 'the marker is taken off');
  assert.equal(edge.attributes, '{}');
});

test('a customer who was removed stays so while the agent talks on with others', async () => {
  const { sid } = await call();
  await conference([AGENT, CUSTOMER, OUTSIDE]);
  await invoke('KickParticipant', { sid, targetSid: 'CAcustomer' });
  await conference([AGENT, GONE, OUTSIDE]);
  await pass(4100);
  assert.equal((await readOnce()).length, 1);
  assertMarked();
});

test('a desk phone that goes on was not hung up', async () => {
  const payload = await call({ inBrowser: false, contactUri: 'sip:anna@example.com' });
  await invoke('WrapupTask', payload);
  await pass(4100);
  await eventually(() => edge.writes.length === 2, 'the marker is taken off');
});

test('what others have written since is theirs', async () => {
  const payload = await call({ stuck: true });
  await invoke('HangupCall', payload);
  edge.write({ ...edge.read(), conversations: { hang_up_by: 'warm transfer' } });
  await pass(4100);
  await eventually(() => edge.writes.length === 2, 'the marker is taken off');
  assert.deepEqual(edge.read(), { conversations: { hang_up_by: 'warm transfer' } });
});

test('another agent\'s marker is not taken off', async () => {
  const payload = await call({ stuck: true });
  await invoke('HangupCall', payload);
  const theirs = { conversations: { hang_up_by: 'agent' }, hangupby: { agent_hangup: { reservation: 'WRother', at: 1 } } };
  edge.write(theirs);
  await pass(4100);
  await eventually(() => edge.requests.length === 3, 'the task is read');
  await readOnce();
  assert.deepEqual(edge.read(), theirs);
});

// ---- never in the agent's way

test('a click waits for a second at most', async () => {
  const payload = await call();
  edge.before = () => new Promise(() => undefined);
  await start('HangupCall', payload);
  await eventually(() => edge.requests.length === 1, 'the read');
  await pass(600);
  assert.equal(await finished(), undefined);
  await pass(500);
  await eventually(async () => (await finished()) === 'done', 'the hang-up');
  assert.match((await warnings())[0], /longer than 1000 ms/);
});

test('a refused write fails no click', async () => {
  const payload = await call();
  edge.before = ({ method }) => (method === 'POST' ? 403 : undefined);
  assert.equal(await invoke('HangupCall', payload), 'done');
  assert.match((await warnings())[0], /403/);
  assert.equal(edge.writes.length, 1);
});

for (const [what, attributes] of [
  ['a number too big for JavaScript', '{"customer":{"id":9007199254740993}}'],
  ['conversations that are no object', '{"conversations":"x"}'],
  ['hangupby that is no object', '{"hangupby":[]}'],
  ['attributes that leave no room', JSON.stringify({ note: 'x'.repeat(4020) })],
]) {
  test(`${what}: nothing is written, and the click goes through`, async () => {
    const payload = await call({ attributes });
    assert.equal(await invoke('HangupCall', payload), 'done');
    assert.equal(edge.attributes, attributes);
    assert.equal((await warnings()).length, 1);
  });
}

test('a warning says that Flex writes without versions', async () => {
  await call({ configuration: { sdkOptions: {} } });
  assert.match((await warnings())[0], /enableVersionCheck/);
});

test('without versions the marker is written all the same', async () => {
  const payload = await call({ attributes: { a: 1 }, enableVersionCheck: false });
  await invoke('HangupCall', payload);
  assertMarked();
  assert.equal(edge.read().a, 1);
  assert.equal(edge.writes[0].ifMatch, undefined);
});

test('with versions switched on there is no warning', async () => {
  await call();
  assert.deepEqual(await warnings(), []);
});

test('taken off again, it does nothing', async () => {
  const payload = await call({ options: { pin: true } });
  await page.evaluate(() => desk.plugOut());
  await invoke('HangupCall', payload);
  assert.deepEqual(edge.requests, []);
});

// ---- leave order

test('accepting a call asks Twilio for the order of leaving', async () => {
  const payload = await call({ status: 'pending', options: { leaveOrder: 'https://backend.example.com/hangupby/conference' } });
  await start('AcceptTask', payload);
  await eventually(() => edge.others.length === 1, 'the conference');
  const { params } = edge.others[0];
  assert.equal(params.ConferenceStatusCallback, 'https://backend.example.com/hangupby/conference');
  assert.equal(params.ConferenceStatusCallbackMethod, 'POST');
  assert.deepEqual(params.ConferenceStatusCallbackEvent.split(','), ['start', 'end', 'join', 'leave', 'mute', 'hold', 'modify']);
});

test('a callback that another plugin has set stays', async () => {
  const payload = await call({ status: 'pending', options: { leaveOrder: 'https://backend.example.com/hangupby/conference' } });
  await start('AcceptTask', { ...payload, conferenceOptions: { conferenceStatusCallback: 'https://other.example.com/' } });
  await eventually(() => edge.others.length === 1, 'the conference');
  assert.equal(edge.others[0].params.ConferenceStatusCallback, 'https://other.example.com/');
  assert.match((await warnings())[0], /conferenceStatusCallback/);
});

test('without the setting nothing is asked for', async () => {
  const payload = await call({ status: 'pending' });
  await start('AcceptTask', payload);
  await eventually(() => edge.others.length === 1, 'the conference');
  assert.equal(edge.others[0].params.ConferenceStatusCallback, undefined);
});

// ---- the pin

const wrapping = (attributes, options = { pin: true }) => call({ attributes, options, status: 'wrapping', inBrowser: false });
const segments = (own, other) => ({ [`WR${String(calls + 1).padStart(32, '0')}`]: own, WRother: other });

test('before completing, this reservation\'s value is put where Insights reads it', async () => {
  const attributes = {
    from: '+15550100',
    conversations: { case: 'c-1', hang_up_by: 'warm transfer' },
    hangupby: { segments: segments({ hang_up_by: 'customer' }, { hang_up_by: 'warm transfer' }) },
  };
  const payload = await wrapping(attributes);

  assert.equal(await invoke('CompleteTask', payload), 'done');

  assert.deepEqual(edge.read(), { ...attributes, conversations: { case: 'c-1', hang_up_by: 'customer' } });
  assert.equal(edge.writes[0].ifMatch, '1');
});

test('a destination comes with its value, and another segment\'s goes', async () => {
  const outside = { hang_up_by: 'external warm transfer', destination: '+15550199' };
  const payload = await wrapping({ conversations: { hang_up_by: 'agent' }, hangupby: { segments: segments(outside, {}) } });
  await invoke('CompleteTask', payload);
  assert.deepEqual(edge.read().conversations, { hang_up_by: 'external warm transfer', destination: '+15550199' });

  await page.evaluate(() => desk.signOut());
  const next = await wrapping({
    conversations: { hang_up_by: 'external warm transfer', destination: '+15550199' },
    hangupby: { segments: segments({ hang_up_by: 'customer' }, outside) },
  });
  await invoke('CompleteTask', next);
  assert.deepEqual(edge.read().conversations, { hang_up_by: 'customer' });
});

test('a destination that no segment has set stays', async () => {
  const payload = await wrapping({
    conversations: { hang_up_by: 'agent', destination: 'Sales' },
    hangupby: { segments: segments({ hang_up_by: 'customer' }, { hang_up_by: 'agent' }) },
  });
  await invoke('CompleteTask', payload);
  assert.deepEqual(edge.read().conversations, { hang_up_by: 'customer', destination: 'Sales' });
});

test('a value that is right already, or that the server has not set apart, is not written', async () => {
  const payload = await wrapping({ conversations: { hang_up_by: 'customer' }, hangupby: { segments: segments({ hang_up_by: 'customer' }, {}) } });
  await invoke('CompleteTask', payload);
  assert.deepEqual(edge.requests.map(({ method }) => method), ['GET']);

  await page.evaluate(() => desk.signOut());
  const alone = await wrapping({ conversations: { hang_up_by: 'customer' } });
  await invoke('CompleteTask', alone);
  assert.deepEqual(edge.requests.map(({ method }) => method), ['GET']);
});

test('without the setting completing asks nothing', async () => {
  const payload = await wrapping({ hangupby: { segments: segments({ hang_up_by: 'customer' }, {}) } }, {});
  assert.equal(await invoke('CompleteTask', payload), 'done');
  assert.deepEqual(edge.requests, []);
});

test('completing waits for two seconds at most, and nothing is written after that', async () => {
  const payload = await wrapping({ hangupby: { segments: segments({ hang_up_by: 'customer' }, {}) } });
  let answer;
  edge.before = () => new Promise((resolve) => { answer = resolve; });
  await start('CompleteTask', payload);
  await eventually(() => answer, 'the read');
  await pass(1200);
  assert.equal(await finished(), undefined);
  await pass(900);
  await eventually(async () => (await finished()) === 'done', 'the completion');
  edge.before = () => undefined;
  answer();
  await eventually(async () => (await warnings()).length === 2, 'the late value is dropped');
  assert.equal(edge.writes.length, 0);
});

test('a value that cannot be written does not keep the task open', async () => {
  const payload = await wrapping({ hangupby: { segments: segments({ hang_up_by: 'customer' }, {}) } });
  edge.before = () => 404;
  assert.equal(await invoke('CompleteTask', payload), 'done');
});
