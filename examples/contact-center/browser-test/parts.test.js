import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Calls } from '../src/main/resources/static/report/calls.js';
import { comparison, interval } from '../src/main/resources/static/report/chance.js';
import { plain } from '../src/main/resources/static/report/words.js';

// The parts of the page that need no browser.

test('says what Twilio says in people’s words', () => {
  for (const [twilios, peoples] of [
    ["it ended, participant-with-end-conference-on-exit-left, by the agent's leg", "it ended because the agent's leg left"],
    ["it ended, last-participant-kicked, by the agent's leg, after this agent had left", "it ended when the agent's leg was removed as the last, after this agent had left"],
    ['it ended, participant-with-end-conference-on-exit-kicked, no leg named', 'it ended because somebody was removed, no leg named'],
    ['it ended, conference-ended-via-api', 'a program ended it'],
    ['it ended, no reason given, no leg named', 'it ended, and Twilio says neither why nor by which leg'],
    ["the agent's leg left as event 4 of the conference, participant_hung_up, on hold", "the agent's leg left: hung up or lost the connection, on hold (event 4)"],
    ["an unknown party's leg left as event 5 of the conference", 'a leg that hangupby did not identify left (event 5)'],
    ["the customer's leg left before the agent's, participant_hung_up", "the customer's leg left before the agent's: hung up or lost the connection"],
    ["the agent's call is in-progress", "the agent's call was still connected"],
    ["agrees: the customer's leg was ended by Twilio", "it agrees, as the customer's leg was ended by Twilio"],
    ['an agent named in-progress', 'an agent named in-progress'],
  ]) assert.equal(plain(twilios), peoples);
});

test('marks nobody in nineteen of twenty teams in which all are alike', () => {
  let random = 7;
  const next = () => (random = (random * 48271) % 2147483647) / 2147483647;
  const agents = 20;
  let marked = 0;
  for (let team = 0; team < 200; team++) {
    const { compare } = comparison(agents);
    const counts = Array.from({ length: agents }, () => Array.from({ length: 40 }, next).filter((n) => n < 0.1).length);
    const mean = counts.reduce((a, b) => a + b) / agents / 40;
    if (counts.some((hits) => compare(hits, 40, mean) !== 'within')) marked += 1;
  }
  assert.ok(marked <= 10, `${marked} of 200 teams`);
  const [low, high] = interval(50, 100);
  assert.deepEqual([low.toFixed(4), high.toFixed(4), interval(0, 10)[1].toFixed(4)], ['0.3983', '0.6017', '0.3085']);
});

test('keeps what the server keeps: the latest of each, none of another process', () => {
  const calls = new Calls();
  const call = (change, reservation, left = change) => ({ change, reservation, left, task: `WT${reservation}`, endedBy: 'AGENT' });
  const held = () => calls.newestFirst().map(({ reservation, change }) => `${reservation}${change}`);

  calls.take({ life: 'one', oldest: 1, last: 3, calls: [call(1, 'a'), call(2, 'b'), call(3, 'c')] });
  const { added } = calls.take({ life: 'one', oldest: 2, last: 5, calls: [call(4, 'b', 2), call(5, 'd')] });
  assert.deepEqual([held(), added, calls.cursor], [['d5', 'c3', 'b4'], 1, 'life=one&after=5']);

  calls.take({ life: 'two', oldest: 1, last: 1, calls: [call(1, 'e')] });
  assert.deepEqual([held(), calls.cursor], [['e1'], 'life=two&after=1']);
});
