import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  page, edge, call, calls, invoke, start, finished, warnings, conference, pass, readOnce, eventually, assertMarked,
  CUSTOMER, GONE, AGENT, OTHER_AGENT, GUEST, OUTSIDE,
} from './page.js';

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

// Two of the type `customer`: the caller, and somebody whom another program has put in.
for (const order of [[CUSTOMER, GUEST], [GUEST, CUSTOMER]]) {
  for (const [leg, attributes] of [
    ['call_sid', { call_sid: 'CAcustomer' }],
    ['conference', { call_sid: 'CAparent', conference: { participants: { customer: 'CAcustomer' } } }],
  ]) {
    for (const type of [undefined, 'customer']) {
      for (const [who, target, marked] of [
        ['the caller', { targetSid: 'CAcustomer' }, true],
        ['the caller', { targetSid: 'UTcustomer' }, true],
        ['the guest', { targetSid: 'CAguest' }, false],
        ['the guest', { targetSid: 'UTguest' }, false],
        ['one of both', { targetSid: 'PAunknown' }, false],
      ]) {
        const first = order[0] === GUEST ? 'guest' : 'caller';
        test(`of two customers, ${first} first and the leg in ${leg}, ${who} by ${target.targetSid} (${type}): marked is ${marked}`, async () => {
          const { sid } = await call({ attributes });
          await conference([AGENT, ...order]);
          await invoke('KickParticipant', { sid, participantType: type, ...target });
          assert.equal(edge.writes.length, marked ? 1 : 0);
          await conference([AGENT, ...order.map((one) => (one === CUSTOMER ? GONE : one))]);
          await pass(4100);
          assert.equal((await readOnce()).length, 1, 'the caller has gone');
        });
      }
    }
  }
}

test('the caller who is still in was not removed, though the guest has left', async () => {
  const { sid } = await call({ attributes: { call_sid: 'CAcustomer' } });
  await conference([AGENT, GUEST, CUSTOMER]);
  await invoke('KickParticipant', { sid, targetSid: 'CAcustomer' });
  await conference([AGENT, { ...GUEST, mediaProperties: { callSid: 'CAguest', status: 'left' } }, CUSTOMER]);
  await pass(4100);
  await eventually(() => edge.writes.length === 2, 'the marker is taken off');
});

test('removing one of two customers is no hang-up where nothing tells the customer\'s leg, removing the last one is', async () => {
  const { sid } = await call();
  await conference([AGENT, CUSTOMER, GUEST]);
  await invoke('KickParticipant', { sid, targetSid: 'CAguest' });
  assert.deepEqual(edge.requests, []);
  await conference([AGENT, CUSTOMER, { ...GUEST, mediaProperties: { callSid: 'CAguest', status: 'left' } }]);
  await invoke('KickParticipant', { sid, targetSid: 'CAcustomer' });
  assertMarked();
});

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
