import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, beforeEach } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { Demo, Gate } from './demo.js';

// Starts the demo and a browser for the tests of the file that imports this module, and gives each test a new page.
const HELD = 10_000;
const LONGEST = 60_000;
const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

export let demo;
export let gate;
export let browser;
export let context;
export let page;
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

export async function visit(viewport, options = {}) {
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

export async function open(hash = '', url = demo.url) {
  await page.goto(url + hash);
  await see('#range', / of 10,000$/);
}

/** Responds to the page's requests for calls with these responses in order. Further requests get no response. */
export async function feed(...responses) {
  let asked = 0;
  await page.route(/\/report\/calls\?/, async (route) => {
    const response = responses[asked];
    asked += 1;
    if (response) await route.fulfill({ json: await response });
  });
}

export const text = (selector) => page.textContent(selector);
export const reservations = () => page.$$eval('#rows tr', (rows) => rows.map((row) => row.dataset.reservation));
export const until = (condition, argument) => page.waitForFunction(condition, argument);
export const see = (selector, pattern) => until(([where, { source, flags }]) =>
  new RegExp(source, flags).test(document.querySelector(where)?.textContent), [selector, { source: pattern.source, flags: pattern.flags }]);
export const seeRow = ({ reservation }) => page.waitForSelector(`[data-reservation="${reservation}"]`, { state: 'attached' });
export const seeAll = (selector, wanted) => until(([where, words]) => {
  const found = [...document.querySelectorAll(where)];
  return found.length > 0 && found.every((element) => element.textContent === words);
}, [selector, wanted]);
export const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Presses a key and waits for where that leads. */
export async function press(key, leadsTo, argument) {
  await page.keyboard.press(key);
  await until(leadsTo, argument);
}

/** Uses another page until the end of the test. */
export function turnTo(opened) {
  page = opened;
}

/** Says what the browser may complain of during this test. */
export function expect(trouble) {
  expected = trouble;
}

export async function audit() {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations', 'passes'],
  }));
  assert.ok(passes.length > 20);
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).slice(0, 3).join(' ')}`), []);
}

export const invented = (name, more = {}) => ({
  change: 1, changed: Date.now(), reservation: `WR${name}`, task: `WT${name}`, worker: `WK${name}`, name, left: Date.now() - 60_000,
  stage: 'DECIDED', reason: 'the customer hung up', endedBy: 'CUSTOMER', value: 'customer', rule: 'customer-left', write: 'WRITTEN', ...more,
});
export const batchOf = (calls) => ({ life: 'one', oldest: 0, last: 1, more: false, journal: 'IN_MEMORY', calls });
