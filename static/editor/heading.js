/** A clause on the page: its kind in words, its heading as a line of its own, its text below. */
import { NodeSelection, Selection } from "prosemirror-state";
import { addClause, setAttrs, setKind } from "./clauses.js";
import { oneLine } from "./schema.js";

const make = (tag, names) => Object.assign(document.createElement(tag), names);

export class ClauseView {
  constructor(node, view, getPos, words) {
    Object.assign(this, { node, view, getPos, words });
    this.dom = make("section", { className: "live-clause" });
    this.head = make("div", { className: "live-head", contentEditable: "false" });
    this.kind = make("span", { className: "kind" });
    // Out of the way of Tab: the arrow keys and the toolbar lead here.
    this.line = make("input", { type: "text", className: "live-heading", maxLength: 300, tabIndex: -1, dir: "auto", spellcheck: true, autocomplete: "off" });
    this.line.setAttribute("aria-label", words.headingOf);
    this.head.append(this.kind, this.line);
    this.contentDOM = make("div", { className: "live-body" });
    this.dom.append(this.head, this.contentDOM);
    this.line.addEventListener("input", () => this.typed());
    this.line.addEventListener("keydown", (event) => this.key(event));
    this.line.addEventListener("focus", () => this.into());
    this.line.addEventListener("blur", () => this.draw());
    this.draw();
  }

  draw() {
    const { cid, kind, heading } = this.node.attrs;
    this.dom.dataset.cid = cid || "";
    this.dom.dataset.kind = kind;
    this.kind.textContent = kind === "recommendation" ? this.words.recommendation : "";
    this.kind.hidden = kind !== "recommendation";
    // Blanks at the end are not kept, but must not be taken from under the hand that types.
    if (oneLine(this.line.value) !== (heading || "") || document.activeElement !== this.line) this.line.value = heading || "";
    this.line.readOnly = !this.view.editable;
    this.line.hidden = !heading && kind !== "heading" && document.activeElement !== this.line;
    this.line.placeholder = kind === "heading" ? this.words.heading : "";
    this.contentDOM.hidden = kind === "heading" && !this.node.childCount;
  }

  /** The heading's line, shown and with the caret in it. */
  open() {
    this.line.hidden = false;
    this.line.focus();
  }

  /** The text's caret goes along, so that the toolbar means this clause. */
  into() {
    const { state } = this.view;
    const pos = this.getPos();
    const { from, to, $from } = state.selection;
    if (from >= pos && to <= pos + this.node.nodeSize && ($from.depth || from === pos)) return;
    const inside = this.node.childCount ? Selection.findFrom(state.doc.resolve(pos + 1), 1) : NodeSelection.create(state.doc, pos);
    this.view.dispatch(state.tr.setSelection(inside));
  }

  /** A clause without text was reached by an arrow or a button: its heading is where to type. */
  selectNode() {
    if (this.view.hasFocus()) setTimeout(() => this.open(), 0);
  }

  deselectNode() {}

  typed() {
    setAttrs(this.getPos(), { heading: oneLine(this.line.value) || null })(this.view.state, this.view.dispatch);
  }

  key(event) {
    if (event.isComposing || !["Enter", "ArrowDown", "ArrowUp", "Escape", "Backspace"].includes(event.key)) return;
    if (event.key === "Escape") return;
    if (event.key === "Backspace" && !this.isEmptyHeading()) return;
    event.preventDefault();
    if (event.key === "Backspace") {
      setKind("paragraph")(this.view.state, this.view.dispatch);
      this.view.focus();
      return;
    }
    if (event.key === "Enter" && this.node.attrs.kind === "heading" && this.view.editable) {
      this.below();
      return;
    }
    const { doc, tr } = this.view.state;
    const back = event.key === "ArrowUp";
    const from = doc.resolve(back ? this.getPos() : this.getPos() + 1);
    const next = Selection.findFrom(from, back ? -1 : 1, true);
    if (!next) return;
    this.view.dispatch(tr.setSelection(next).scrollIntoView());
    this.view.focus();
  }

  /** Enter behind a heading: a new clause under it, unless an empty one waits there. */
  below() {
    const { doc, tr } = this.view.state;
    const end = this.getPos() + this.node.nodeSize;
    const next = doc.nodeAt(end);
    if (next && next.childCount === 1 && !next.textContent && !next.attrs.heading) this.view.dispatch(tr.setSelection(Selection.near(doc.resolve(end + 1), 1)));
    else addClause("paragraph", this.getPos())(this.view.state, this.view.dispatch);
    this.view.focus();
  }

  isEmptyHeading() { return this.view.editable && this.node.attrs.kind === "heading" && !this.line.value; }

  update(node) {
    if (node.type !== this.node.type) return false;
    this.node = node;
    this.draw();
    return true;
  }

  stopEvent(event) { return this.head.contains(event.target); }

  ignoreMutation(change) { return change.type !== "selection" && !this.contentDOM.contains(change.target); }
}

/** Up from the first line of a clause leads to its heading. */
export function upToHeading(state, _dispatch, view) {
  const { $head, empty } = state.selection;
  if (!view || !empty || $head.depth < 2 || $head.index(1) !== 0 || !view.endOfTextblock("up")) return false;
  const line = view.nodeDOM($head.before(1))?.querySelector(".live-heading");
  if (!line || line.hidden) return false;
  line.focus();
  return true;
}
