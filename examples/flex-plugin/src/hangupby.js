/**
 * The browser half of hangupby: tells the server that this agent ended the customer's call on purpose.
 *
 * A click leaves the marker `conversations.hang_up_by` = `agent` and
 * `hangupby.agent_hangup` = `{"reservation": "WR…", "at": <epoch ms>}` on the task, and takes it off again if the click came
 * to nothing. It never rejects an action and holds one up for a second at most. README.md says what each hook buys.
 *
 * @typedef {object} Options
 * @property {string} [leaveOrder] where Twilio shall send the conference's events: the server's public URL for them. Unset: nowhere
 * @property {boolean} [pin] put this reservation's own value in place before the task completes. Default: false
 * @property {number} [clickBudgetMs] how long a click may wait for its marker. Default: 1000
 * @property {number} [pinBudgetMs] how long a completion may wait for its value. Default: 2000
 * @property {number} [settleMs] a call that goes on this long after the click was not ended by it. Default: 4000
 * @property {{debug: Function, warn: Function}} [log] Default: console
 *
 * @typedef {object} Click  what was done to one reservation, from the first click until it is settled
 * @property {object} task
 * @property {number} running  actions under way
 * @property {boolean} succeeded
 * @property {() => boolean | undefined} goesOn  does that which was to end go on? undefined: not known
 * @property {{value: unknown, marker: unknown} | undefined} replaced  what our marker took the place of
 * @property {ReturnType<typeof setTimeout>} [timer]
 */

const MARK = 'agent';
const MAX_CHARACTERS = 4096;
const MAX_TRIES = 5;
const GIVE_UP_MS = 5000;

/**
 * @param {typeof import('@twilio/flex-ui')} flex
 * @param {import('@twilio/flex-ui').Manager} manager
 * @param {Options} [options]
 * @returns {() => void} takes all hooks off again
 */
