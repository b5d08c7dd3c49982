// The chosen filters, each with a button that takes it off.

import { groups } from "./search-address.js";
import { button, make } from "./search-elements.js";

const kinds = () => ({
  topics: gettext("topic"), tags: gettext("tag"), authors: gettext("author"),
  since: gettext("since"), until: gettext("until"),
});

/**
 * @param {Chosen} chosen
 * @param {Pick<SearchPage, "labelOf" | "toggle" | "narrow"> & { year?: number | string, anyYear?: () => void }} page the year
 *   that was read in the words too, and what lets all years through
 */
export function chipsOf(chosen, { labelOf, toggle, narrow, year, anyYear }) {
  /** @type {[string, () => void][]} */
  const all = groups.flatMap((group) =>
    chosen[group].map(
      (value) => /** @type {[string, () => void]} */ ([gettext("%(kind)s: %(value)s", { kind: kinds()[group], value: labelOf(group, value) }), () => toggle(group, value)]),
    ),
  );
  for (const name of /** @type {End[]} */ (["since", "until"])) {
    if (chosen[name]) all.push([gettext("%(kind)s: %(value)s", { kind: kinds()[name], value: chosen[name] }), () => narrow({ [name]: "" })]);
  }
  if (year && anyYear) all.push([String(year), anyYear]);
  return all.map(([text, act]) => make("li", {}, button(`${text} ×`, act, { "aria-label": gettext("Remove %(what)s", { what: text }) })));
}
