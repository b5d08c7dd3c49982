// What a paper's page says of its paper for references (citing.js), from its head and its BibTeX, which
// knows where a family name begins and whether there are others; and a reference in words.

const AUTHORS = /^ {2}author = \{(.*)\},?$/m;

/** @typedef {import("./citing.js").Paper & { spoken: string[], more: boolean }} Paper what a page says of its paper */

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

/** @param {Paper} paper */
export function words({ title, spoken, more, date, arxiv, doi, url }) {
  const names =
    spoken.length > LISTED || more
      ? `${spoken[0]} et al`
      : spoken.join(", ").replace(/, ([^,]*)$/, " and $1");
  const number = (arxiv && `arXiv:${arxiv}, `) || (doi && `doi:${doi}, `) || "";
  const parts = [names, title, number + date[0]].map((part) => part.replace(/\.+$/, ""));
  return [`${parts.filter(Boolean).join(". ")}.`, url].filter(Boolean).join(" ");
}

/**
 * What a paper's page says of its paper; null for a page without a reference.
 * @param {Document} page
 * @returns {Paper | null}
 */
export function paperOf(page) {
  /**
   * @param {string} name
   * @returns {string[]}
   */
  const all = (name) => {
    /** @type {NodeListOf<HTMLMetaElement>} */
    const metas = page.querySelectorAll(`meta[name="citation_${name}"]`);
    return [...metas].map((one) => one.content);
  };
  /** @param {string} name */
  const first = (name) => all(name)[0];
  const bibtex = bibtexOf(page);
  /** @type {HTMLElement | null} */
  const article = page.querySelector(".paper");
  if (!bibtex || !article) return null;
  const spoken = all("author");
  const written = split(AUTHORS.exec(bibtex)?.[1] ?? "");
  return {
    spoken,
    more: written.length > spoken.length && spoken.length > 0,
    id: article.dataset.paper ?? "",
    title: first("title"),
    authors: people(spoken, written),
    date: first("publication_date").split("/"),
    arxiv: first("arxiv_id"),
    doi: first("doi"),
    url: first("public_url"),
  };
}

/**
 * The BibTeX that a paper's page carries; "" where it has none.
 * @param {Document} page
 */
export const bibtexOf = (page) => page.querySelector(".cite details pre")?.textContent ?? "";
