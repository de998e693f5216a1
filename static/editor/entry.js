/**
 * start(element): the text of the element, as an editor. The element keeps what it held, hidden,
 * and shows it until the text is open. Answers { view, doc, end() } once people can type.
 */
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { keymap } from "prosemirror-keymap";
import { Doc, applyUpdate } from "yjs";
import { initProseMirrorDoc, redo, undo, ySyncPlugin, yUndoPlugin } from "y-prosemirror";
import { KEYS, addClause, repair } from "./clauses.js";
import { ClauseView, upToHeading } from "./heading.js";
import { Outbox } from "./outbox.js";
import { pasteProps } from "./paste.js";
import { Peers } from "./peers.js";
import { openStore } from "./store.js";
import { schema } from "./schema.js";
import { Status } from "./status.js";
import { Toolbar, make } from "./toolbar.js";
import { Wire } from "./wire.js";
import { wordsOf } from "./words.js";

const REMOTE = Symbol("from others");
const pause = (seconds) => new Promise((resolve) => { setTimeout(resolve, seconds * 1000); });

/** The browser tells of a new selection a moment late; a key must not act on the old one. */
function readSelection(view, event) {
  if (!event.isComposing && event.key.length > 1 && view.dom.contains(event.target)) view.domObserver.flush();
  return false;
}

class Live {
  constructor(element) {
    const { base, lang, actingFor = "", keep } = element.dataset;
    const page = document.documentElement;
    Object.assign(this, { element, words: wordsOf(page.lang), mayKeep: keep === "yes" });
    this.client = crypto.randomUUID();
    this.owner = `${base} ${actingFor}`;
    this.lang = lang || "";
    this.doc = new Doc();
    this.wire = new Wire({ base, actingFor, csrf: () => element.dataset.csrf });
    this.status = new Status({ words: this.words, lang: page.lang || "en", again: () => this.again() });
    this.channel = new BroadcastChannel(`live ${this.owner}`);
    this.isOpen = true;
  }

  async start() {
    this.frame = make("div", { className: "live" }, this.status.line);
    this.element.prepend(this.frame);
    this.store = await openStore(this.owner, this.mayKeep);
    await this.load();
    if (!this.isOpen) return null;
    const kept = await this.store.all();
    kept.forEach((row) => applyUpdate(this.doc, row.update, REMOTE));
    this.outbox = new Outbox({ wire: this.wire, store: this.store, client: this.client, events: this });
    this.doc.on("update", (update, origin) => this.typed(update, origin));
    this.show();
    this.status.opened();
    this.connect();
    this.outbox.resume(kept);
    if (this.element.dataset.frozen) this.stopped("frozen", this.element.dataset.frozen);
    return { view: this.view, doc: this.doc, end: () => this.end() };
  }

  /** The text as it is now; asked until there is an answer. */
  async load() {
    for (let wait = 5; ; wait = Math.min(wait * 2, 30)) {
      const answer = await this.wire.state().catch(() => ({ kind: "wait" }));
      if (answer.kind === "state") { applyUpdate(this.doc, answer.update, REMOTE); return; }
      if (answer.kind !== "wait") { this.refusedAtTheDoor(answer.kind); return; }
      this.status.cannotOpen(wait);
      await pause(wait);
    }
  }

  refusedAtTheDoor(kind) {
    this.isOpen = false;
    this.status.write(this.words[kind], "stopped");
  }

  // --- the page ----------------------------------------------------------------------------------

