import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  page, edge, call, invoke, start, finished, conference, pass, readOnce, eventually, assertMarked, CUSTOMER,
  GONE, AGENT, AGENT_ON_PHONE, OUTSIDE,
} from './page.js';

test('a hang-up that another plugin aborts leaves the task as it was', async () => {
  const attributes = { a: 1, conversations: { hang_up_by: 'Customer' }, b: 2, hangupby: { agent_hangup: { reservation: 'WRother', at: 1 } } };
  const payload = await call({ attributes });
  await page.evaluate(() => desk.listen('beforeHangupCall', (given, abort) => abort()));

  assert.match(await invoke('HangupCall', payload), /cancelled/);
  await readOnce();
  assertMarked();
  await pass(4100);

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
  await eventually(() => edge.writes.length === 1, 'the marker');
  await pass(4100);
  await eventually(() => edge.writes.length === 2, 'the marker is taken off');
  assert.equal(edge.attributes, '{"a":1}');
});

test('what the marker has added goes with it', async () => {
  const payload = await call({ attributes: { a: 1 } });
  await page.evaluate(() => desk.listen('beforeHangupCall', (given, abort) => abort()));
  await invoke('HangupCall', payload);
  await pass(4100);
  await eventually(() => edge.writes.length === 2, 'the marker is taken off');
  assert.equal(edge.attributes, '{"a":1}');
});

// What another plugin does in place of the action, before the call is looked at.
for (const [how, instead, setUp = () => undefined] of [
  ['ends the browser\'s leg itself', () => page.evaluate(() => desk.legGoes())],
  ['ends the leg, and the next call comes in', () => page.evaluate(() => {
    desk.legGoes();
    desk.callComesIn({ sid: 'CAnext' });
  })],
  ['sends the customer to a survey, and the agent stays for a moment', () => conference([AGENT, GONE])],
  ['ends the conference, which Flex hears of first', () => conference([{ ...AGENT, mediaProperties: { callSid: 'CAagent', status: 'left' } }, CUSTOMER])],
  ['wraps the reservation up', () => page.evaluate((sid) => desk.wrapsUp(sid), edge.reservation)],
  ['ends one of two calls of the browser', async () => {
    await page.evaluate(() => desk.legGoes());
    await conference([{ ...AGENT, mediaProperties: { callSid: 'CAagent', status: 'recently_left' } }, CUSTOMER]);
  }, () => page.evaluate(() => desk.callComesIn({ sid: 'CAsecond' }))],
]) {
  for (const action of ['HangupCall', 'EndConferenceForAll']) {
    test(`${action}: another plugin aborts it and ${how}, the marker stays`, async () => {
      const payload = await call();
      await conference([AGENT, CUSTOMER]);
      await setUp();
      await page.evaluate((event) => desk.listen(event, (given, abort) => abort()), `before${action}`);
      assert.match(await invoke(action, payload), /cancelled/);
      await instead();
      await pass(10000);
      assert.equal((await readOnce()).length, 1);
      assertMarked();
    });
  }
}

test('a plugin in front of ours that aborts and ends the call is heard too', async () => {
  const payload = await call();
  await page.evaluate(() => {
    desk.plugOut();
    desk.listen('beforeHangupCall', (given, abort) => {
      abort();
      desk.legGoes();
    });
    desk.plugIn();
  });
  await invoke('HangupCall', payload);
  await pass(10000);
  assert.equal((await readOnce()).length, 1);
  assertMarked();
});

test('a plugin that replaces the action and fails after it has ended the call leaves the marker', async () => {
  const payload = await call();
  await page.evaluate(() => desk.replace('HangupCall', async () => {
    desk.legGoes();
    throw new Error('the survey did not start');
  }));
  assert.match(await invoke('HangupCall', payload), /survey/);
  await pass(10000);
  assert.equal((await readOnce()).length, 1);
  assertMarked();
});

test('aborted while the other of two calls ends, the marker of this one is taken off', async () => {
  const payload = await call();
  await page.evaluate(() => {
    desk.callComesIn({ sid: 'CAsecond' });
    desk.listen('beforeHangupCall', (given, abort) => abort());
  });
  await conference([AGENT, CUSTOMER]);
  await invoke('HangupCall', payload);
  await page.evaluate(() => desk.legGoes('CAsecond'));
  await pass(4100);
  await eventually(() => edge.writes.length === 2, 'the marker is taken off');
});

for (const [device, instead, stays] of [
  ['the customer has left', [AGENT_ON_PHONE, GONE], true],
  ['the agent\'s phone has left', [{ ...AGENT_ON_PHONE, mediaProperties: { status: 'left' } }, CUSTOMER], true],
  ['both talk on', [AGENT_ON_PHONE, CUSTOMER], false],
]) {
  test(`the End button of a desk phone is aborted, and ${device}: the marker stays is ${stays}`, async () => {
    const payload = await call({ inBrowser: false });
    await conference([AGENT_ON_PHONE, CUSTOMER]);
    await page.evaluate(() => desk.listen('beforeWrapupTask', (given, abort) => abort()));
    await invoke('WrapupTask', payload);
    await conference(instead);
    await pass(4100);
    if (stays) assert.equal((await readOnce()).length, 1);
    else await eventually(() => edge.writes.length === 2, 'the marker is taken off');
  });
}

test('a removal is aborted by a plugin that removes the customer itself, the marker stays', async () => {
  const { sid } = await call();
  await conference([AGENT, CUSTOMER, OUTSIDE]);
  await page.evaluate(() => desk.listen('beforeKickParticipant', (given, abort) => {
    abort();
    given.targetSid = undefined;
  }));
  await invoke('KickParticipant', { sid, targetSid: 'CAcustomer' });
  await conference([AGENT, GONE, OUTSIDE]);
  await pass(4100);
  assert.equal((await readOnce()).length, 1);
  assertMarked();
});

test('a question, and the click again after it, are one marker that stays', async () => {
  const payload = await call();
  await page.evaluate(() => {
    let asked = false;
    desk.listen('beforeHangupCall', (given, abort) => {
      if (!asked) abort();
      asked = true;
    });
  });
  await invoke('HangupCall', payload);
  await pass(3000);
  await invoke('HangupCall', payload);
  await pass(10000);
  assert.equal((await readOnce()).length, 1);
  assertMarked();
});

test('a hang-up of a task in wrap-up, while the next call is live, is no hang-up', async () => {
  const payload = await call();
  await page.evaluate((sid) => {
    desk.legGoes();
    desk.wrapsUp(sid);
    desk.callComesIn({ sid: 'CAnext' });
  }, payload.sid);
  await invoke('HangupCall', payload);
  assert.deepEqual(edge.requests, []);
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
