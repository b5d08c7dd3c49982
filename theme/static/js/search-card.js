// A result: a paper's card.

import { make } from "./search-elements.js";

const root = new URL("../../", import.meta.url);

/** @param {Pieces} parts */
const pieces = (parts) => parts.map(([text, is]) => (is ? make("mark", {}, text) : text));

/**
 * @param {Element} item
 * @param {Shown} card
 */
export function drawCard(item, card) {
  const link = make("a", { href: new URL(card.url, root), dir: "auto" }, ...pieces(card.title));
  const by = make("p", { class: "by" });
  const day = new URL(`${card.date.replaceAll("-", "/")}/`, root);
  by.append(make("a", { href: day }, make("time", { datetime: card.date }, longDate(card.date))));
  if (card.topic) {
    by.append(make("a", { href: new URL(`topics/${card.topic}/`, root) }, card.topicName || card.topic));
  }
  const authors = card.authors.slice(0, 4).join(", ");
  const rest = card.authorCount - Math.min(4, card.authors.length);
  if (authors) by.append(make("span", { dir: "auto" }, rest > 0 ? `${authors} ${ngettext("and %(count)s more", "and %(count)s more", rest)}` : authors));
  item.replaceChildren(make("h2", {}, link), by);
  if (card.sentence.length) {
    item.append(make("p", { class: "found", dir: "auto" }, ...pieces(card.sentence)));
  }
  const more = make("button", { type: "button", class: "more" }, make("span", { class: "vh" }, gettext("Mark or mute: %(title)s", { title: link.textContent ?? "" })));
  more.addEventListener("click", () => dispatchEvent(new CustomEvent("interest", { detail: item })));
  item.append(more);
  item.classList.remove("waiting");
}

/** @param {string} iso */
const longDate = (iso) =>
  new Date(`${iso}T00:00Z`).toLocaleDateString(globalThis.broadsheet ? `${globalThis.broadsheet.language}-u-ca-gregory-nu-latn` : "en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