  show() {
    const { words, element } = this;
    const text = this.doc.getXmlFragment("text");
    const { doc, mapping } = initProseMirrorDoc(text, schema);
    this.peers = new Peers({
      me: { client: this.client, name: element.dataset.name || "", organisation: element.dataset.organisation || "" },
      words,
      send: (entry) => this.wire.present(entry),
      names: (names) => this.status.names(names),
    });
    const help = make("p", { className: "vh", id: `live-help-${this.client}`, textContent: words.help });
    const place = make("div", { className: "live-sheet" });
    const live = this;
    this.view = new EditorView(place, {
      state: EditorState.create({ doc, plugins: this.plugins(text, mapping) }),
      editable: () => this.isOpen,
      attributes: () => this.attributes(help.id),
      nodeViews: { clause: (node, view, getPos) => new ClauseView(node, view, getPos, words) },
      // The binding dispatches before the view has been handed back.
      dispatchTransaction(tr) { live.dispatch(this, tr); },
      handleDOMEvents: { keydown: readSelection },
      handleClick: (view) => !view.state.doc.childCount && addClause()(view.state, view.dispatch),
      ...pasteProps(words, (sentence) => this.status.mention(sentence)),
    });
    this.toolbar = new Toolbar({ words, view: this.view, plain: element.dataset.plain || window.location.pathname });
    const top = make("div", { className: "live-top" }, this.toolbar.dom, this.status.line, this.status.who, this.toolbar.plain, this.status.banner);
    [...element.children].forEach((child) => { if (child !== this.frame) child.hidden = true; });
    this.frame.append(top, help, place);
    this.view.focus();
  }

  plugins(text, mapping) {
    const toBar = () => { this.toolbar.focus(); return true; };
    const more = { "Alt-F10": toBar, "Mod-z": undo, "Mod-y": redo, "Mod-Shift-z": redo, ArrowUp: upToHeading, Escape: () => this.leave() };
    return [ySyncPlugin(text, { mapping }), yUndoPlugin(), keymap(more), keymap(KEYS), repair(), this.peers.plugin];
  }

  attributes(help) {
    const named = {
      class: "editor prose", role: "textbox", "aria-multiline": "true", "aria-label": this.words.text, "aria-describedby": help,
      "aria-readonly": String(!this.isOpen), spellcheck: "true", dir: "auto", tabindex: "0",
    };
    return this.lang ? { ...named, lang: this.lang } : named;
  }

  dispatch(view, tr) {
    view.updateState(view.state.apply(tr));
    if (tr.docChanged) this.status.calm("mention");
    this.toolbar?.show(view.state);
  }

  /** Escape: out of the text, to what follows it on the page. */
  leave() {
    this.frame.tabIndex = -1;
    this.frame.focus();
    return true;
  }

  // --- the line ----------------------------------------------------------------------------------

  connect() {
    this.wire.listen({
      update: (bytes) => this.received(bytes),
      presence: (entries) => this.peers.heard(entries),
      line: (isUp) => this.status.online(isUp),
      stopped: (kind, reason) => this.stopped(kind, reason),
      lost: () => this.load(),
    });
    this.channel.addEventListener("message", ({ data }) => applyUpdate(this.doc, data, REMOTE));
    window.addEventListener("online", () => this.outbox.hurry());
    window.addEventListener("offline", () => this.status.online(false));
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.outbox.hurry(); });
    window.addEventListener("beforeunload", (event) => this.unloading(event));
  }

  typed(update, origin) {
    if (origin === REMOTE) return;
    this.outbox.add(update);
    this.channel.postMessage(update);
  }

  received(bytes) {
    try {
      applyUpdate(this.doc, bytes, REMOTE);
    } catch (error) {
      console.error("live: an update could not be read", error);
    }
  }

  /** Words that only this page has are not closed without a question. */
  unloading(event) {
    if (this.outbox.isEmpty || (this.store.isKept && !this.outbox.isStopped)) return;
    event.preventDefault();
  }

  again() {
    this.isOpen = true;
    this.view.setProps({});
    this.status.calm();
    this.outbox.again();
    this.wire.stream();
  }

  // What the outbox says.
  saving() { this.status.saving(); }

  saved(when) { this.status.saved(when); }

  waiting(seconds, isKept) { this.status.waiting(seconds, isKept); }

  stopped(kind, reason) {
    this.isOpen = false;
    this.outbox.isStopped = true;
    this.view.setProps({});
    this.toolbar.show(this.view.state);
    this.status.stopped(kind, reason);
    if (kind === "lost" || kind === "signedOut") this.wire.close();
  }

  end() {
    this.wire.end();
    this.peers.end();
    this.channel.close();
    this.view.destroy();
    this.frame.remove();
    [...this.element.children].forEach((child) => { child.hidden = false; });
  }
}

export const start = (element) => new Live(element).start();
