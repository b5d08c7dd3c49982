// A search as the address of its page: q, topic, tag, author, since, until, verbatim, years.

/** @type {Record<Group, string>} */
export const names = { topics: "topic", tags: "tag", authors: "author" };
export const groups = /** @type {Group[]} */ (Object.keys(names));

/**
 * Reads what is chosen from the page's address, and how the words are taken (`verbatim`: spelling stays
 * as it is; `years`: a year narrows); returns the words.
 * @param {Chosen} chosen
 * @param {{ verbatim: boolean, years: boolean }} taken
 */
export function readInto(chosen, taken) {
  const parameters = new URLSearchParams(location.search);
  for (const group of groups) chosen[group] = parameters.getAll(names[group]);
  chosen.since = parameters.get("since") ?? "";
  chosen.until = parameters.get("until") ?? "";
  taken.verbatim = parameters.get("verbatim") === "1";
  taken.years = parameters.get("years") !== "0";
  return parameters.get("q") ?? "";
}

/**
 * The query of the address for words and what is chosen.
 * @param {string} text
 * @param {Chosen} chosen
 * @param {{ verbatim: boolean, years: boolean }} taken
 */
export function queryOf(text, chosen, { verbatim, years }) {
  const parameters = new URLSearchParams();
  if (text.trim()) parameters.set("q", text.trim());
  for (const group of groups) {
    for (const value of chosen[group]) parameters.append(names[group], value);
  }
  if (chosen.since) parameters.set("since", chosen.since);
  if (chosen.until) parameters.set("until", chosen.until);
  if (verbatim) parameters.set("verbatim", "1");
  if (!years) parameters.set("years", "0");
  return parameters.toString();
}

/** @param {Chosen} chosen */
export const anyChosen = (chosen) =>
  chosen.since || chosen.until || groups.some((group) => chosen[group].length);
