// A paper as RIS (RefMan's description of the format, 2011) and as an item of CSL-JSON.

/**
 * @typedef {{
 *   id: string, title: string, authors: string[][], date: string[], arxiv?: string, doi?: string, url?: string,
 * }} Paper an author is [family, given, suffix]; a group, or who has one name, [name]. The date is the year,
 *   the month, the day, as far as they are known
 */

/**
 * @param {Paper} paper
 * @param {string} end what ends a line
 */
export function ris({ title, authors, date, arxiv, doi, url }, end) {
  /** @type {(string | undefined)[][]} */
  const rows = [
    ["TY", arxiv || !doi ? "UNPB" : "JOUR"],
    ["TI", title],
    ...authors.map((parts) => ["AU", parts.filter(Boolean).join(", ")]),
    ["PY", date[0]],
    ["DA", date.join("/")],
    ["PB", arxiv && "arXiv"],
    ["AN", arxiv && `arXiv:${arxiv}`],
    ["DO", doi],
    ["UR", url],
  ];
  const lines = rows.flatMap(([tag, value]) => (value ? [`${tag}  - ${value.replace(/\s+/g, " ")}`] : []));
  return [...lines, "ER  - "].join(end);
}

/** @param {Paper} paper */
export function csl({ id, title, authors, date, arxiv, doi, url }) {
  const author = authors.map(([family, given, suffix]) =>
    given ? { family, given, suffix: suffix || undefined } : { literal: family },
  );
  return {
    id,
    type: "article",
    title,
    author,
    issued: { "date-parts": [date.map(Number)] },
    publisher: arxiv && "arXiv",
    number: arxiv && `arXiv:${arxiv}`,
    DOI: doi,
    URL: url,
  };
}
