import { byId } from './dom.js';
import { AUDITS, FATES, READ, agentOf, categoryOf, plain } from './words.js';

const COLUMNS = {
  ended: (call) => localTime(call.left),
  agent: (call) => agentOf(call),
  worker: (call) => call.worker,
  queue: (call) => call.queue,
  'ended by': (call) => categoryOf(call).name,
  why: (call) => plain(call.reason),
  rule: (call) => call.rule,
  value: (call) => call.value,
  'in the task': (call) => FATES[call.write ?? call.stage] ?? call.write,
  'flex insights': (call) => READ[call.kept],
  'talk seconds': (call) => (call.talked == null ? null : Math.round(call.talked / 1000)),
  'on hold': (call) => yesOrNo(call.onHold),
  'during a transfer': (call) => yesOrNo(call.transferring),
  'voice insights': (call) => AUDITS[call.audit]?.name,
  task: (call) => call.task,
  reservation: (call) => call.reservation,
  legs: (call) => call.legs?.join(' '),
};

const yesOrNo = (value) => (value == null ? null : value ? 'yes' : 'no');

/** The time of the reader's place, as spreadsheets read it, and its distance from UTC. */
function localTime(ms) {
  const offset = -new Date(ms).getTimezoneOffset();
  const two = (n) => String(Math.floor(Math.abs(n))).padStart(2, '0');
  const local = new Date(ms + offset * 60_000).toISOString().slice(0, 19).replace('T', ' ');
  return `${local}${offset < 0 ? '-' : '+'}${two(offset / 60)}:${two(offset % 60)}`;
}

/** A spreadsheet computes a cell that begins like a formula, so such a cell begins with an apostrophe. */
function cell(value) {
  const text = String(value ?? '');
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Returns the calls as CSV (RFC 4180). */
export function csv(calls) {
  const rows = calls.map((call) => Object.values(COLUMNS).map((column) => cell(column(call))).join(','));
  return [Object.keys(COLUMNS).join(','), ...rows, ''].join('\r\n');
}

/** Sets up the button, which saves these calls. Nothing leaves the browser. */
export function csvButton(calls) {
  byId('csv').addEventListener('click', () => {
    // The byte order mark tells spreadsheets that this is UTF-8.
    const file = URL.createObjectURL(new Blob(['\uFEFF', csv(calls())], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = file;
    link.download = `who-hung-up-${new Date().toISOString().slice(0, 10)}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(file), 10_000);
  });
}
