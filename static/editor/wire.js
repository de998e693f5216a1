/** Plain HTTP: state, updates up, a stream down or else questions every three seconds. */
const POLL_MS = 3000;
const STREAM_AGAIN_MS = [3000, 10_000, 30_000];
const HIDDEN_MS = 60_000;
const TIMEOUT_MS = 20_000;

export const toBytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

const stops = { 401: "signedOut", 403: "lost", 404: "lost", 409: "frozen", 413: "tooLarge" };

/** What an answer means: saved, wait (after some seconds), or a reason to stop. */
async function meaning(response) {
  const { status, headers } = response;
  if (response.ok) {
    const { window } = await response.json();
    return { kind: "saved", window, when: new Date(headers.get("Date") || Date.now()) };
  }
  if (status === 429 || status >= 500) return { kind: "wait", after: Number(headers.get("Retry-After")) || 0 };
  const body = await response.json().catch(() => ({}));
  return { kind: stops[status] || "refused", reason: typeof body.reason === "string" ? body.reason : "" };
}

export class Wire {
  constructor({ base, csrf, actingFor }) {
    Object.assign(this, { base, csrf, actingFor });
    this.sequence = 0;
    this.failures = 0;
  }

  ask(path, options = {}) {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    return fetch(`${this.base}/${path}`, { credentials: "same-origin", cache: "no-store", redirect: "error", signal, ...options });
  }

  post(path, body, type, more = {}) {
    const headers = { "Content-Type": type, "X-CSRFToken": this.csrf(), "X-Acting-For": this.actingFor, ...more };
    return this.ask(path, { method: "POST", body, headers, keepalive: body.length < 60_000 });
  }

  async state() {
    const response = await this.ask("state");
    if (!response.ok) return { kind: stops[response.status] || "wait" };
    const update = new Uint8Array(await response.arrayBuffer());
    this.sequence = Number(response.headers.get("X-Sequence")) || 0;
    return { kind: "state", update };
  }

  async push(update, key) {
    try {
      return await meaning(await this.post("updates", update, "application/octet-stream", { "Idempotency-Key": key }));
    } catch {
      return { kind: "wait" };
    }
  }

  present(entry) {
    this.post("presence", JSON.stringify(entry), "application/json").catch(() => {});
  }

  /** on: update(bytes), presence(entries), line(isUp), stopped(kind, reason), lost() = state is needed again. */
  listen(on) {
    this.on = on;
    this.poller = setInterval(() => { if (!this.isUp) this.poll(); }, POLL_MS);
    document.addEventListener("visibilitychange", () => this.seen());
    window.addEventListener("online", () => { this.failures = 0; this.stream(); });
    window.addEventListener("pagehide", () => this.close());
    window.addEventListener("pageshow", (event) => { if (event.persisted) this.stream(); });
    this.stream();
  }

  /** A page that nobody looks at gives its place in the stream to others. */
  seen() {
    clearTimeout(this.hiding);
    if (document.hidden) this.hiding = setTimeout(() => this.close(), HIDDEN_MS);
    else if (!this.source) this.stream();
  }

  close() {
    this.source?.close();
    this.source = null;
    this.isUp = false;
    clearTimeout(this.reopening);
  }

  end() {
    this.isEnded = true;
    this.close();
    clearInterval(this.poller);
  }

  stream() {
    if (this.isEnded) return;
    this.close();
    const source = new EventSource(`${this.base}/events?since=${this.sequence}`);
    this.source = source;
    source.addEventListener("open", () => { this.isUp = true; this.failures = 0; this.on.line(true); });
    source.addEventListener("message", (event) => this.heard(event.data, event.lastEventId));
    source.addEventListener("presence", (event) => this.on.presence([].concat(JSON.parse(event.data))));
    source.addEventListener("error", () => this.broken(source));
  }

  /** The stream does not say why it ended; one plain question does. */
  broken(source) {
    if (source !== this.source) return;
    this.close();
    const wait = STREAM_AGAIN_MS[Math.min(this.failures, STREAM_AGAIN_MS.length - 1)];
    this.failures += 1;
    this.reopening = setTimeout(() => this.stream(), wait);
    this.poll();
  }

  heard(data, id) {
    if (data) this.on.update(toBytes(data));
    this.sequence = Math.max(this.sequence, Number(id) || 0);
  }

  async poll() {
    if (this.isPolling || this.isEnded || document.hidden) return;
    this.isPolling = true;
    try {
      const response = await this.ask(`updates?since=${this.sequence}`);
      if (response.ok) {
        const { sequence, updates } = await response.json();
        updates.forEach((data) => this.on.update(toBytes(data)));
        this.sequence = Math.max(this.sequence, sequence);
        this.on.line(true);
      } else if (response.status === 410) await this.on.lost();
      else if (stops[response.status]) this.on.stopped(stops[response.status], "");
    } catch {
      this.on.line(false);
    } finally {
      this.isPolling = false;
    }
  }
}