export function init(flex, manager, options = {}) {
  const { leaveOrder, pin = false, clickBudgetMs = 1000, pinBudgetMs = 2000, settleMs = 4000, log = console } = options;
  /** @type {Map<string, Click>} by reservation */
  const clicks = new Map();
  /** @type {Map<object, {action: string, click: Click, succeeded: boolean}>} by payload */
  const invocations = new Map();
  /** @type {WeakMap<object, object | undefined>} the browser's call when an action began, by payload */
  const callsBefore = new WeakMap();
  /** @type {Map<string, Promise<unknown>>} the last edit of each task: ours never race each other */
  const edits = new Map();
  const listeners = [];

  if (manager.configuration?.sdkOptions?.worker?.enableVersionCheck !== true) {
    log.warn('hangupby: sdkOptions.worker.enableVersionCheck is off, so a task is written without its version: a change that'
      + ' somebody else makes at that moment can be lost. Switch it on in the Flex configuration.');
  }

  // Another plugin's listener may come before ours, and end the call at once.
  listen('invocationBegin', () => {
    for (const action of ['HangupCall', 'EndConferenceForAll']) {
      const begun = flex.Actions.findPendingActions(action, (payload) => isObject(payload) && !callsBefore.has(payload)).first;
      if (begun) callsBefore.set(begun.payload, browserCall());
    }
  });
  listen('beforeHangupCall', (payload) => clicked('HangupCall', payload, endsBrowserCall));
  listen('beforeEndConferenceForAll', (payload) => clicked('EndConferenceForAll', payload, endsBrowserCall));
  listen('beforeKickParticipant', (payload) => clicked('KickParticipant', payload, removesCustomer));
  listen('beforeWrapupTask', (payload) => clicked('WrapupTask', payload, endsDeskPhoneCall));
  for (const action of ['HangupCall', 'EndConferenceForAll', 'KickParticipant', 'WrapupTask']) {
    listen(`after${action}`, (payload) => {
      const invocation = invocations.get(payload);
      if (invocation) invocation.succeeded = true;
    });
  }
  // An action that another plugin aborts has no "after", and its end is announced without a payload.
  listen('invocationEnd', () => {
    for (const [payload, invocation] of invocations) {
      if (flex.Actions.findPendingActions(invocation.action, (pending) => pending === payload).first) continue;
      invocations.delete(payload);
      ended(invocation.click, invocation.succeeded);
    }
  });
  if (leaveOrder) listen('beforeAcceptTask', askForLeaveOrder);
  if (pin) listen('beforeCompleteTask', putOwnValue);

  return () => {
    for (const [event, listener] of listeners) flex.Actions.removeListener(event, listener);
    for (const click of clicks.values()) clearTimeout(click.timer);
    clicks.clear();
    invocations.clear();
  };

  /** A fault of ours must reach neither the action nor the other listeners. */
  function listen(event, handle) {
    const listener = async (...args) => {
      try {
        await handle(...args);
      } catch (error) {
        log.warn(`hangupby: ${event}: ${describe(error)}`);
      }
    };
    listeners.push([event, listener]);
    flex.Actions.addListener(event, listener);
  }

  // ---- clicks

  /** @param {(task: object, payload: object) => (() => boolean | undefined) | undefined} ends undefined: it is no hang-up */
  async function clicked(action, payload, ends) {
    const task = callOf(payload);
    const goesOn = task && isOpen(task) ? ends(task, payload) : undefined;
    if (!goesOn) return;
    const reservation = task.sid;
    const click = clicks.get(reservation) ?? { task, running: 0, succeeded: false, goesOn, replaced: undefined };
    clicks.set(reservation, click);
    clearTimeout(click.timer);
    click.running += 1;
    click.goesOn = () => (isOpen(task) ? goesOn() : false);
    invocations.set(payload, { action, click, succeeded: false });
    const at = Date.now();
    await atMost(clickBudgetMs, 'the marker', edit(task, (attributes) => {
      const marked = mark(attributes, reservation, at);
      if (marked) click.replaced = { value: attributes.conversations?.hang_up_by, marker: attributes.hangupby?.agent_hangup };
      return marked;
    }, at + GIVE_UP_MS));
  }

  /** Another plugin that aborts the action may end the call itself, so that what becomes of the call says more than the action. */
  function ended(click, succeeded) {
    click.running -= 1;
    click.succeeded ||= succeeded;
    if (click.running > 0) return;
    click.timer = setTimeout(() => {
      const goesOn = click.goesOn();
      if (goesOn) takeBack(click, 'the call goes on');
      else if (goesOn === undefined && !click.succeeded) takeBack(click, 'the action was aborted or failed');
      else clicks.delete(click.task.sid);
    }, settleMs);
  }

  function takeBack(click, why) {
    const reservation = click.task.sid;
    clicks.delete(reservation);
    log.debug(`hangupby: reservation ${reservation}: ${why}, the marker is taken off`);
    edit(click.task, (attributes) => unmark(attributes, reservation, click.replaced), Date.now() + GIVE_UP_MS)
      .catch((error) => log.warn(`hangupby: the marker of ${reservation} stays: ${describe(error)}`));
  }

  // ---- the optional hooks

  function askForLeaveOrder(payload) {
    if (!callOf(payload)) return;
    const conference = (payload.conferenceOptions ??= {});
    if (conference.conferenceStatusCallback) {
      log.warn('hangupby: another plugin has set conferenceStatusCallback, which stays as it is');
      return;
    }
    conference.conferenceStatusCallback = leaveOrder;
    conference.conferenceStatusCallbackMethod = 'POST';
    conference.conferenceStatusCallbackEvent = 'start,end,join,leave,mute,hold,modify';
  }

  async function putOwnValue(payload) {
    const task = callOf(payload);
    if (!task) return;
    // Later than the budget the reservation may be completed, and the field somebody else's.
    await atMost(pinBudgetMs, 'the value', edit(task, (attributes) => pinned(attributes, task.sid), Date.now() + pinBudgetMs));
  }

  // ---- what Flex knows

  function flexState() {
    return manager.store.getState().flex;
  }

  function taskOf(reservation) {
    return flexState().worker.tasks.get(reservation);
  }

  /** A payload may hold a task, or a reservation's sid only. */
  function callOf(payload) {
    const task = payload?.task ?? taskOf(payload?.sid);
    return task?.sid && flex.TaskHelper.isCallTask(task) ? task : undefined;
  }

  /** Dialing or talking, not in wrap-up. */
  function isOpen(task) {
    return task.status === 'accepted' || task.status === 'pending';
  }

  function browserCall() {
    const call = flexState().phone?.activeCall;
    return call && call.status?.() !== 'closed' ? call : undefined;
  }

  function endsBrowserCall(task, payload) {
    const call = browserCall() ?? callsBefore.get(payload);
    return call && (() => !isOver(task) && isOwnLegLive(task, call));
  }

  /** Flex holds one call of the browser's; where an agent has several, the task's participants say which is whose. */
  function isOwnLegLive(task, clicked) {
    const own = ownLegs(task);
    if (own.some((leg) => leg.callSid) && !own.some((leg) => leg.callSid === sidOf(clicked))) return own.some(isIn);
    const current = browserCall();
    if (current && sidOf(current) === sidOf(clicked)) return true;
    return Boolean(clicked.status) && clicked.status() !== 'closed';
  }

  /**
   * WrapupTask ends a call only where the agent's leg is on another device. A browser agent whose call has dropped gets the
   * same button, and that click did not end it.
   */
  function endsDeskPhoneCall(task) {
    if (browserCall() || task.status !== 'accepted') return undefined;
    const own = ownLegs(task);
    const contact = flexState().worker.attributes?.contact_uri;
    const onDevice = own.length > 0 ? own.some(isIn) : typeof contact === 'string' && !contact.startsWith('client:');
    return onDevice ? () => !isOver(task) : undefined;
  }

  function removesCustomer(task, payload) {
    const sids = [payload.targetSid, payload.participant?.callSid, payload.participant?.participantSid].filter(Boolean);
    const removed = targets(task, payload, sids);
    if (!isCustomer(task, payload, sids, removed)) return undefined;
    const names = [...sids, ...removed.flatMap(namesOf)];
    return () => someAreIn(participants(task).filter((participant) => isNamed(participant, names)));
  }

  /** Whom the payload names, or the only customer if it names nobody that Flex knows. */
  function targets(task, payload, sids) {
    const named = participants(task).filter((participant) => isNamed(participant, sids));
    if (named.length > 0 || typeOf(undefined, payload) !== 'customer') return named;
    const present = customers(task).filter(isIn);
    return present.length === 1 ? present : [];
  }

  /** Others may be of the type `customer` too, so that the customer's leg of the task decides, if it is known. */
  function isCustomer(task, payload, sids, removed) {
    const leg = customerLeg(task);
    if (leg && sids.includes(leg)) return true;
    if (leg && participants(task).some(({ callSid }) => callSid === leg)) return removed.some(({ callSid }) => callSid === leg);
    return typeOf(removed[0], payload) === 'customer' && customers(task).filter(isIn).every((other) => removed.includes(other));
  }

  function participants(task) {
    return task.conference?.participants ?? [];
  }

  function ownLegs(task) {
    return participants(task).filter((participant) => participant.isCurrentWorker);
  }

  function customers(task) {
    return participants(task).filter((participant) => participant.participantType === 'customer');
  }

  /** The agent or all customers have left. */
  function isOver(task) {
    return someAreIn(ownLegs(task)) === false || someAreIn(customers(task)) === false;
  }

  // ---- the write

  /**
   * Reads the task, changes it and writes it with the version that was read, again if somebody else was faster. No write
   * begins after the deadline.
   *
   * @param {(attributes: object) => object | undefined} change undefined: there is nothing to change
   */
  function edit(task, change, deadline) {
    const before = edits.get(task.taskSid) ?? Promise.resolve();
    const edited = before.catch(() => undefined).then(() => readAndWrite(task, change, deadline));
    edits.set(task.taskSid, edited);
    const forget = () => edits.get(task.taskSid) === edited && edits.delete(task.taskSid);
    edited.then(forget, forget);
    return edited;
  }

  async function readAndWrite(task, change, deadline) {
    const source = task.sourceObject?.task ?? task.source ?? task;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await source.fetchLatestVersion();
        const changed = change(checked(source.attributes));
        if (!changed) return;
        if (JSON.stringify(changed).length > MAX_CHARACTERS) throw new Refusal(`attributes of over ${MAX_CHARACTERS} characters`);
        if (Date.now() > deadline) throw new Refusal('too late to write');
        // Nothing may come between the read and this: it is sent with the version that the read has left in the task.
        await source.setAttributes(changed);
        return;
      } catch (error) {
        const wait = pause(error, attempt);
        if (wait === undefined || Date.now() + wait > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  async function atMost(ms, what, work) {
    let timer;
    const late = new Promise((resolve) => {
      timer = setTimeout(() => {
        log.warn(`hangupby: ${what} took longer than ${ms} ms, Flex goes on without it`);
        resolve(undefined);
      }, ms);
    });
    const done = work.catch((error) => log.warn(`hangupby: ${what} was not written: ${describe(error)}`));
    await Promise.race([done, late]);
    clearTimeout(timer);
  }
}

/** Something that trying again does not put right. */
class Refusal extends Error {}

/** How long to wait before the next try, in ms; undefined: there is none. */
function pause(error, attempt) {
  if (error instanceof Refusal || error instanceof TypeError || attempt >= MAX_TRIES) return undefined;
  // The SDK keeps the status in the text only. 412: somebody else has written since we read.
  const status = Number(/status code (\d{3})/.exec(error?.message ?? '')?.[1] ?? 0);
  if (status === 412) return Math.random() * 50;
  if (status === 429 || status === 0 || status >= 500) return 100 * 2 ** attempt * (0.5 + Math.random());
  return undefined;
}

/** Attributes that can be written back without harm. */
function checked(attributes) {
  if (!isObject(attributes)) throw new Refusal('the attributes are no object');
  for (const key of ['conversations', 'hangupby']) {
    if (attributes[key] != null && !isObject(attributes[key])) throw new Refusal(`${key} is no object`);
  }
  if (hasInexactNumber(attributes)) {
    throw new Refusal('the attributes hold a number that JavaScript cannot write back as it was; send it as a string');
  }
  return attributes;
}

/** With the marker, or undefined where it is there already. */
function mark(attributes, reservation, at) {
  const standing = attributes.hangupby?.agent_hangup;
  if (isMark(attributes.conversations?.hang_up_by) && standing?.reservation === reservation) return undefined;
  return {
    ...attributes,
    conversations: { ...attributes.conversations, hang_up_by: MARK },
    hangupby: { ...attributes.hangupby, agent_hangup: { reservation, at } },
  };
}

/** Without our marker, or undefined where there is none of ours. A value that is no longer ours stays. */
function unmark(attributes, reservation, replaced) {
  if (attributes.hangupby?.agent_hangup?.reservation !== reservation) return undefined;
  const { agent_hangup: ours, ...others } = attributes.hangupby;
  if (replaced?.marker !== undefined) others.agent_hangup = replaced.marker;
  const changed = { ...attributes, hangupby: others };
  if (Object.keys(others).length === 0) delete changed.hangupby;
  if (isMark(attributes.conversations?.hang_up_by)) {
    changed.conversations = { ...attributes.conversations };
    if (replaced?.value === undefined) delete changed.conversations.hang_up_by;
    else changed.conversations.hang_up_by = replaced.value;
    if (Object.keys(changed.conversations).length === 0) delete changed.conversations;
  }
  return changed;
}

/**
 * With this reservation's own value in the field that Insights reads, or undefined where it is there already or the server has
 * set none apart. A destination goes with its value: it is set with it, and another segment's is taken off.
 */
function pinned(attributes, reservation) {
  const segments = attributes.hangupby?.segments;
  const own = isObject(segments) && isObject(segments[reservation]) ? segments[reservation] : undefined;
  if (typeof own?.hang_up_by !== 'string') return undefined;
  const standing = attributes.conversations ?? {};
  const conversations = { ...standing, hang_up_by: own.hang_up_by };
  if (typeof own.destination === 'string') {
    conversations.destination = own.destination;
  } else if (Object.entries(segments).some(([sid, other]) => sid !== reservation && isObject(other)
      && other.destination !== undefined && other.destination === standing.destination)) {
    delete conversations.destination;
  }
  if (conversations.hang_up_by === standing.hang_up_by && conversations.destination === standing.destination) return undefined;
  return { ...attributes, conversations };
}

function isMark(value) {
  return typeof value === 'string' && value.toLowerCase() === MARK;
}

/** Flex lists those who have left, too. */
function isIn(participant) {
  return participant.status !== 'left' && participant.status !== 'recently_left';
}

/** undefined: Flex knows none of them. */
function someAreIn(participants) {
  return participants.length > 0 ? participants.some(isIn) : undefined;
}

function typeOf(participant, payload) {
  const given = payload.participant ?? {};
  return String(payload.participantType ?? participant?.participantType ?? given.participantType ?? given.type).toLowerCase();
}

function namesOf(participant) {
  return [participant.callSid, participant.participantSid, participant.uniqueId, participant.workerSid].filter(Boolean);
}

function isNamed(participant, names) {
  return namesOf(participant).some((name) => names.includes(name));
}

/** Flex may replace the object of a call, not its sid. */
function sidOf(call) {
  return call.parameters?.CallSid ?? call;
}

function customerLeg(task) {
  return task.attributes?.conference?.participants?.customer ?? task.attributes?.call_sid;
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasInexactNumber(value) {
  if (typeof value === 'number') return !Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value));
  return typeof value === 'object' && value !== null && Object.values(value).some(hasInexactNumber);
}

/** Never the attributes themselves: they hold phone numbers. */
function describe(error) {
  return error?.message ?? String(error);
}
