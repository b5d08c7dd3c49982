// Saved papers as files: Markdown, and BibTeX or RIS made of the papers' own pages, which are read
// for that. Notes and labels go along.

import { ris } from "./citing.js";
import { bibtexOf, paperOf } from "./references.js";

/** @typedef {import("./shelf.js").Kept} Kept */

const AT_ONCE = 6; // pages that are read at a time

/** @param {string} text */
const oneLine = (text) => text.replace(/\s+/g, " ");

/**
 * A plain text as Markdown that holds no link, element or code, as text/taken_markdown.py has it.
 * @param {string} text
 */
const escaped = (text) => oneLine(text).replace(/[\\`[\]]/g, "\\$&").replace(/&/g, "&amp;").replace(/</g, "&lt;");

/**
 * @param {[string, Kept][]} papers
 * @param {(id: string) => string} address
 */
export function markdown(papers, address) {
  return papers
    .map(([id, { title, date, note, labels = [] }]) => {
      const notes = [labels.length ? escaped(labels.join(", ")) : "", ...(note ?? "").split("\n")].filter(Boolean);
      const below = notes.map((line) => `\n  ${line}`).join("  ");
      const day = date && ` (${date})`;
      return `- [${escaped(title)}](${address(id)})${day}${below}\n`;
    })
    .join("");
}

/**
 * A text as a value between BibTeX's braces: without what would end them or be a command.
 * @param {string} text
 */
const braced = (text) => oneLine(text).replace(/[{}\\]/g, "").replace(/[%&#$_]/g, "\\$&");

/**
 * @param {string} id
 * @param {Kept} kept
 * @param {Document | null} page
 * @param {string} url
 * @param {Set<string>} keys the keys that are taken
 */
function bibtex(id, { title, date, note, labels = [] }, page, url, keys) {
  const own = page ? bibtexOf(page).trim() : "";
  const year = date ? `\n  year = {${date.slice(0, 4)}},` : "";
  let entry = /^@\w+\{[^,]+,[\s\S]*\}$/.test(own) ? own : `@misc{${id},\n  title = {${braced(title)}},${year}\n  url = {${url}},\n}`;
  const key = /^@\w+\{([^,]+),/.exec(entry)?.[1].trim() ?? id;
  let unique = key;
  for (let again = 2; keys.has(unique); again++) unique = `${key}-${again}`;
  keys.add(unique);
  entry = entry.replace(/^(@\w+\{)[^,]+,/, (_, start) => `${start}${unique},`);
  const more = [
    labels.length ? `  keywords = {${braced(labels.join(", "))}},\n` : "",
    note ? `  annote = {${braced(note)}},\n` : "",
  ].join("");
  return more ? `${entry.replace(/,?\s*\}$/, ",\n")}${more}}` : entry;
}

/**
 * @param {string} id
 * @param {Kept} kept
 * @param {Document | null} page
 * @param {string} url
 */
function risOf(id, { title, date, note, labels = [] }, page, url) {
  const paper = page && paperOf(page);
  const own = ris(paper ?? { id, title, authors: [], date: date.split("-"), url }, "\n");
  const more = [...labels.map((name) => `KW  - ${oneLine(name)}`), note ? `N1  - ${oneLine(note)}` : ""].filter(Boolean);
  return own.replace(/ER {2}- $/, () => [...more, "ER  - "].join("\n"));
}

/**
 * @param {string} url
 * @returns {Promise<Document | null>}
 */
async function pageAt(url) {
  try {
    const answer = await fetch(url);
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null;
  }
}

/**
 * References of saved papers. Of a paper whose page can't be read, what is kept is given.
 * @param {"bib" | "ris"} form
 * @param {[string, Kept][]} papers
 * @param {(id: string) => string} address
 * @param {(text: string) => void} say
 */
export async function references(form, papers, address, say) {
  /** @type {string[]} */
  const made = [];
  /** @type {Set<string>} */
  const keys = new Set();
  let missing = 0;
  for (let at = 0; at < papers.length; at += AT_ONCE) {
    const some = papers.slice(at, at + AT_ONCE);
    const pages = await Promise.all(some.map(([id]) => pageAt(address(id))));
    some.forEach(([id, kept], i) => {
      if (!pages[i]) missing++;
      made.push(form === "bib" ? bibtex(id, kept, pages[i], address(id), keys) : risOf(id, kept, pages[i], address(id)));
    });
  }
  if (missing) say(ngettext("%(count)s page could not be read: its reference is short", "%(count)s pages could not be read: their references are short", missing));
  return `${made.join("\n\n")}\n`;
}
