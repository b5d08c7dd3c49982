// What is said of a search's outcome.

import { Problem } from "./search-connection.js";
import { button } from "./search-elements.js";

const CARD = 1.2; // kB that a paper's text takes

/**
 * What is said of an outcome, with buttons: `beyond` searches on, `instead` for what was typed.
 * @param {Outcome} outcome
 * @param {{ order: Order, limit: number }} asked the order, and how many papers are shown at most
 * @param {{ beyond: () => void, instead: () => void }} acts
 */
export function statusOf(outcome, { order, limit }, { beyond, instead }) {
  const { total, hits, looked, nowhere, common, corrected, identifier, some, year } = outcome;
  if (identifier && total === 0) return [missing(identifier)];
  /** @type {Part[]} */
  const parts = [];
  if (corrected.length) {
    const [typed, meant] = [0, 1].map((i) => corrected.map((pair) => `“${pair[i]}”`).join(gettext(", ")));
    parts.push(
      gettext("Showing results for %(words)s.", { words: meant }),
      button(gettext("Search instead for %(words)s", { words: typed }), instead),
    );
  }
  if (looked !== undefined && total > 0) {
    parts.push(...phrasesSaid(total, hits.length, looked, limit, beyond));
  } else if (total > 0) {
    parts.push(counts[order](total));
  } else {
    parts.push(some.total > 0 ? gettext("No paper has all of the words.") : gettext("No paper matches."));
  }
  if (year) parts.push(gettext("Only papers of %(year)s are searched.", { year }));
  if (common.length) {
    parts.push(gettext("Words as common as “%(word)s” are not searched for.", { word: common[0] }));
  }
  if (nowhere.length) {
    parts.push(gettext("No paper has %(words)s.", { words: nowhere.map((word) => `“${word}”`).join(gettext(", ")) }));
  }
  return parts;
}

/** @type {Record<Order, (total: number) => string>} */
const counts = {
  best: (total) => ngettext("%(count)s paper, best first.", "%(count)s papers, best first.", total),
  newest: (total) => ngettext("%(count)s paper, newest first.", "%(count)s papers, newest first.", total),
  votes: (total) => ngettext("%(count)s paper, most voted first.", "%(count)s papers, most voted first.", total),
};

/**
 * What is said where a phrase was asked for, which is looked for in the texts of papers with its words.
 * @param {number} total papers with the words
 * @param {number} found papers with the phrase
 * @param {number} looked papers whose texts were looked at
 * @param {number} limit
 * @param {() => void} beyond
 * @returns {Part[]}
 */
function phrasesSaid(total, found, looked, limit, beyond) {
  if (looked >= total) {
    return [found ? ngettext("%(count)s paper with the phrase.", "%(count)s papers with the phrase.", found) : gettext("No paper has the phrase.")];
  }
  const values = { looked: numbered(looked), total: numbered(total) };
  const said = ngettext(
    "%(count)s paper with the phrase so far: %(looked)s of the %(total)s that have its words were looked through.",
    "%(count)s papers with the phrase so far: %(looked)s of the %(total)s that have its words were looked through.",
    found, values,
  );
  if (found >= limit) return [said];
  const size = numbered(Math.ceil((total - looked) * CARD));
  return [said, button(gettext("Look through all (about %(size)s kB)", { size }), beyond)];
}

/** @param {Identifier} identifier */
function missing({ kind, id }) {
  if (kind === "arxiv") return gettext("No paper here has the arXiv id %(id)s.", { id });
  if (kind === "doi") return gettext("No paper here has the DOI %(id)s.", { id });
  if (kind === "openreview") return gettext("No paper here has the OpenReview id %(id)s.", { id });
  return gettext("No paper here has the address %(address)s.", { address: id });
}

/**
 * What is said of an error, with buttons: `beyond` searches in spite of the cost, `again` once more.
 * @param {unknown} problem
 * @param {{ beyond: () => void, again: () => void }} acts
 * @returns {Part[]}
 */
export function problemSaid(problem, { beyond, again }) {
  const reload = button(gettext("Reload"), () => location.reload());
  const { kind, shards } = problem instanceof Problem ? problem : { kind: "", shards: 0 };
  const message = problem instanceof Error ? problem.message : String(problem);
  if (kind === "BadQuery") return [message];
  if (kind === "Costly") {
    const size = numbered(Math.ceil((shards ?? 0) * 7));
    return [
      gettext("This search has to load about %(size)s kB of the index.", { size }),
      button(gettext("Search anyway"), beyond),
    ];
  }
  if (kind === "Outdated") return [gettext("The archive has changed since this page was opened."), reload];
  if (location.protocol === "file:") {
    return [gettext("Search needs a web server: this browser lets no page opened from disk read other files.")];
  }
  if (kind === "Unreachable") {
    const offline = navigator.onLine === false;
    return [
      offline ? gettext("You are offline, and this part isn't loaded yet.") : gettext("The index can't be reached."),
      button(gettext("Try again"), again),
    ];
  }
  console.error(problem);
  return [gettext("Search failed: %(reason)s.", { reason: message }), reload];
}
