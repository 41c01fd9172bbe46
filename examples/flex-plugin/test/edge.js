// Twilio's edge: what the TaskRouter SDK in the browser reaches over HTTP and its web socket, and the page that it runs in.
import { createServer } from 'node:http';

const WORKSPACE = 'WS00000000000000000000000000000001';
export const WORKER = 'WK00000000000000000000000000000001';

export class Edge {
  /** Requests that the SDK has made for the task: {method, ifMatch, attributes}. */
  requests = [];
  /** All others that are not plain reads: {url, params}. */
  others = [];
  /** Called before a request is answered; may change the task, return a status to fail with, or a promise. */
  before = () => undefined;

  constructor(script) {
    this.script = script;
    this.server = createServer((request, response) => this.#answer(request, response));
  }

  async open() {
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.origin = `http://127.0.0.1:${this.server.address().port}`;
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** One accepted call; attributes are text, as Twilio keeps them. */
  task(number, { attributes, status = 'accepted', channel = 'voice' }) {
    const digits = String(number).padStart(32, '0');
    this.reservation = `WR${digits}`;
    this.sid = `WT${digits}`;
    this.attributes = attributes;
    this.status = status;
    this.channel = channel;
    this.version = 1;
    this.requests = [];
    this.others = [];
    this.before = () => undefined;
  }

  /** What somebody else writes. */
  write(attributes) {
    this.attributes = JSON.stringify(attributes);
    this.version += 1;
  }

  read() {
    return JSON.parse(this.attributes);
  }

  get writes() {
    return this.requests.filter(({ method, attributes }) => method === 'POST' && attributes !== undefined);
  }

  /** The web socket's first message tells the SDK whom it serves. */
  greet(socket) {
    const payload = { channel_id: WORKER, account_sid: 'AC1', workspace_sid: WORKSPACE, token_lifetime: 3600000 };
    socket.send(JSON.stringify({ event_type: 'init', payload }));
  }

  async #answer(request, response) {
    if (request.url === '/desk.js') return response.setHeader('content-type', 'text/javascript').end(this.script);
    if (request.url === '/') return response.setHeader('content-type', 'text/html').end('<!doctype html><script src="/desk.js"></script>');
    if (request.url !== '/bridge') return response.writeHead(404).end();
    let body = '';
    for await (const chunk of request) body += chunk;
    const { url, method, params } = JSON.parse(body);
    const [status, payload] = await this.#taskRouter(url, method, params, request.headers['if-match']);
    response.setHeader('content-type', 'application/json');
    response.writeHead(status).end(JSON.stringify(status < 300 ? { payload } : { message: 'refused' }));
  }

  async #taskRouter(url, method, params, ifMatch) {
    if (url.endsWith(`Tasks/${this.sid}`)) {
      const asked = { method, ifMatch, attributes: params.Attributes };
      this.requests.push(asked);
      const failure = await this.before(asked, this.requests.length);
      if (failure) return [failure];
      if (method === 'POST') {
        if (ifMatch !== undefined && ifMatch !== String(this.version)) return [412];
        this.write(params.Attributes);
      }
      return [200, this.#task()];
    }
    if (url.endsWith('Reservations')) return [200, { contents: [this.#reservation()] }];
    if (url.endsWith('Activities')) return [200, { contents: [{ ...this.#dated('WA1'), available: true, friendly_name: 'On' }] }];
    if (url.endsWith('Channels') || url.endsWith('WorkerChannels')) return [200, { contents: [] }];
    if (url.endsWith(`Workers/${WORKER}`)) {
      return [200, {
        ...this.#dated(WORKER), activity_name: 'On', activity_sid: 'WA1', attributes: '{"contact_uri":"client:anna"}',
        available: true, date_status_changed: 1, friendly_name: 'anna', version: '1',
      }];
    }
    this.others.push({ url, params });
    return [200, this.#task()];
  }

  #dated(sid) {
    return { sid, account_sid: 'AC1', workspace_sid: WORKSPACE, date_created: 1, date_updated: 1 };
  }

  #reservation() {
    return {
      ...this.#dated(this.reservation), reservation_status: this.status, reservation_timeout: 120, worker_sid: WORKER,
      version: '1', task: this.#task(),
    };
  }

  #task() {
    return {
      ...this.#dated(this.sid), addons: '{}', age: 1, attributes: this.attributes, priority: 0, queue_name: 'q', queue_sid: 'WQ1',
      reason: null, routing_target: '', assignment_status: 'assigned', task_channel_unique_name: this.channel,
      task_channel_sid: 'TC1', timeout: 60, workflow_name: 'w', workflow_sid: 'WW1', version: String(this.version),
      virtual_start_time: 1,
    };
  }
}
