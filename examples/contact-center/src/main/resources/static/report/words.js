// The answers in people's words. What an answer is called in the task comes with each call, as an installation can rename it.

/** Answers that a supervisor counts as one, in the order in which they are stacked. */
export const GROUPS = [
  { id: 'customer', name: 'Customer' },
  { id: 'agent', name: 'Agent' },
  { id: 'dropped', name: 'Dropped' },
  { id: 'handed', name: 'Handed on' },
  { id: 'other', name: 'Others' },
  { id: 'unknown', name: 'Unknown' },
  { id: 'none', name: 'No conversation' },
];

export const ANSWERS = {
  CUSTOMER: { group: 'customer', name: 'Customer hung up', meaning: 'The customer ended the call.' },
  AGENT: { group: 'agent', name: 'Agent hung up', meaning: 'The agent ended it on purpose.' },
  DISCONNECT: {
    group: 'dropped',
    name: 'Connection dropped',
    meaning: 'The agent’s browser went with no sign of purpose: a crash, a refresh, a lost network.',
  },
  COLD_TRANSFER: { group: 'handed', name: 'Cold transfer', meaning: 'The agent handed the customer on and left at once.' },
  WARM_TRANSFER: {
    group: 'handed',
    name: 'Warm transfer',
    meaning: 'The agent handed the customer on after the next agent had joined.',
  },
  CONSULT: {
    group: 'handed',
    name: 'Consulted',
    meaning: 'The agent was consulted by a colleague, with whom the customer stayed.',
  },
  EXTERNAL_COLD_TRANSFER: { group: 'handed', name: 'Sent outside', meaning: 'The customer was sent to an outside number.' },
  EXTERNAL_WARM_TRANSFER: {
    group: 'handed',
    name: 'Left with outside party',
    meaning: 'The agent left the customer talking to an outside party.',
  },
  EXTERNAL: { group: 'other', name: 'Outside party hung up', meaning: 'Somebody outside who had joined ended the call.' },
  SUPERVISOR: { group: 'other', name: 'Supervisor ended it', meaning: 'A supervisor who had joined ended the call.' },
  SYSTEM: { group: 'other', name: 'Program ended it', meaning: 'The call was ended through the API, with no agent’s click behind it.' },
  UNKNOWN: { group: 'unknown', name: 'Unknown', meaning: 'The evidence does not say. Nothing is written.' },
  NONE: { group: 'none', name: 'No conversation', meaning: 'Nobody talked to a customer. Nothing is written.' },
};

export const answerOf = (call) => ANSWERS[call.answer ?? 'NONE'] ?? ANSWERS.UNKNOWN;

export const FATES = {
  WRITTEN: 'Written',
  STOOD: 'Stood there already',
  WAITING: 'Waits for an earlier agent',
  PINNED: 'Set apart for the plugin',
  COLLIDED: 'Too late: an earlier agent’s value was read',
  NOTHING_TO_WRITE: 'Nothing to write',
  REFUSED: 'Not written: the task’s attributes do not allow it',
  TOO_LATE: 'Too late to write',
  DRY_RUN: 'Dry run, not written',
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
