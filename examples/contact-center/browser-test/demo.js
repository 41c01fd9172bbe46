import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer, connect } from 'node:net';
import { createInterface } from 'node:readline';

const LONGEST = 120_000;

/** The demo, with so many calls in it from the start; its own go on as ever, unless the settings say otherwise. */
export class Demo {
  static async start(calls, ...settings) {
    const java = process.env.JAVA_HOME ? `${process.env.JAVA_HOME}/bin/java` : 'java';
    const running = spawn(java, ['-cp', process.env.DEMO_CLASSPATH, 'io.hangupby.example.contactcenter.ContactCenterApplication',
      '--server.port=0', '--server.address=127.0.0.1', `--test.calls=${calls}`, ...settings], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said = [];
    for await (const line of createInterface({ input: running.stdout })) {
      said.push(line);
      const address = line.match(/^The report, live: http:\/\/localhost:(\d+)\/(\?key=\S+)?$/);
      if (address) {
        running.stdout.resume();
        return new Demo(running, Number(address[1]), address[2]);
      }
    }
    throw new Error(`the demo did not start:\n${said.join('\n')}`);
  }

  constructor(running, port, key = '') {
    this.running = running;
    this.port = port;
    this.url = `http://127.0.0.1:${port}/`;
    this.urlWithKey = this.url + key;
  }

  async #batch({ life, last }) {
    const response = await fetch(`${this.url}report/calls?life=${life}&after=${last}`, { signal: AbortSignal.timeout(LONGEST) });
    assert.equal(response.status, 200);
    return response.json();
  }

  async #everything() {
    const calls = new Map();
    let batch = { life: '', last: 0, more: true };
    while (batch.more) {
      batch = await this.#batch(batch);
      batch.calls.forEach((call) => calls.set(call.reservation, call));
    }
    return [[...calls.values()].filter(({ change }) => change >= batch.oldest), batch];
  }

  /** All that the server keeps now. */
  async everything() {
    return (await this.#everything())[0];
  }

  /** Returns calls that end from now on, once so many of those that are wanted are decided, with when their verdicts arrived here. */
  async callsMore(number, wanted = () => true) {
    const now = Date.now();
    const decided = new Map();
    const take = (calls) => calls.filter((call) => call.stage === 'DECIDED' && call.left >= now && wanted(call))
      .forEach((call) => decided.set(call.reservation, { ...call, arrived: decided.get(call.reservation)?.arrived ?? Date.now() }));
    let [calls, batch] = await this.#everything();
    for (take(calls); decided.size < number; take(batch.calls)) {
      assert.ok(Date.now() < now + LONGEST, `${decided.size} of ${number} calls in two minutes`);
      batch = await this.#batch(batch);
    }
    return [...decided.values()];
  }

  /** Returns a call that ends from now on, once it is decided. */
  async callMore(wanted) {
    return (await this.callsMore(1, wanted))[0];
  }

  stop() {
    this.running.kill('SIGKILL');
  }
}

/** A way to a server that can be cut. */
export class Gate {
  #sockets = new Set();
  #isOpen = true;

  async open(port) {
    this.server = createServer((socket) => {
      if (!this.#isOpen) {
        socket.destroy();
        return;
      }
      const onward = connect(port, '127.0.0.1');
      for (const [from, to] of [[socket, onward], [onward, socket]]) {
        this.#sockets.add(from);
        from.pipe(to);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.#sockets.delete(from);
          to.destroy();
        });
      }
    });
    await new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${this.server.address().port}/`;
  }

  cut() {
    this.#isOpen = false;
    this.#sockets.forEach((socket) => socket.destroy());
  }

  mend() {
    this.#isOpen = true;
  }

  close() {
    this.cut();
    this.server.close();
  }
}
