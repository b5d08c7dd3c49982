// What is new in a kept search (kept.js): asked of the engine by pages other than the search page. The
// build puts this into one file with what it imports.

import { questionOf, readInto } from "./search-address.js";
import { ask } from "./search-connection.js";

const MOST = 20; // papers whose texts are looked at for a phrase

/**
 * How many papers a kept search finds on days after the last that was seen.
 * @param {{ query: string, day: string }} search
 */
export async function freshIn({ query, day }) {
  /** @type {Chosen} */
  const chosen = { topics: [], tags: [], authors: [], since: "", until: "" };
  /** @type {import("./search-address.js").Taken} */
  const taken = { verbatim: false, years: true, order: "newest" };
  const { to } = await ask({ ask: "start" });
  if (!to || to <= day) return 0;
  const text = readInto(chosen, taken, query);
  const next = new Date(Date.parse(day) + 86400000).toISOString().slice(0, 10);
  const found = await ask({
    ask: "find", ...questionOf(text, chosen, { ...taken, order: "newest" }, `since:${next}`), limit: MOST,
  });
  return (found.looked === undefined ? found.total : found.hits?.length) ?? 0;
}
