// Citations: those that a page does not carry, and a button that copies each.

import { csl, ris } from "./citing.js";
import { paperOf, words } from "./references.js";

/** @param {Tools} tools */
export async function start(tools) {
  const { make } = tools;
  const bibtex = document.querySelector(".cite details");
  const paper = paperOf(document);
  if (!bibtex || !paper) return;
  const forms = { RIS: ris(paper, "\n"), "CSL-JSON": JSON.stringify([csl(paper)]), [gettext("Text")]: words(paper) };
  bibtex.after(
    ...Object.entries(forms).map(([label, text]) =>
      make("details", {}, make("summary", {}, label), make("pre", {}, make("code", {}, text))),
    ),
  );
  const { copier } = await import(`./copy.js${new URL(import.meta.url).search}`);
  /** @type {NodeListOf<HTMLElement>} */
  const texts = document.querySelectorAll(".cite pre");
  for (const text of texts) {
    text.before(copier(text, text.previousElementSibling?.textContent ?? "", tools));
  }
}
