// What to try where nothing was found: each a button that does it, or a link.

import { button, make } from "./search-elements.js";

/**
 * @param {string} text
 * @param {() => void} act
 */
const badge = (text, act) => button(text, act, { class: "badge" });

const MOST = 3; // words that may be left out

/**
 * @typedef {{ text: string, isNarrowed: boolean }} Asked the words, and whether filters are chosen
 * @typedef {{ write: (text: string) => void, widen: () => void, anyYear: () => void }} Acts
 */

/**
 * What to try, as items of a list; none where something was found.
 * @param {Outcome} outcome
 * @param {Asked} asked
 * @param {Acts} acts
 */
export function adviceFor(outcome, { text, isNarrowed }, { write, widen, anyYear }) {
  const { total, hits, looked, nowhere, year, identifier, lunr } = outcome;
  if (total > 0 && (looked === undefined || hits.length > 0)) return [];
  /** @type {Part[]} */
  const found = [];
  if (identifier) {
    const href = sourceOf(identifier);
    if (href) found.push(make("a", { class: "badge", href, rel: "noopener" }, gettext("Look it up at %(host)s", { host: new URL(href).host })));
    return listed(found);
  }
  const words = nowhere.filter((word) => !word.startsWith('"'));
  for (const word of words.slice(0, MOST)) {
    const rest = withoutWord(text, word);
    if (rest) found.push(badge(gettext("Search without “%(word)s”", { word }), () => write(rest)));
  }
  if (isNarrowed) found.push(badge(gettext("Take off all filters"), widen));
  if (year) found.push(badge(gettext("Search in all years"), anyYear));
  if (text.includes('"')) found.push(badge(gettext("Search without the quotes"), () => write(spaced(text.replaceAll('"', " ")))));
  if (lunr) {
    const plain = plainOf(text);
    if (plain !== text.trim()) found.push(badge(gettext("Search for the plain words"), () => write(plain)));
  } else if (!words.length && text.trim().split(/\s+/).length > 1) {
    found.push(gettext("Fewer words find more."));
  }
  if (!found.length) found.push(gettext("Another word for the same thing may find it."));
  return listed(found);
}

/** @param {Part[]} parts */
const listed = (parts) => parts.map((part) => make("li", {}, part));

/** @param {string} text */
const spaced = (text) => text.trim().replace(/\s+/g, " ");

/**
 * @param {string} text
 * @param {string} word
 */
function withoutWord(text, word) {
  const at = text.toLowerCase().indexOf(word.toLowerCase());
  return at < 0 ? "" : spaced(`${text.slice(0, at)} ${text.slice(at + word.length)}`);
}

/**
 * A query without the marks of Lunr's syntax.
 * @param {string} text
 */
const plainOf = (text) =>
  spaced(text.replace(/[~^]\d+/g, "").replace(/(^|\s)[+-]/g, "$1").replace(/(^|\s)(?:title|abstract|tags|topic|authors):/g, "$1").replaceAll("*", ""));

/** @param {Identifier} identifier */
function sourceOf({ kind, id }) {
  if (kind === "arxiv") return `https://arxiv.org/abs/${id}`;
  if (kind === "doi") return `https://doi.org/${encodeURI(id)}`;
  return kind === "openreview" ? `https://openreview.net/forum?id=${encodeURIComponent(id)}` : "";
}
