// Runs in the browser: the real @twilio/flex-ui with its own store, and the real TaskRouter SDK, at a desk with one agent.
// What is not Twilio's code here is the browser's phone call, and everything behind HTTP and the web socket (edge.js).
import * as Flex from '@twilio/flex-ui';
import { applyMiddleware, combineReducers, compose, createStore } from 'redux';
import { Supervisor } from 'twilio-taskrouter';
import { init } from '../src/hangupby.js';

const store = createStore(
  combineReducers({ flex: Flex.FlexReducer }),
  compose(Flex.flexStoreEnhancer, applyMiddleware(...Flex.getFlexMiddleware())),
);
const manager = new Flex.Manager({ sdkOptions: { worker: { enableVersionCheck: true } } }, store);
let worker;
const legs = new Map();
let takeOff = () => undefined;
let undo = [];

window.desk = {
  Flex,
  manager,
  logged: [],

  /** Signs the agent in: the SDK reads the worker and its reservations from the edge. */
  async signIn({ contactUri = 'client:anna', enableVersionCheck = true } = {}) {
    worker = new Supervisor('token', {
      ebServer: `${location.origin}/bridge`, wsServer: `ws://${location.host}/socket`, enableVersionCheck, logLevel: 'silent',
    });
    await new Promise((resolve, reject) => {
      worker.on('ready', resolve);
      worker.on('error', reject);
    });
    store.dispatch({ type: 'WORKER_INIT', payload: { source: worker, attributes: { contact_uri: contactUri } } });
    for (const deadline = Date.now() + 5000; worker.reservations.size === 0;) {
      if (Date.now() > deadline) throw new Error('no reservation came');
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    for (const reservation of worker.reservations.values()) {
      store.dispatch({ type: 'WORKER_ADD_RESERVATION', payload: reservation });
    }
  },

  plugIn(options = {}, configuration) {
    const log = { debug: (line) => this.logged.push(['debug', line]), warn: (line) => this.logged.push(['warn', line]) };
    takeOff = init(Flex, configuration ? { store, configuration } : manager, { log, ...options });
  },

  plugOut() {
    takeOff();
  },

  /** What another plugin adds. */
  listen(event, listener) {
    Flex.Actions.addListener(event, listener);
    undo.push(() => Flex.Actions.removeListener(event, listener));
  },

  /** Another plugin puts something in place of an action; Flex has no way back, so that `signOut` switches it off. */
  replace(action, instead) {
    let on = true;
    Flex.Actions.replaceAction(action, (payload, original) => (on ? instead(payload, original) : original(payload)));
    undo.push(() => { on = false; });
  },

  /** The agent's leg comes into this browser, beside those that are there. `stuck`: hanging up does nothing. */
  callComesIn({ stuck = false, sid = 'CAagent' } = {}) {
    const call = {
      parameters: { CallSid: sid },
      state: 'open',
      status: () => call.state,
      disconnect: () => stuck || this.legGoes(sid),
    };
    legs.set(sid, call);
    store.dispatch({ type: 'PHONE_ADD_CALL', payload: call });
  },

  /** As Flex does, which keeps the newest call only and forgets it whichever call ends. */
  legGoes(sid = 'CAagent') {
    legs.get(sid).state = 'closed';
    store.dispatch({ type: 'PHONE_REMOVE_CALL' });
  },

  conference(taskSid, participants) {
    const conference = {
      sid: taskSid, status: 'joined', participants: participants.map((source) => new Flex.ConferenceParticipant(source)),
    };
    store.dispatch({ type: 'CONFERENCE_MULTIPLE_UPDATE', payload: { conferences: [conference] } });
  },

  task(reservation) {
    return store.getState().flex.worker.tasks.get(reservation);
  },

  /** TaskRouter has put the reservation into wrap-up. */
  wrapsUp(reservation) {
    worker.reservations.get(reservation).status = 'wrapping';
  },

  async invoke(action, payload) {
    try {
      await Flex.Actions.invokeAction(action, payload);
      return 'done';
    } catch (error) {
      return error.message;
    }
  },

  /** Starts without waiting; `finished` tells. */
  start(action, payload) {
    const started = { action, result: undefined };
    this.started = started;
    this.invoke(action, payload).then((result) => { started.result = result; });
  },

  finished() {
    return this.started.result;
  },

  signOut() {
    takeOff();
    for (const each of undo) each();
    undo = [];
    legs.clear();
    store.dispatch({ type: 'PHONE_REMOVE_CALL' });
    for (const reservation of worker?.reservations.values() ?? []) {
      store.dispatch({ type: 'WORKER_DELETE_RESERVATION', payload: reservation });
    }
    worker?.disconnect();
    worker = undefined;
    this.logged = [];
  },
};
