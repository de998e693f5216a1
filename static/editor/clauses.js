/** Clauses as nodes: which one the caret is in, what the keys do at their edges, what repairs them. */
import { Fragment } from "prosemirror-model";
import { NodeSelection, Plugin, Selection } from "prosemirror-state";
import { liftListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { baseKeymap, chainCommands, lift, toggleMark, wrapIn } from "prosemirror-commands";
import { ySyncPluginKey } from "y-prosemirror";
import { emptyClause, newCid, schema } from "./schema.js";

const { clause, paragraph, list_item: item, bullet_list: bullets, ordered_list: numbers, quote } = schema.nodes;

/** { node, pos, index } of the clause with the selection's head, or null in an empty text. */
export function clauseAt(state, at = state.selection.head) {
  const { selection } = state;
  if (at === selection.head && selection instanceof NodeSelection && selection.node.type === clause) {
    return { node: selection.node, pos: selection.from, index: selection.$from.index(0) };
  }
  const $at = state.doc.resolve(Math.min(at, state.doc.content.size));
  if ($at.depth) return { node: $at.node(1), pos: $at.before(1), index: $at.index(0) };
  const index = Math.min($at.index(0), state.doc.childCount - 1);
  if (index < 0) return null;
  let pos = 0;
  for (let i = 0; i < index; i += 1) pos += state.doc.child(i).nodeSize;
  return { node: state.doc.child(index), pos, index };
}

/** The caret into a clause; a clause without text is selected whole, which leads to its heading. */
function caretInto(tr, pos, at = pos + 2) {
  const node = tr.doc.nodeAt(pos);
  if (!node.childCount) return tr.setSelection(NodeSelection.create(tr.doc, pos)).scrollIntoView();
  return caretNear(tr, Math.min(at, pos + node.nodeSize - 1));
}

const caretNear = (tr, pos) => tr.setSelection(Selection.near(tr.doc.resolve(Math.min(pos, tr.doc.content.size)), 1)).scrollIntoView();

/** A new clause after the one with the caret (or at `at`), and the caret in it. */
export const addClause = (kind = "paragraph", at = null) => (state, dispatch) => {
  const here = at === null ? clauseAt(state) : clauseAt(state, at + 1);
  const pos = here ? here.pos + here.node.nodeSize : 0;
  if (dispatch) dispatch(caretNear(state.tr.insert(pos, emptyClause(kind)), pos + 2));
  return true;
};

export function removeClause(state, dispatch) {
  const here = clauseAt(state);
  if (!here) return false;
  if (dispatch) dispatch(caretNear(state.tr.delete(here.pos, here.pos + here.node.nodeSize), here.pos));
  return true;
}

/** One place up (-1) or down (1). */
export const moveClause = (by) => (state, dispatch) => {
  const here = clauseAt(state);
  const to = here ? here.index + by : -1;
  if (to < 0 || to >= state.doc.childCount) return false;
  if (dispatch) {
    const other = state.doc.child(to).nodeSize;
    const pos = by < 0 ? here.pos - other : here.pos + other;
    const tr = state.tr.delete(here.pos, here.pos + here.node.nodeSize).insert(pos, here.node);
    dispatch(caretInto(tr, pos, pos + Math.max(1, state.selection.head - here.pos)));
  }
  return true;
};

export const setAttrs = (pos, attrs) => (state, dispatch) => {
  const node = state.doc.nodeAt(pos);
  if (!node || node.type !== clause) return false;
  if (dispatch) dispatch(state.tr.setNodeMarkup(pos, null, { ...node.attrs, ...attrs }));
  return true;
};

/** What kind of clause this is. A heading is one line: words move between the line and the text. */
export const setKind = (kind) => (state, dispatch) => {
  const here = clauseAt(state);
  if (!here || here.node.attrs.kind === kind) return false;
  const { pos, node } = here;
  const words = node.textContent;
  if (kind === "heading" && node.attrs.heading && words) return false;
  if (!dispatch) return true;
  const inside = [pos + 1, pos + node.nodeSize - 1];
  const tr = state.tr;
  if (kind === "heading" && !node.attrs.heading) {
    tr.delete(...inside).setNodeMarkup(pos, null, { ...node.attrs, kind, heading: words.replace(/\s+/g, " ").trim() || null });
  } else if (kind === "heading") {
    tr.delete(...inside).setNodeMarkup(pos, null, { ...node.attrs, kind });
  } else if (node.attrs.kind === "heading") {
    const text = node.attrs.heading ? schema.text(node.attrs.heading) : null;
    tr.replaceWith(...inside, paragraph.create(null, text)).setNodeMarkup(pos, null, { ...node.attrs, kind, heading: null });
  } else tr.setNodeMarkup(pos, null, { ...node.attrs, kind });
  dispatch(caretInto(tr, pos));
  return true;
};

/** Enter: the words behind the caret become a clause of their own, with an id of its own. */
export function splitClause(state, dispatch) {
  const { $from, $to } = state.selection;
  if ($from.depth !== 2 || $from.node(1).type !== clause || $from.parent.type !== paragraph) return false;
  if (!dispatch) return true;
  const tr = state.tr;
  if ($from.pos !== $to.pos) tr.deleteSelection();
  const $at = tr.doc.resolve(tr.mapping.map($from.pos));
  const whole = $at.node(1);
  const isFirst = $at.parentOffset === 0 && $at.index(1) === 0 && whole.textContent && !whole.attrs.heading;
  if (isFirst) {
    // The clause keeps its id with its words; what is new is the empty one above.
    dispatch(tr.insert($at.before(1), emptyClause(whole.attrs.kind)).scrollIntoView());
    return true;
  }
  const attrs = { cid: newCid(), kind: whole.attrs.kind, heading: null };
  dispatch(tr.split($at.pos, 2, [{ type: clause, attrs }, { type: paragraph }]).scrollIntoView());
  return true;
}

/** A further paragraph inside the same clause, or inside the same point of a list. */
function splitInside(state, dispatch) {
  const { $from } = state.selection;
  if (!$from.depth || $from.parent.type !== paragraph) return false;
  if (dispatch) dispatch(state.tr.deleteSelection().split(state.tr.deleteSelection().mapping.map($from.pos)).scrollIntoView());
  return true;
}

const lineBreak = (state, dispatch) => {
  if (state.selection.$from.parent.type !== paragraph) return false;
  if (dispatch) dispatch(state.tr.insertText("\n").scrollIntoView());
  return true;
};

/** Enter on an empty line of a quote leaves the quote. */
function leaveQuote(state, dispatch) {
  const { $from, empty } = state.selection;
  const isInQuote = $from.depth > 2 && $from.node(-1).type === quote;
  return isInQuote && empty && !$from.parent.content.size ? lift(state, dispatch) : isInQuote && splitInside(state, dispatch);
}

const isInside = (type) => ({ selection: { $from } }) => {
  for (let depth = $from.depth; depth > 0; depth -= 1) if ($from.node(depth).type === type) return true;
  return false;
};

const list = (type) => (state, dispatch) => (isInside(type)(state) ? liftListItem(item)(state, dispatch) : wrapInList(type)(state, dispatch));
const quoted = (state, dispatch) => (isInside(quote)(state) ? lift(state, dispatch) : wrapIn(quote)(state, dispatch));

export const isMarked = (type) => (state) => {
  const { from, to, empty, $from } = state.selection;
  return empty ? Boolean(type.isInSet(state.storedMarks || $from.marks())) : state.doc.rangeHasMark(from, to, type);
};
export const isKind = (kind) => (state) => clauseAt(state)?.node.attrs.kind === kind;

/** name -> [command, whether it is on]. */
export const COMMANDS = {
  bold: [toggleMark(schema.marks.strong), isMarked(schema.marks.strong)],
  italic: [toggleMark(schema.marks.em), isMarked(schema.marks.em)],
  bullets: [list(bullets), isInside(bullets)],
  numbers: [list(numbers), isInside(numbers)],
  quote: [quoted, isInside(quote)],
  paragraph: [setKind("paragraph"), isKind("paragraph")],
  recommendation: [setKind("recommendation"), isKind("recommendation")],
  heading: [setKind("heading"), isKind("heading")],
  up: [moveClause(-1)],
  down: [moveClause(1)],
  add: [addClause()],
  remove: [removeClause],
};

export const KEYS = {
  ...baseKeymap,
  Enter: chainCommands(splitListItem(item), liftListItem(item), leaveQuote, splitClause, baseKeymap.Enter),
  "Shift-Enter": lineBreak,
  "Mod-Enter": splitInside,
  "Mod-b": COMMANDS.bold[0],
  "Mod-i": COMMANDS.italic[0],
  "Alt-ArrowUp": COMMANDS.up[0],
  "Alt-ArrowDown": COMMANDS.down[0],
};

/** Every clause has an id and no two have the same: the first keeps it. */
function repairIds(tr, doc) {
  const seen = new Set();
  doc.forEach((node, pos) => {
    const cid = node.attrs.cid && !seen.has(node.attrs.cid) ? node.attrs.cid : newCid();
    seen.add(cid);
    if (cid !== node.attrs.cid) tr.setNodeMarkup(pos, null, { ...node.attrs, cid });
  });
}

/** A place to type wherever there should be one; nothing that holds nothing. Last to first. */
function repairPlaces(tr, doc) {
  const fixes = [];
  doc.descendants((node, pos, parent) => {
    if (node.childCount || node.isTextblock || node.isText) return;
    if ([bullets, numbers, quote].includes(node.type)) fixes.push([pos, node.nodeSize, null]);
    else if (node.type === item || (node.type === clause && node.attrs.kind !== "heading" && parent)) fixes.push([pos + 1, 0, paragraph.create()]);
  });
  for (const [pos, size, node] of fixes.reverse()) {
    if (node) tr.insert(pos, node);
    else tr.delete(pos, pos + size);
  }
  if (!doc.childCount) caretNear(tr.insert(0, emptyClause()), 2);
}

/** Repairs what a person's own edit leaves behind; what comes from others is repaired by them. */
export const repair = () => new Plugin({
  appendTransaction(transactions, _before, state) {
    const own = transactions.some((tr) => tr.docChanged) && !transactions.some((tr) => tr.getMeta(ySyncPluginKey)?.isChangeOrigin);
    if (!own) return null;
    const tr = state.tr;
    repairPlaces(tr, state.doc);
    repairIds(tr, tr.doc);
    return tr.docChanged ? tr : null;
  },
});

/** Blocks as clauses: what is pasted in several pieces becomes several clauses. */
export function asClauses(content) {
  const found = [];
  content.forEach((node) => found.push(node.type === clause ? node : clause.create({ cid: newCid() }, node)));
  return Fragment.from(found);
}
