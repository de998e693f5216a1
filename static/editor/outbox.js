/**
 * The road up: what was typed leaves in windows of some tenths of a second, in order, one at a time.
 * An update that was once on its way never changes again, because its key names its bytes.
 */
import { mergeUpdates } from "yjs";

const MOST_BYTES = 48_000;
const FIRST_WAIT = 5;
const LONGEST_WAIT = 30;

export class Outbox {
  /** events: saved(when), saving(), waiting(seconds, isKept), stopped(kind, reason). */
  constructor({ wire, store, client, events }) {
    Object.assign(this, { wire, store, client, events });
    this.queue = [];
    this.counter = 0;
    this.window = 0.3;
    this.failures = 0;
    this.timer = 0;
    this.isBusy = false;
    this.isStopped = false;
  }

  get isEmpty() { return !this.queue.length; }

  /** What an earlier visit left behind, oldest first. */
  resume(rows) {
    this.queue.unshift(...rows.map((row) => ({ ...row, wasSent: true })));
    if (rows.length) this.pump();
  }

  add(update) {
    let row = this.queue.at(-1);
    if (!row || row.wasSent || row.update.length + update.length > MOST_BYTES) {
      this.counter += 1;
      row = { id: `${this.client}:${this.counter}`, counter: this.counter, update };
      this.queue.push(row);
    } else row.update = mergeUpdates([row.update, update]);
    this.store.put(row);
    if (this.isStopped) return;
    if (!this.failures) this.events.saving();
    this.after(this.window);
  }

  after(seconds) {
    if (this.timer || this.isBusy) return;
    this.timer = setTimeout(() => { this.timer = 0; this.pump(); }, seconds * 1000);
  }

  /** Now, whatever the wait was. */
  hurry() {
    if (this.isStopped || this.isEmpty) return;
    clearTimeout(this.timer);
    this.timer = 0;
    this.pump();
  }

  again() {
    this.isStopped = false;
    this.failures = 0;
    this.hurry();
  }

  async pump() {
    if (this.isBusy || this.isStopped || this.isEmpty) return;
    this.isBusy = true;
    const row = this.queue[0];
    row.wasSent = true;
    const answer = await this.wire.push(row.update, row.id);
    this.isBusy = false;
    if (answer.kind === "saved") this.taken(row, answer);
    else if (answer.kind === "wait") this.wait(answer.after);
    else this.stop(answer);
  }

  taken(row, { window, when }) {
    this.queue.shift();
    this.store.drop(row.id);
    this.failures = 0;
    if (window) this.window = Math.min(Math.max(window, 0.1), 10);
    if (this.isEmpty) this.events.saved(when);
    else this.after(this.queue[0].wasSent || this.queue.length > 1 ? 0 : this.window);
  }

  wait(asked) {
    this.failures += 1;
    const seconds = Math.min(asked || FIRST_WAIT * this.failures, asked ? 120 : LONGEST_WAIT);
    this.events.waiting(Math.ceil(seconds), this.store.isKept);
    this.after(seconds);
  }

  stop({ kind, reason }) {
    this.isStopped = true;
    this.events.stopped(kind, reason);
  }
}
