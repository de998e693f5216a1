/** The buttons: one stop for Tab, arrow keys among them, and a line to ask for an address. */
import { redo, undo, yUndoPluginKey } from "y-prosemirror";
import { COMMANDS, clauseAt, isMarked } from "./clauses.js";
import { isAddress, schema } from "./schema.js";

const GROUPS = [
  ["bold", "italic", "link", "cite"],
  ["bullets", "numbers", "quote"],
  ["paragraph", "recommendation", "heading", "title"],
  ["up", "down", "add", "remove"],
  ["undo", "redo"],
];

export function make(tag, names = {}, ...inside) {
  const el = Object.assign(document.createElement(tag), names);
  el.append(...inside);
  return el;
}

export class Toolbar {
  constructor({ words, view, plain }) {
    Object.assign(this, { words, view });
    this.buttons = new Map();
    this.dom = make("div", { className: "live-bar" });
    this.bar = make("div", { className: "tools" });
    this.bar.setAttribute("role", "toolbar");
    this.bar.setAttribute("aria-label", words.toolbar);
    for (const names of GROUPS) {
      const group = make("span", { className: "live-group" });
      for (const name of names) group.append(this.button(name));
      this.bar.append(group);
    }
    this.ask = make("form", { className: "live-ask", hidden: true, noValidate: true });
    this.plain = make("a", { className: "live-plain", href: plain, textContent: words.plain });
    this.dom.append(this.bar, this.ask);
    this.bar.addEventListener("keydown", (event) => this.arrows(event));
    this.stop(this.buttons.get("bold"));
    this.show(view.state);
  }

  button(name) {
    const el = make("button", { type: "button", textContent: this.words[name], tabIndex: -1 });
    el.dataset.does = name;
    // The caret stays where it is when a mouse presses a button.
    el.addEventListener("mousedown", (event) => event.preventDefault());
    el.addEventListener("click", (event) => { this.stop(el); this.run(name, event.detail === 0); });
    this.buttons.set(name, el);
    return el;
  }

  /** The one button that Tab leads to. */
  stop(el) {
    this.buttons.forEach((other) => { other.tabIndex = other === el ? 0 : -1; });
  }

  focus() {
    [...this.buttons.values()].find((el) => el.tabIndex === 0).focus();
  }

  arrows(event) {
    if (event.key === "Escape") { this.view.focus(); return; }
    const all = [...this.buttons.values()];
    const forth = getComputedStyle(this.bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = forth === "ArrowRight" ? "ArrowLeft" : "ArrowRight";
    const here = all.indexOf(document.activeElement);
    const to = { [forth]: here + 1, [back]: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length];
    this.stop(next);
    next.focus();
  }

  run(name, isByKeyboard) {
    const { view } = this;
    if (!view.editable || this.buttons.get(name).getAttribute("aria-disabled") === "true") return;
    if (name === "title") { this.title(); return; }
    if (name === "link") { this.askLink(); return; }
    if (name === "cite") { this.askCite(); return; }
    if (name === "undo") undo(view.state);
    else if (name === "redo") redo(view.state);
    else COMMANDS[name][0](view.state, view.dispatch, view);
    if (name === "heading" && !this.title()) view.focus();
    else if (name !== "heading" && (!isByKeyboard || name === "add" || name === "remove")) view.focus();
  }

  /** The caret into the heading of the clause with the caret. */
  title() {
    const here = clauseAt(this.view.state);
    const line = here && this.view.nodeDOM(here.pos)?.querySelector(".live-heading");
    if (!line) return false;
    line.hidden = false;
    line.focus();
    return true;
  }

  askLink() {
    const { state } = this.view;
    const { $from, from, to } = state.selection;
    const link = schema.marks.link;
    const found = link.isInSet($from.marks()) || link.isInSet($from.nodeAfter?.marks || []);
    this.question(this.words.askLink, found?.attrs.href || "https://", isMarked(link)(state) && this.words.unlink, (href) => {
      if (href === null) { this.dispatchLink(from, to, null); return ""; }
      if (!isAddress(href)) return this.words.notAddress;
      this.dispatchLink(from, to, href.trim());
      return "";
    });
  }

  dispatchLink(from, to, href) {
    const { state } = this.view;
    const { link } = schema.marks;
    const tr = state.tr;
    if (href === null && from === to) { this.view.dispatch(tr.removeMark(Math.max(0, from - 1), Math.min(to + 1, state.doc.content.size), link)); return; }
    tr.removeMark(from, to, link);
    if (href && from === to) tr.insert(from, schema.text(href, [link.create({ href })]));
    else if (href) tr.addMark(from, to, link.create({ href }));
    this.view.dispatch(tr);
  }

  askCite() {
    this.question(this.words.askCite, "", "", (token) => {
      const said = (token || "").replace(/\s+/g, " ").trim().slice(0, 200);
      if (said) this.view.dispatch(this.view.state.tr.replaceSelectionWith(schema.nodes.citation.create({ token: said })).scrollIntoView());
      return "";
    });
  }

  /** A line with one field. answer(words) -> a sentence when they will not do; null = take it away. */
  question(label, value, remove, answer) {
    const { words, ask } = this;
    const field = make("input", { type: "text", value, autocomplete: "off", spellcheck: false, dir: "auto" });
    const fault = make("p", { className: "live-fault" });
    fault.setAttribute("role", "alert");
    const close = () => { ask.hidden = true; ask.replaceChildren(); this.view.focus(); };
    const give = (said) => { fault.textContent = answer(said); if (!fault.textContent) close(); else field.focus(); };
    const button = (text, act) => {
      const el = make("button", { type: "button", className: "btn", textContent: text });
      el.addEventListener("click", act);
      return el;
    };
    ask.replaceChildren(make("label", {}, make("span", { textContent: label }), field), button(words.set, () => give(field.value)), button(words.cancel, close), fault);
    if (remove) fault.before(button(remove, () => give(null)));
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close();
      if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); give(field.value); }
    });
    ask.hidden = false;
    field.focus();
    field.select();
  }

  /** Which buttons are on, and which would do nothing. */
  show(state) {
    const history = yUndoPluginKey.getState(state);
    for (const [name, el] of this.buttons) {
      const [command, isOn] = COMMANDS[name] || [];
      if (isOn) el.setAttribute("aria-pressed", String(Boolean(isOn(state))));
      let can = this.view.editable && (state.doc.childCount > 0 || name === "add");
      if (name === "undo") can = can && history.undoManager.canUndo();
      if (name === "redo") can = can && history.undoManager.canRedo();
      if (["up", "down"].includes(name)) can = can && command(state);
      if (name === "link") el.setAttribute("aria-pressed", String(isMarked(schema.marks.link)(state)));
      el.setAttribute("aria-disabled", String(!can));
    }
  }
}
