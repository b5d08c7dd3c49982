// What is said of a search's outcome.

import { Problem } from "./search-connection.js";
import { button } from "./search-elements.js";

/**
 * What is said of an outcome, with buttons: `beyond` searches on, `instead` for what was typed.
 * @param {Outcome} outcome
 * @param {{ beyond: () => void, instead: () => void }} acts
 */
export function statusOf({ total, hits, looked, nowhere, common, corrected, identifier }, { beyond, instead }) {
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
  if (looked === undefined) {
    parts.push(
      total
        ? ngettext("%(count)s paper, best first.", "%(count)s papers, best first.", total)
        : gettext("No paper matches."),
    );
  } else {
    parts.push(
      ngettext("%(count)s paper with the phrase.", "%(count)s papers with the phrase.", hits.length),
      ngettext(
        "Lunr knows no phrases: of %(count)s paper with all the words, the best %(looked)s were checked.",
        "Lunr knows no phrases: of %(count)s papers with all the words, the best %(looked)s were checked.",
        total,
        { looked: numbered(looked) },
      ),
    );
    if (looked < total) parts.push(button(gettext("Check all"), beyond));
  }
  if (common.length) {
    parts.push(gettext("Words as common as “%(word)s” are not searched for.", { word: common[0] }));
  }
  if (nowhere.length) {
    parts.push(gettext("Nowhere: %(words)s.", { words: nowhere.map((word) => `“${word}”`).join(gettext(", ")) }));
  }
  return parts;
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
