/** Who else is here, and where: a caret with name and organisation in the text, a line of names above it. */
import { Plugin, PluginKey } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { createRelativePositionFromJSON } from "yjs";
import { absolutePositionToRelativePosition, relativePositionToAbsolutePosition, ySyncPluginKey } from "y-prosemirror";
import { clauseAt } from "./clauses.js";

const KEY = new PluginKey("peers");
const SEND_MS = 700;
const AGAIN_MS = 20_000;
const FORGET_MS = 60_000;
// Each stands out from the paper and under its own words, by day and by night.
const COLOURS = ["#8a3b12, #f0a878", "#0b4d87, #8ec2f2", "#17643b, #7fd3a1", "#6b2d84, #d3a6ea", "#7a5200, #f2c063", "#0f5c63, #82d4da"];

const colourOf = (client) => COLOURS[[...client].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) >>> 0, 7) % COLOURS.length];
const text = (value) => (typeof value === "string" ? value.slice(0, 120) : "");
const labelOf = ({ name, organisation }, words) => [text(name) || words.somebody, text(organisation)].filter(Boolean).join(", ");

function caret(peer, words) {
  const box = document.createElement("span");
  const label = document.createElement("span");
  box.className = "caret";
  box.setAttribute("aria-hidden", "true"); // the line above the text says it to those who listen
  box.style.setProperty("--peer", `light-dark(${colourOf(peer.client)})`);
  label.textContent = labelOf(peer, words);
  label.dir = "auto";
  box.append(label);
  return box;
}

function position(json, sync) {
  try {
    const relative = createRelativePositionFromJSON(json);
    return relativePositionToAbsolutePosition(sync.doc, sync.type, relative, sync.binding.mapping);
  } catch {
    return null; // words the peer has and we do not have yet
  }
}

/** Where a peer's caret stands: at the letter, or else at the beginning of the clause. */
function placeOf(peer, state, sync) {
  const head = peer.head ? position(peer.head, sync) : null;
  if (head !== null && head <= state.doc.content.size && state.doc.resolve(head).parent.isTextblock) return head;
  let found = null;
  state.doc.forEach((node, pos) => { if (peer.cid && node.attrs.cid === peer.cid) found = pos + (node.firstChild?.isTextblock ? 2 : 1); });
  return found;
}

function drawn(state, peers, words) {
  const sync = ySyncPluginKey.getState(state);
  const found = [];
  for (const peer of peers.values()) {
    const at = placeOf(peer, state, sync);
    if (at === null) continue;
    found.push(Decoration.widget(at, () => caret(peer, words), { key: `${peer.client} ${labelOf(peer, words)}`, side: 10, ignoreSelection: true }));
    const anchor = peer.anchor ? position(peer.anchor, sync) : null;
    if (anchor !== null && anchor !== at && Math.max(anchor, at) <= state.doc.content.size) {
      found.push(Decoration.inline(Math.min(anchor, at), Math.max(anchor, at), { class: "peer-words" }));
    }
  }
  return DecorationSet.create(state.doc, found);
}

/** me: { client, name, organisation }. send(entry) posts; names(text) writes the line of names. */
export class Peers {
  constructor({ me, words, send, names }) {
    Object.assign(this, { me, words, send, names });
    this.peers = new Map();
    this.said = "";
    this.sentAt = 0;
    const peersPlugin = this;
    this.plugin = new Plugin({
      key: KEY,
      state: {
        init: () => DecorationSet.empty,
        apply: (tr, before, _old, state) => (tr.docChanged || tr.getMeta(KEY) ? drawn(state, peersPlugin.peers, words) : before),
      },
      props: { decorations: (state) => KEY.getState(state) },
      view: (view) => {
        peersPlugin.view = view;
        return { update: () => peersPlugin.soon() };
      },
    });
    this.clock = setInterval(() => this.tick(), 5000);
    window.addEventListener("pagehide", () => this.leave());
  }

  heard(entries) {
    const others = entries.filter((entry) => entry && typeof entry.client === "string" && entry.client !== this.me.client);
    for (const entry of others) {
      if (entry.gone) this.peers.delete(entry.client);
      else this.peers.set(entry.client, { ...entry, at: Date.now() });
    }
    if (others.length) this.draw();
  }

  draw() {
    this.view.dispatch(this.view.state.tr.setMeta(KEY, true).setMeta("addToHistory", false));
    const names = [...new Set([...this.peers.values()].map((peer) => labelOf(peer, this.words)))].sort();
    this.names(names);
  }

  tick() {
    const before = this.peers.size;
    for (const [client, peer] of this.peers) if (peer.at < Date.now() - FORGET_MS) this.peers.delete(client);
    if (this.peers.size !== before) this.draw();
    if (!document.hidden && Date.now() - this.sentAt > AGAIN_MS) this.tell(true);
  }

  soon() {
    if (this.timer) return;
    this.timer = setTimeout(() => { this.timer = 0; this.tell(false); }, SEND_MS);
  }

  tell(isAgain) {
    const { state } = this.view;
    const { binding, type } = ySyncPluginKey.getState(state);
    const at = (pos) => (state.doc.childCount ? absolutePositionToRelativePosition(pos, type, binding.mapping) : null);
    const here = clauseAt(state);
    const place = { cid: here?.node.attrs.cid || null, anchor: at(state.selection.anchor), head: at(state.selection.head) };
    const said = JSON.stringify(place);
    if (this.isGone || (said === this.said && !isAgain)) return;
    this.said = said;
    this.sentAt = Date.now();
    this.send({ ...this.me, ...place, gone: false });
  }

  leave() {
    this.said = "";
    this.send({ ...this.me, cid: null, anchor: null, head: null, gone: true });
  }

  end() {
    this.isGone = true;
    clearInterval(this.clock);
    clearTimeout(this.timer);
  }
}
