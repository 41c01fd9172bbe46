// The answers in people's words. What an answer is called in the task comes with each call, as an installation can rename it.

/** Answers that a supervisor counts as one, in the order in which they are stacked. */
export const GROUPS = [
  { id: 'customer', name: 'Customer' },
  { id: 'agent', name: 'Agent' },
  { id: 'dropped', name: 'Dropped' },
  { id: 'transfer', name: 'Transfers' },
  { id: 'other', name: 'Other' },
  { id: 'unknown', name: 'Unknown' },
  { id: 'none', name: 'No conversation', short: 'None' },
];

export const ANSWERS = {
  CUSTOMER: { group: 'customer', name: 'Customer hung up', meaning: 'The customer ended the call.' },
  AGENT: { group: 'agent', name: 'Agent hung up', meaning: 'The agent ended it on purpose.' },
  DISCONNECT: {
    group: 'dropped',
    name: 'Connection dropped',
    meaning: 'The agent’s browser went with no sign of purpose: a crash, a refresh, a lost network.',
  },
  COLD_TRANSFER: { group: 'transfer', name: 'Cold transfer', meaning: 'The agent handed the customer on and left at once.' },
  WARM_TRANSFER: {
    group: 'transfer',
    name: 'Warm transfer',
    meaning: 'The agent handed the customer on after the next agent had joined.',
  },
  CONSULT: {
    group: 'transfer',
    name: 'Consulted',
    meaning: 'The agent was consulted by a colleague, with whom the customer stayed.',
  },
  EXTERNAL_COLD_TRANSFER: { group: 'transfer', name: 'Sent outside', meaning: 'The customer was sent to an outside number.' },
  EXTERNAL_WARM_TRANSFER: {
    group: 'transfer',
    name: 'Left with outside party',
    meaning: 'The agent left the customer talking to an outside party.',
  },
  EXTERNAL: { group: 'other', name: 'Outside party hung up', meaning: 'Somebody outside who had joined ended the call.' },
  SUPERVISOR: { group: 'other', name: 'Supervisor ended it', meaning: 'A supervisor who had joined ended the call.' },
  SYSTEM: { group: 'other', name: 'Program ended it', meaning: 'The call was ended through the API, with no agent’s click behind it.' },
  UNKNOWN: { group: 'unknown', name: 'Unknown', meaning: 'The evidence does not say. Nothing is written.' },
  NONE: { group: 'none', name: 'No conversation', meaning: 'Nobody talked to a customer. Nothing is written.' },
};

/** What stands in an answer's place before there is one. */
export const PENDING = {
  UNDECIDED: {
    group: 'pending',
    name: 'Being decided',
    meaning: 'The agent’s part is over; the last evidence, or an answer from Twilio, is still to come.',
  },
  GIVEN_UP: { group: 'pending', name: 'Given up', meaning: 'Twilio refused, or did not answer for too long. Nothing further is tried.' },
};

export const isDecided = (call) => !PENDING[call.stage];

/** What a call's answer is known by here. */
export const answerId = (call) => (isDecided(call) ? call.answer ?? 'NONE' : call.stage);
export const answerOf = (call) => PENDING[call.stage] ?? ANSWERS[answerId(call)] ?? ANSWERS.UNKNOWN;

/** What became of an answer’s value, or of the look for an answer. */
export const FATES = {
  UNDECIDED: 'nothing yet',
  GIVEN_UP: 'nothing known',
  WRITTEN: 'written',
  ALREADY_SET: 'stood there',
  WAITING: 'waits for an earlier agent',
  PINNED: 'set apart for the plugin',
  COLLIDED: 'too late, an earlier agent’s was read',
  NOTHING_TO_WRITE: 'nothing to write',
  INVALID_ATTRIBUTES: 'refused',
  TOO_LATE: 'too late',
  DRY_RUN: 'dry run, not written',
};

export const SOURCES = {
  EVENTS: 'TaskRouter’s events',
  CONFERENCE: 'Twilio’s conference',
  PARTICIPANTS: 'The conference’s participants',
  CALL: 'Twilio’s calls',
  TASK: 'The task’s attributes',
  CALLBACKS: 'The conference’s status callbacks',
  SETTING: 'hangupby’s settings',
  APPLICATION: 'The application',
};

export const agentOf = (call) => call.name ?? (call.worker ? `${call.worker.slice(0, 6)}…${call.worker.slice(-4)}` : 'Not named');

const number = new Intl.NumberFormat();
export const count = (n) => number.format(n);

const percent = new Intl.NumberFormat(undefined, { style: 'percent' });
export const share = (part, whole) => (whole ? percent.format(part / whole) : '');

export const plural = (n, one, more) => `${count(n)} ${n === 1 ? one : more}`;

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const dayAndClock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const isToday = (ms) => new Date(ms).toDateString() === new Date().toDateString();
export const time = (ms) => (isToday(ms) ? clock : dayAndClock).format(ms);
