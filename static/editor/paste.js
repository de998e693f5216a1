/**
 * What comes from Word, a mail or a web page: its words, lists, bold, italic and links, nothing else.
 * Styles are renamed before anything parses them, so that no style is ever applied or refused.
 */
import { Fragment, Slice } from "prosemirror-model";
import { asClauses } from "./clauses.js";
import { newCid, schema } from "./schema.js";

const MOST_TEXT = 80_000;
const MOST_HTML = 1_500_000;
const GONE = "gone-style, style, script, meta, link, title, template, iframe, object, svg, math, img, picture, video, audio, xml, head";
const { clause } = schema.nodes;

const look = (el) => (el.getAttribute("data-look") || "").toLowerCase();

function wrapInside(el, tag) {
  const box = el.ownerDocument.createElement(tag);
  box.append(...el.childNodes);
  el.append(box);
}

/** Bold and italic said by a style become elements; a <b> that says it is not bold stops being one. */
function marksFromLooks(doc) {
  for (const el of doc.querySelectorAll("[data-look]")) {
    const said = look(el);
    if (/mso-list:\s*ignore|display:\s*none|mso-hide:\s*all/.test(said)) { el.remove(); continue; }
    if (/^b$|^strong$/i.test(el.tagName) && /(?:^|[;\s])font-weight:\s*(?:normal|400)/.test(said)) { el.replaceWith(...el.childNodes); continue; }
    if (el.tagName !== "SPAN") continue;
    if (/(?:^|[;\s])font-weight:\s*(?:bold|[6-9]00)/.test(said)) wrapInside(el, "strong");
    if (/font-style:\s*italic/.test(said)) wrapInside(el, "em");
  }
}

/** Word writes the points of a list as paragraphs. */
function listsFromWord(doc) {
  let list = null;
  for (const p of [...doc.querySelectorAll("p")]) {
    const isPoint = /mso-list:\s*l\d+/.test(look(p));
    if (!isPoint) { list = null; continue; }
    const isNumbered = p.dataset.point === "number";
    const tag = isNumbered ? "OL" : "UL";
    if (!list || list.tagName !== tag || list.nextElementSibling !== p) {
      list = doc.createElement(tag);
      p.before(list);
    }
    const point = doc.createElement("li");
    p.before(point);
    list.append(point);
    point.append(p);
  }
}

/** The sign before a point says whether its list is numbered; it goes with the other signs. */
function notePoints(doc) {
  for (const sign of doc.querySelectorAll("[data-look*='mso-list' i]")) {
    if (!/mso-list:\s*ignore/.test(look(sign))) continue;
    const p = sign.closest("p");
    if (p && /^\s*[\p{L}\p{N}]{1,4}[.)]/u.test(sign.textContent)) p.dataset.point = "number";
  }
}

/** Line ends inside a paragraph are the source's own: blanks. */
function oneLines(doc) {
  const texts = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_COMMENT);
  const gone = [];
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (node.nodeType === Node.COMMENT_NODE) gone.push(node);
    else if (!node.parentElement.closest("pre, section[data-cid]")) node.data = node.data.replace(/[ \t\r\n]+/g, " ");
  }
  gone.forEach((node) => node.remove());
}

export function cleanHtml(html) {
  if (html.length > MOST_HTML) return "";
  const renamed = html
    .replace(/<(\/?)style\b/gi, "<$1gone-style")
    .replace(/<!--\[if[\s\S]*?<!\[endif\]-->/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-look=").replace(/\son[a-z]+\s*=/gi, " data-gone="));
  const doc = new DOMParser().parseFromString(renamed, "text/html");
  doc.querySelectorAll(GONE).forEach((el) => el.remove());
  notePoints(doc);
  marksFromLooks(doc);
  listsFromWord(doc);
  oneLines(doc);
  return doc.body.innerHTML;
}

function isBlank(node) {
  return node.isTextblock && !node.textContent.trim();
}

/** Ids of clauses still in the text are not given twice; several blocks become several clauses. */
function asText(slice, view) {
  const there = new Set();
  if (!view.dragging?.move) view.state.doc.forEach((node) => there.add(node.attrs.cid));
  const blocks = [];
  slice.content.forEach((node) => {
    if (isBlank(node) && slice.content.childCount > 1) return;
    blocks.push(node.type === clause && there.has(node.attrs.cid) ? clause.create({ ...node.attrs, cid: newCid() }, node.content) : node);
  });
  const content = Fragment.from(blocks);
  const isSeveral = blocks.length > 1 && blocks.every((node) => node.isBlock && node.type !== schema.nodes.list_item);
  if (!isSeveral) return new Slice(content, Math.min(slice.openStart, content.size ? slice.openStart : 0), slice.openEnd);
  const deeper = (node, open) => (node.type !== clause ? open + 1 : node.childCount && !node.attrs.heading ? open : 0);
  const isWhole = content.size === slice.content.size;
  return new Slice(
    asClauses(content),
    isWhole && slice.openStart ? deeper(blocks[0], slice.openStart) : 0,
    isWhole && slice.openEnd ? deeper(blocks.at(-1), slice.openEnd) : 0,
  );
}

/** The editor's props for pasting. say(sentence) tells people what was not taken. */
export const pasteProps = (words, say) => ({
  transformPastedHTML: cleanHtml,
  transformPasted: asText,
  // Each line of plain text that is followed by an empty one is a paragraph.
  clipboardTextParser: (text, $context) => {
    const parts = text.split(/(?:\r\n?|\n){2,}/).filter((part) => part.trim());
    const nodes = parts.map((part) => schema.nodes.paragraph.create(null, schema.text(part.replace(/\r\n?/g, "\n"), $context.marks())));
    return new Slice(Fragment.from(nodes), nodes.length ? 1 : 0, nodes.length ? 1 : 0);
  },
  handlePaste(view, event, slice) {
    const html = event.clipboardData?.getData("text/html") || "";
    const text = event.clipboardData?.getData("text/plain") || "";
    const size = slice.content.textBetween(0, slice.content.size, "\n").length;
    if (Math.max(size, html.length > MOST_HTML ? text.length : 0) > MOST_TEXT) {
      say(words.tooLong);
      return true;
    }
    if (html.length > MOST_HTML) {
      if (text) view.pasteText(text);
      say(words.plainly);
      return true;
    }
    return false;
  },
});
