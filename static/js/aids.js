/**
 * What helps while a clause is typed: red lines are marked as saving would mark them, words are
 * counted, and a source is put into the text where the cursor stands. The words to look for come
 * with the page, and only those that this reader may see. Folding is that of redlines/rules.py.
 */
export const WAIT_MS = 350;
export const LONG = 25;
const MARKS = /[[\]()<>*_`\\#!|]/g;
const LETTERS = { "\u0622": "\u0627", "\u0623": "\u0627", "\u0625": "\u0627", "\u0671": "\u0627", "\u0649": "\u064a", "\u0629": "\u0647", "\u0640": "", "\u00df": "ss" };
const BEFORE = ["\u0648\u0627\u0644", "\u0628\u0627\u0644", "\u0643\u0627\u0644", "\u0641\u0627\u0644", "\u0644\u0644", "\u0627\u0644", "\u0648"];
const AFTER = ["\u0647\u0627", "\u0627\u062a", "\u0648\u0646", "\u064a\u0646", "\u0627\u0646", "\u0647"];
const ENDINGS = ["ing", "ed", "es", "s", "x", "e", "a", "o"];

function bare(words) {
  const plain = words.replace(/\u0130/g, "i").normalize("NFKD").replace(/[\p{Mn}\p{Cf}]/gu, "").toLowerCase();
  return [...plain].map((sign) => LETTERS[sign] ?? sign).join("");
}

function arabic(word) {
  const before = BEFORE.find((b) => word.startsWith(b)) || "";
  if (before && word.length - before.length >= 3) word = word.slice(before.length);
  const after = AFTER.find((a) => word.endsWith(a)) || "";
  if (after && word.length - after.length >= 3) word = word.slice(0, -after.length);
  return word;
}

function stem(word) {
  if (/[\u0621-\u064a]/.test(word)) return arabic(word);
  if (/(ies|ied)$/.test(word) && word.length > 5) word = `${word.slice(0, -3)}y`;
  for (let round = 0; round < 2; round += 1) {
    const ending = ENDINGS.find((e) => word.endsWith(e)) || "";
    if (ending && word.length - ending.length >= 3) word = word.slice(0, -ending.length);
  }
  return word.length > 3 && word.at(-1) === word.at(-2) ? word.slice(0, -1) : word;
}

/** The stems of words in order. */
export function stems(words) {
  return (bare(words).match(/[\p{L}\p{N}]+/gu) || []).map(stem);
}

/** Where a row of stems begins in another; -1 when it is not there. */
export function place(sought, typed) {
  if (!sought.length) return -1;
  return typed.findIndex((_word, at) => sought.every((part, n) => typed[at + n] === part));
}

export const fill = (words, values) => words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export function flag(box, line) {
  const words = [fill(box.dataset.say, { name: line.by, words: line.words })];
  if (line.say) words.push(fill(box.dataset.instead, { words: line.say }));
  const row = document.createElement("p");
  row.className = "flag";
  row.dir = "auto";
  row.textContent = words.join(" ");
  return row;
}

export function measure(text) {
  const words = (text.match(/[\p{L}\p{N}]+(?:['\u2019-][\p{L}\p{N}]+)*/gu) || []).length;
  const sentences = text.split(/[.!?\u061f\u06d4\u2026]+(?=\s|$)|\n+/).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
  return [words, sentences ? Math.round(words / sentences) : 0];
}

function look(box, text) {
  const typed = stems(text);
  const lines = JSON.parse(box.dataset.aids).filter((line) => place(line.stems, typed) >= 0);
  const shown = box.querySelector("[data-aids-typed]");
  const said = lines.map((line) => line.words).join("\n");
  box.querySelector("[data-aids-saved]").hidden = true;
  // Said once, and not again at each key: a screen reader would never come to an end.
  if (shown.dataset.said !== said) {
    shown.dataset.said = said;
    shown.replaceChildren(...lines.map((line) => flag(box, line)));
  }
  const [count, average] = measure(text);
  const words = [fill(box.dataset.count, { count })];
  if (average > LONG) words.push(fill(box.dataset.long, { count: average }));
  box.querySelector("[data-aids-length]").textContent = words.join(" · ");
}

function insert(field, words) {
  const from = field.selectionStart ?? field.value.length;
  const before = field.value.slice(0, from);
  const to = field.selectionEnd ?? from;
  const gap = (part) => (/\s$|^$/.test(part) ? "" : " ");
  field.setRangeText(`${gap(before)}${words}${gap([...field.value.slice(to)].slice(0, 1).join(""))}`, from, to, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The words that stand for a source, as they are put into the text. */
export function labelOf(button) {
  return button.form.elements.label.value.replace(MARKS, " ").replace(/\s+/g, " ").trim();
}

function textOf(element) {
  const clause = element.closest("article");
  return clause && clause.querySelector("textarea[name=text]");
}

export function bindAids(root) {
  let wait = 0;
  root.addEventListener("input", (event) => {
    const clause = event.target.closest("article");
    const box = clause && clause.querySelector("[data-aids]");
    if (!box || event.target.closest("[data-cite]")) return;
    clearTimeout(wait);
    wait = setTimeout(() => {
      const fields = [...clause.querySelectorAll("input[name=heading], textarea[name=text]")];
      look(box, fields.map((field) => field.value).join("\n"));
    }, WAIT_MS);
  });
  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-cite] button[name=record]");
    const label = button && labelOf(button);
    const field = button && button.form.elements.here.value && textOf(button);
    if (field && label) insert(field, `[${label}]`);
  });
}
