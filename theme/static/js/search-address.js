// A search as the address of its page: q, topic, tag, author, since, until, verbatim, years, order.

/** @type {Order[]} */
export const orders = ["best", "newest", "votes"];

/**
 * How a search's words are taken (`verbatim`: spelling stays as it is; `years`: a year narrows), and in
 * what order papers come.
 * @typedef {{ verbatim: boolean, years: boolean, order: Order }} Taken
 */

const MOST_CHOSEN = 50; // chosen of a kind; an address may have any number

/** @type {Record<Group, string>} */
export const names = { topics: "topic", tags: "tag", authors: "author" };
export const groups = /** @type {Group[]} */ (Object.keys(names));

/**
 * Reads what is chosen, and how the words are taken, from an address's query; returns the words.
 * @param {Chosen} chosen
 * @param {Taken} taken
 * @param {string} query
 */
export function readInto(chosen, taken, query) {
  const parameters = new URLSearchParams(query);
  for (const group of groups) chosen[group] = parameters.getAll(names[group]).slice(0, MOST_CHOSEN);
  chosen.since = parameters.get("since") ?? "";
  chosen.until = parameters.get("until") ?? "";
  taken.verbatim = parameters.get("verbatim") === "1";
  taken.years = parameters.get("years") !== "0";
  taken.order = orders.find((order) => order === parameters.get("order")) ?? "best";
  return parameters.get("q") ?? "";
}

/**
 * The query of the address for words and what is chosen.
 * @param {string} text
 * @param {Chosen} chosen
 * @param {Taken} taken
 */
export function queryOf(text, chosen, { verbatim, years, order }) {
  const parameters = new URLSearchParams();
  if (text.trim()) parameters.set("q", text.trim());
  for (const group of groups) {
    for (const value of chosen[group]) parameters.append(names[group], value);
  }
  if (chosen.since) parameters.set("since", chosen.since);
  if (chosen.until) parameters.set("until", chosen.until);
  if (verbatim) parameters.set("verbatim", "1");
  if (!years) parameters.set("years", "0");
  if (order !== "best") parameters.set("order", order);
  return parameters.toString();
}

/** @param {Chosen} chosen */
export const anyChosen = (chosen) =>
  chosen.since || chosen.until || groups.some((group) => chosen[group].length);

/**
 * The question that a search puts to the engine.
 * @param {string} text
 * @param {Chosen} chosen
 * @param {Taken} taken
 * @param {string} [extra] further words of the query language
 */
export function questionOf(text, { topics, tags, authors, since, until }, taken, extra = "") {
  const spans = [since && `since:${since}`, until && `until:${until}`, extra];
  return { text, extra: spans.filter(Boolean).join(" "), chosen: { topics, tags, authors }, ...taken };
}
