// The categories in people's words. Each call has the value in the task, because an installation can override values.

/** Categories that a supervisor counts together, in the order of the stack. */
export const GROUPS = [
  { id: 'customer', name: 'Customer' },
  { id: 'agent', name: 'Agent' },
  { id: 'dropped', name: 'Dropped' },
  { id: 'transfer', name: 'Transfers' },
  { id: 'other', name: 'Other' },
  { id: 'unknown', name: 'Unknown' },
  { id: 'none', name: 'No conversation' },
];

export const CATEGORIES = {
  CUSTOMER: { group: 'customer', name: 'Customer hung up', meaning: 'The customer ended the call.' },
  AGENT: { group: 'agent', name: 'Agent hung up', meaning: 'The agent ended the call on purpose.' },
  DISCONNECT: {
    group: 'dropped',
    name: 'Connection dropped',
    meaning: 'The agent’s browser lost the connection: a crash, a refresh, a lost network.',
  },
  COLD_TRANSFER: { group: 'transfer', name: 'Cold transfer', meaning: 'The agent transferred the customer and left at once.' },
  WARM_TRANSFER: {
    group: 'transfer',
    name: 'Warm transfer',
    meaning: 'The agent transferred the customer after the next agent had joined.',
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
  SYSTEM: { group: 'other', name: 'Program ended it', meaning: 'A program ended the call or moved the customer on, without an agent’s click.' },
  UNKNOWN: { group: 'unknown', name: 'Unknown', meaning: 'The evidence does not say. Nothing is written.' },
  NONE: { group: 'none', name: 'No conversation', meaning: 'Nobody talked to a customer. Nothing is written.' },
};

/** Shown in place of a category before there is a verdict. */
export const PENDING = {
  UNDECIDED: {
    group: 'pending',
    name: 'Being decided',
    meaning: 'The segment has ended. hangupby waits for the last evidence, or for a response from Twilio.',
  },
  PARKED: { group: 'pending', name: 'Parked', meaning: 'Requests to Twilio failed for too long. hangupby does not try again until somebody retries the task.' },
};

export const isDecided = (call) => !PENDING[call.stage];

/** Returns the key of a call's category. */
export const categoryId = (call) => (isDecided(call) ? call.endedBy ?? 'NONE' : call.stage);
export const categoryOf = (call) => PENDING[call.stage] ?? CATEGORIES[categoryId(call)] ?? CATEGORIES.UNKNOWN;

/** Results of the write, or the stage before the verdict. */
export const FATES = {
  UNDECIDED: 'nothing yet',
  PARKED: 'nothing known',
  WRITTEN: 'written',
  ALREADY_SET: 'already set',
  WAITING: 'waits for an earlier agent',
  PINNED: 'stored for the plugin',
  COLLIDED: 'too late, an earlier agent’s value was read',
  NOTHING_TO_WRITE: 'nothing to write',
  INVALID_ATTRIBUTES: 'attributes invalid',
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
  VOICE_INSIGHTS: 'Voice Insights',
};

export const agentOf = (call) => call.name ?? (call.worker ? `${call.worker.slice(0, 6)}…${call.worker.slice(-4)}` : 'Not named');

/** What became of a value that was written: what Flex Insights read when the agent completed. */
export const READ = { KEPT: 'read by Flex Insights', LOST: 'lost before Flex Insights read it', NOT_KNOWN: '' };

/** Whether Voice Insights agrees with the verdict. */
export const AUDITS = {
  AGREES: { name: 'Agrees', says: 'Voice Insights agrees' },
  DISAGREES: { name: 'Disagrees', says: 'Voice Insights disagrees' },
  NOT_COMPARABLE: { name: 'Not comparable', says: 'not comparable with Voice Insights' },
  NO_DATA: { name: 'No report', says: '' },
};

const TWILIOS_WORDS = {
  // Twilio has one word for both: only a plugin's marker distinguishes them.
  participant_hung_up: 'hung up or lost the connection',
  participant_updated_via_api: 'removed or moved by a program',
  conference_ended_via_api: 'a program ended the conference',
  moderator_ended_conference: 'the conference ended',
  participant_add_failed: 'never picked up',
};
const TWILIOS = new RegExp(`, (${Object.keys(TWILIOS_WORDS).join('|')})\\b`, 'g');
const STATUSES = {
  queued: 'was not dialled yet',
  initiated: 'was not dialled yet',
  ringing: 'was still ringing',
  'in-progress': 'was still connected',
  completed: 'was over',
  busy: 'was busy',
  'no-answer': 'was not answered',
  canceled: 'was canceled before anybody answered',
  failed: 'could not be connected',
};
const READ_AS = new RegExp(`\\bcall is (${Object.keys(STATUSES).join('|')})$`);
const UTC = /\b(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) UTC\b/g;

const AUDITED = { agrees: 'it agrees', disagrees: 'it disagrees', 'not comparable': 'it can neither confirm nor contradict' };

/** How Twilio says that a conference ended, and how people say it. */
const ENDS = [
  [/^it ended, participant-with-end-conference-on-exit-left, by (.*? leg)\b/, 'it ended because $1 left'],
  [/^it ended, participant-with-end-conference-on-exit-kicked, by (.*? leg)\b/, 'it ended because $1 was removed'],
  [/^it ended, last-participant-left, by (.*? leg)\b/, 'it ended when $1 left as the last'],
  [/^it ended, last-participant-kicked, by (.*? leg)\b/, 'it ended when $1 was removed as the last'],
  [/^it ended, participant-with-end-conference-on-exit-left\b/, 'it ended because somebody left'],
  [/^it ended, participant-with-end-conference-on-exit-kicked\b/, 'it ended because somebody was removed'],
  [/^it ended, last-participant-left\b/, 'it ended when the last leg left'],
  [/^it ended, last-participant-kicked\b/, 'it ended when the last leg was removed'],
  [/^it ended, conference-ended-via-api\b/, 'a program ended it'],
  [/^it ended, no reason given, no leg named\b/, 'it ended, and Twilio says neither why nor by which leg'],
];

/** A sentence of hangupby's in people's words, with the times of the reader's place. */
export const plain = (sentence) => ENDS.reduce((said, [twilios, peoples]) => said.replace(twilios, peoples), sentence)
  .replace(/ leg left as event (\d+) of the conference(?:, (.*))?$/, (_, event, how) => ` leg left${how ? `, ${how}` : ''} (event ${event})`)
  .replace(READ_AS, (_, status) => `call ${STATUSES[status]}`)
  .replace(/\ban unknown party's (leg|call)\b/g, 'a $1 that hangupby did not identify')
  .replace(/^(agrees|disagrees|not comparable): /, (_, status) => `${AUDITED[status]}, as `)
  .replace(TWILIOS, (_, word) => `: ${TWILIOS_WORDS[word]}`)
  .replace(UTC, (_, day, moment) => time(Date.parse(`${day}T${moment}Z`)));

const number = new Intl.NumberFormat();
export const count = (n) => number.format(n);

/** So long as a clock shows it. */
export function duration(ms) {
  const seconds = Math.round(ms / 1000);
  const two = (n) => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

const percents = new Intl.NumberFormat(undefined, { style: 'percent' });
export const percent = (part) => percents.format(part);
export const share = (part, whole) => (whole ? percent(part / whole) : '');

export const plural = (n, one, more) => `${count(n)} ${n === 1 ? one : more}`;

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const dayAndClock = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const isToday = (ms) => new Date(ms).toDateString() === new Date().toDateString();
export const time = (ms) => (isToday(ms) ? clock : dayAndClock).format(ms);

/** Where these times are: the place of the reader's browser. */
export const place = Intl.DateTimeFormat().resolvedOptions().timeZone;
