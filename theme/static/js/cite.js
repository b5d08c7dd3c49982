// Citations: those that a page does not carry, and a button that copies each. RIS, CSL-JSON and a
// reference in words are made of what the page's head says and of the BibTeX, which knows where a
// family name begins and whether there are others.

/** @typedef {import("./citing.js").Paper} Paper */

const AUTHORS = /^ {2}author = \{(.*)\},?$/m;

/**
 * Names between "and"s, which count outside braces only.
 * @param {string} written
 */
function split(written) {
  const names = [""];
  let depth = 0;
  for (const piece of written.split(/([{}]| and )/)) {
    depth += Number(piece === "{") - Number(piece === "}");
    if (piece === " and " && !depth) names.push("");
    else names[names.length - 1] += piece;
  }
  return names;
}

/**
 * The authors as [family, given, suffix]; a group, or who has one name, as [name].
 * @param {string[]} spoken
 * @param {string[]} written
 */
function people(spoken, written) {
  return spoken.map((name, at) => {
    const parts = (written[at] ?? "").split(", ");
    if (parts.length < 2) return [name];
    const words = name.split(" ");
    /** @param {number} count */
    const last = (count) => words.splice(words.length - count).join(" ");
    const suffix = parts.length > 2 ? last(parts[1].split(" ").length) : "";
    const family = last(parts[0].split(" ").length);
    return [family, words.join(" "), suffix];
  });
}

const LISTED = 10; // authors in words; of more, the first is named

/** @param {Paper & { spoken: string[], more: boolean }} paper what a page says of its paper */
function words({ title, spoken, more, date, arxiv, doi, url }) {
  const names =
    spoken.length > LISTED || more
      ? `${spoken[0]} et al`
      : spoken.join(", ").replace(/, ([^,]*)$/, " and $1");
  const number = (arxiv && `arXiv:${arxiv}, `) || (doi && `doi:${doi}, `) || "";
  const parts = [names, title, number + date[0]].map((part) => part.replace(/\.+$/, ""));
  return [`${parts.filter(Boolean).join(". ")}.`, url].filter(Boolean).join(" ");
}

/** @param {Tools} tools */
export async function start(tools) {
  const { make } = tools;
  /**
   * @param {string} name
   * @returns {string[]}
   */
  const all = (name) => {
    /** @type {NodeListOf<HTMLMetaElement>} */
    const metas = document.querySelectorAll(`meta[name="citation_${name}"]`);
    return [...metas].map((one) => one.content);
  };
  /** @param {string} name */
  const first = (name) => all(name)[0];
  const bibtex = document.querySelector(".cite details");
  /** @type {HTMLElement | null} */
  const page = document.querySelector(".paper");
  if (!bibtex || !page) return;
  const spoken = all("author");
  const written = split(AUTHORS.exec(bibtex.textContent)?.[1] ?? "");
  const { ris, csl } = await import(`./citing.js${new URL(import.meta.url).search}`);
  const paper = {
    spoken,
    more: written.length > spoken.length && spoken.length > 0,
    id: page.dataset.paper ?? "",
    title: first("title"),
    authors: people(spoken, written),
    date: first("publication_date").split("/"),
    arxiv: first("arxiv_id"),
    doi: first("doi"),
    url: first("public_url"),
  };
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
