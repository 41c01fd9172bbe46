// What the tests have in common: an agent's page in Chromium, and Twilio's edge behind it.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, afterEach, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';
import { Edge, WORKER } from './edge.js';

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
  .find((path) => path && existsSync(path));
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const ENOUGH = { timeout: 10000 };
let browser;
export let page;
export let edge;
export let calls = 0;

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
export async function call({ attributes = {}, inBrowser = true, stuck = false, status, channel, contactUri, enableVersionCheck, options, configuration } = {}) {
  calls += 1;
  const text = typeof attributes === 'string' ? attributes : JSON.stringify(attributes);
  edge.task(calls, { attributes: text, status, channel });
  await page.evaluate((worker) => desk.signIn(worker), { contactUri, enableVersionCheck });
  if (inBrowser) await page.evaluate((leg) => desk.callComesIn(leg), { stuck });
  await page.evaluate(([given, config]) => desk.plugIn(given, config), [options, configuration]);
  return { sid: edge.reservation };
}

export const invoke = (action, payload) => page.evaluate(([name, given]) => desk.invoke(name, given), [action, payload]);
export const start = (action, payload) => page.evaluate(([name, given]) => desk.start(name, given), [action, payload]);
export const finished = () => page.evaluate(() => desk.finished());
export const warnings = () => page.evaluate(() => desk.logged.filter(([level]) => level === 'warn').map(([, line]) => line));
export const conference = (participants) => page.evaluate(([sid, those]) => desk.conference(sid, those), [edge.sid, participants]);
export const pass = (ms) => page.clock.fastForward(ms);

/** A read of the test's own comes back after everything that was under way before it. */
export async function readOnce() {
  const seen = edge.requests.length;
  await page.evaluate((sid) => desk.task(sid).source.fetchLatestVersion(), edge.reservation);
  return edge.requests.slice(seen);
}

export async function eventually(condition, what) {
  const deadline = Date.now() + ENOUGH.timeout;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `never: ${what}`);
    await page.evaluate(() => desk.finished);
  }
}

export function assertMarked(attributes = edge.read()) {
  assert.equal(attributes.conversations?.hang_up_by, 'agent');
  assert.equal(attributes.hangupby.agent_hangup.reservation, edge.reservation);
  assert.equal(typeof attributes.hangupby.agent_hangup.at, 'number');
  assert.deepEqual(Object.keys(attributes.hangupby.agent_hangup), ['reservation', 'at']);
}

export const CUSTOMER = { type: 'customer', mediaProperties: { callSid: 'CAcustomer', status: 'joined' }, participantSid: 'UTcustomer' };
export const GONE = { ...CUSTOMER, mediaProperties: { callSid: 'CAcustomer', status: 'left' } };
export const AGENT = { type: 'agent', routingProperties: { workerSid: WORKER }, mediaProperties: { callSid: 'CAagent', status: 'joined' } };
export const AGENT_ON_PHONE = { ...AGENT, mediaProperties: { callSid: 'CAphone', status: 'joined' } };
export const OTHER_AGENT = { type: 'agent', routingProperties: { workerSid: 'WK2' }, mediaProperties: { callSid: 'CAother', status: 'joined' } };
export const GUEST = { type: 'customer', mediaProperties: { callSid: 'CAguest', status: 'joined' }, participantSid: 'UTguest' };
export const OUTSIDE = { type: 'external', mediaProperties: { callSid: 'CAoutside', status: 'joined' }, participantSid: 'UToutside' };

