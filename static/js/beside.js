/**
 * What helps while a text is written together, under the live editor: the same red lines and the same
 * counting as in the form of a clause, and a source put in where the caret is.
 */
import { LONG, WAIT_MS, fill, flag, labelOf, measure, place, stems } from "./aids.js";

/** Of each clause as the editor holds it: an unchanged clause is not looked at again. */
const known = new WeakMap();

function read(clause, sought) {
  const found = known.get(clause);
  if (found && found.sought === sought) return found;
  const inside = clause.textBetween(0, clause.content.size, "\n", (leaf) => leaf.attrs.token || " ");
  const typed = stems(`${clause.attrs.heading || ""}\n${inside}`);
  const lines = JSON.parse(sought).filter((line) => place(line.stems, typed) >= 0);
  const made = { sought, lines, length: measure(inside) };
  known.set(clause, made);
  return made;
}

/** The same for a text that is written together: flags of all clauses, the length of the one with the caret. */
function lookLive(box, { state }) {
  const sought = box.dataset.aidsLive;
  const numbered = (number) => fill(box.dataset.clause, { number });
  const rows = [];
  state.doc.forEach((clause, _at, n) => read(clause, sought).lines.forEach((line) => rows.push([n + 1, line])));
  const shown = box.querySelector("[data-aids-typed]");
  const said = rows.map(([n, line]) => `${n} ${line.words}`).join("\n");
  if ((shown.dataset.said || "") !== said) {
    shown.dataset.said = said;
    shown.replaceChildren(...rows.map(([n, line]) => {
      const row = flag(box, line);
      row.prepend(`${numbered(n)}: `);
      return row;
    }));
  }
  if (!state.doc.childCount) return;
  const here = Math.min(state.selection.$from.index(0), state.doc.childCount - 1);
  const [count, average] = read(state.doc.child(here), sought).length;
  const words = [numbered(here + 1), fill(box.dataset.count, { count })];
  if (average > LONG) words.push(fill(box.dataset.long, { count: average }));
  box.querySelector("[data-aids-length]").textContent = words.join(" \u00b7 ");
}

function cite({ view }, token) {
  const { state } = view;
  view.dispatch(state.tr.replaceSelectionWith(state.schema.nodes.citation.create({ token })).scrollIntoView());
}

export function bindBeside(root) {
  let live = null;
  let wait = 0;
  const later = () => {
    clearTimeout(wait);
    wait = setTimeout(() => {
      const box = root.querySelector("[data-aids-live]");
      if (box && live && live.view.dom.isConnected) lookLive(box, live.view);
    }, WAIT_MS);
  };
  root.addEventListener("live:open", ({ detail }) => {
    live = detail;
    live.doc.on("update", later);
    ["keyup", "click"].forEach((name) => live.view.dom.addEventListener(name, later));
  });
  root.addEventListener("htmx:afterSettle", later);
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-aids-live] [data-cite] button[name=record]");
    const token = button && labelOf(button);
    if (live && token) cite(live, token);
  });
}
