/**
 * What a text may hold. Everything may be empty: after two people deleted at once a list without
 * items must still be a list, or the binding would take the whole clause out of the text.
 */
import { Fragment, Schema } from "prosemirror-model";

const BLOCK = "(paragraph | bullet_list | ordered_list | quote)*";
const auto = (tag, more) => [tag, { dir: "auto", ...more }, 0];
const ALLOWED = /^(?:https?:\/\/|mailto:)/i;

/** Whether an address may stand in a text. */
export const isAddress = (href) => typeof href === "string" && ALLOWED.test(href.trim()) && !/\s/.test(href.trim());

const nodes = {
  doc: { content: "clause*" },
  clause: {
    content: BLOCK,
    attrs: { cid: { default: null }, kind: { default: "paragraph" }, heading: { default: null } },
    defining: true,
    parseDOM: [
      {
        tag: "section[data-cid]",
        getAttrs: (el) => ({ cid: el.dataset.cid || null, kind: kindOf(el.dataset.kind), heading: el.dataset.heading || null }),
      },
      {
        tag: "h1, h2, h3, h4, h5, h6",
        getAttrs: (el) => ({ kind: "heading", heading: oneLine(el.textContent) }),
        getContent: () => Fragment.empty,
      },
    ],
    toDOM: ({ attrs }) => ["section", { "data-cid": attrs.cid || "", "data-kind": attrs.kind, "data-heading": attrs.heading || "" }, 0],
  },
  paragraph: { content: "inline*", whitespace: "pre", parseDOM: [{ tag: "p" }], toDOM: () => auto("p") },
  bullet_list: { content: "list_item*", parseDOM: [{ tag: "ul" }], toDOM: () => ["ul", 0] },
  ordered_list: {
    content: "list_item*",
    attrs: { start: { default: null } },
    parseDOM: [{ tag: "ol" }],
    toDOM: ({ attrs }) => ["ol", attrs.start ? { start: String(Math.trunc(attrs.start)) } : {}, 0],
  },
  list_item: { content: "(paragraph | bullet_list | ordered_list)*", defining: true, parseDOM: [{ tag: "li" }], toDOM: () => auto("li") },
  quote: { content: "(paragraph | bullet_list | ordered_list)*", defining: true, parseDOM: [{ tag: "blockquote" }], toDOM: () => ["blockquote", 0] },
  citation: {
    inline: true,
    group: "inline",
    atom: true,
    attrs: { token: { default: "" } },
    parseDOM: [{ tag: "span[data-citation]", getAttrs: (el) => ({ token: el.dataset.citation }) }],
    toDOM: ({ attrs }) => ["span", { class: "live-cite", "data-citation": attrs.token }, `[${attrs.token}]`],
    leafText: ({ attrs }) => `[${attrs.token}]`,
  },
  text: { group: "inline" },
};

const marks = {
  link: {
    attrs: { href: { default: "" } },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (el) => isAddress(el.getAttribute("href")) && { href: el.getAttribute("href").trim() } }],
    // Another person's address is shown, never followed by a slip of the hand.
    toDOM: ({ attrs }) => ["a", { href: isAddress(attrs.href) ? attrs.href : null, title: attrs.href, rel: "nofollow noopener noreferrer" }, 0],
  },
  strong: {
    parseDOM: [{ tag: "strong" }, { tag: "b" }],
    toDOM: () => ["strong", 0],
  },
  em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  code: { parseDOM: [{ tag: "code" }], toDOM: () => ["code", 0] },
};

export const KINDS = ["paragraph", "recommendation", "heading"];

const kindOf = (kind) => (KINDS.includes(kind) ? kind : "paragraph");

/** A heading in the form it is kept in. */
export const oneLine = (words) => words.replace(/\s+/g, " ").trim().slice(0, 300);

export const schema = new Schema({ nodes, marks });

/** A new clause's id. */
export const newCid = () => crypto.randomUUID();

/** A clause with nothing in it but the place to type. */
export function emptyClause(kind = "paragraph", heading = null) {
  const content = kind === "heading" ? null : schema.nodes.paragraph.create();
  return schema.nodes.clause.create({ cid: newCid(), kind, heading }, content);
}
