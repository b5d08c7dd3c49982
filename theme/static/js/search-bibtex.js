// Found papers as references: names in their parts, citation keys, BibTeX. As the Python package
// broadsheet.citing writes them, of what a card knows: titles in Unicode, the first twelve authors.

const PARTICLES = new Set("van von der den de del della di da dos du la le ten ter zu zur vom bin ibn al el".split(" "));
const SUFFIXES = new Set(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"]);
const GROUP =
  /\b(?:team|group|collaboration|consortium|labs?|institute|university|community|project|inc|research|openai|ai|contributors)\b/i;
const IDEOGRAPHS = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
const SMALL = new Set("a an the on of in to for and is are from with how why what do does can".split(" "));
/** @type {Record<string, string>} */
const LETTERS = { ø: "o", Ø: "O", ł: "l", Ł: "L", đ: "d", Đ: "D", æ: "ae", Æ: "Ae", œ: "oe", Œ: "Oe", ı: "i", ß: "ss" };
/** @type {Record<string, string>} */
const SPECIAL = {
  "\\": "{\\textbackslash}", "{": "{\\textbraceleft}", "}": "{\\textbraceright}", "&": "\\&", "%": "\\%", $: "\\$",
  "#": "\\#", _: "\\_", "~": "{\\textasciitilde}", "^": "{\\textasciicircum}", "‘": "`", "’": "'", "“": "``", "”": "''",
  "–": "--", "—": "---", "…": "{\\ldots}", "\u00a0": "~", ß: "{\\ss}", ø: "{\\o}", Ø: "{\\O}", æ: "{\\ae}", Æ: "{\\AE}",
  œ: "{\\oe}", Œ: "{\\OE}", ł: "{\\l}", Ł: "{\\L}", å: "{\\aa}", Å: "{\\AA}", ı: "{\\i}",
};
/** @type {Record<string, string>} */
const ACCENTS = {
  "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u030a": "r", "\u0304": "=", "\u0306": "u",
  "\u030c": "v", "\u0307": ".", "\u0323": "d", "\u0327": "c", "\u0328": "k", "\u030b": "H",
};
const WORD = /[\p{L}\p{N}][\p{L}\p{N}_-]*/gu;
// Marks upon one letter are sorted one by one, which takes the square of their number.
const MARKS = /[\p{M}\uff9e\uff9f]{200}(?=[\p{M}\uff9e\uff9f])/gu;
const CASED = /^(?:.+[A-Z]|[0-9]+[A-Za-z]|[B-HJ-Z]$)/u;

/** @typedef {import("./citing.js").Paper & { more: boolean }} Reference */

/**
 * A card as it is cited. Its date is the month of its arXiv id, else its day in the digest.
 * @param {Card} card
 * @param {URL} root the site
 * @returns {Reference}
 */
export function referenceOf({ url, title, authors, authorCount, date, identifiers }, root) {
  /** @param {string} kind */
  const one = (kind) => identifiers.find((key) => key.startsWith(`${kind}:`))?.slice(kind.length + 1);
  const [arxiv, doi] = [one("arxiv"), one("doi")];
  const month = /^(?:[a-z.-]+\/)?(\d\d)(0[1-9]|1[0-2])/i.exec(arxiv ?? "");
  return {
    id: decodeURIComponent(url.split("/").at(-2) ?? ""),
    title,
    authors: authors.map(nameOf),
    more: authorCount > authors.length,
    date: month ? [String(Number(month[1]) + (Number(month[1]) > 90 ? 1900 : 2000)), month[2]] : date.split("-"),
    arxiv,
    doi,
    url: arxiv ? `https://arxiv.org/abs/${arxiv}` : doi ? `https://doi.org/${quoted(doi)}` : new URL(url, root).href,
  };
}

/** @param {string} text */
const quoted = (text) =>
  encodeURIComponent(text).replaceAll("%2F", "/").replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/**
 * A name as [family, given, suffix]; a group's, or one of one word, as [name, "", ""].
 * @param {string} written
 * @returns {string[]}
 */
export function nameOf(written) {
  const text = spaced(written);
  const comma = text.split(",").map((part) => part.trim());
  if (comma.length > 1) {
    if (comma.length > 2 || !comma[0] || !comma[1]) return [text, "", ""];
    if (!SUFFIXES.has(comma[1].toLowerCase())) return [comma[0], comma[1], ""];
    const [family, given] = nameOf(comma[0]);
    return [family, given, comma[1]];
  }
  const words = text.split(" ");
  if (words.length === 1 || GROUP.test(text) || IDEOGRAPHS.test(text)) return [text, "", ""];
  const suffix = words.length > 2 && SUFFIXES.has(words[words.length - 1].toLowerCase()) ? words.pop() ?? "" : "";
  let at = words.length - 1;
  while (at > 1 && PARTICLES.has(words[at - 1])) at--;
  return [words.slice(at).join(" "), words.slice(0, at).join(" "), suffix];
}

/**
 * References as BibTeX; equal keys get a letter each.
 * @param {Reference[]} references
 */
export function bibtex(references) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  return references
    .map((one) => {
      const key = keyOf(one);
      const number = seen.get(key) ?? 0;
      seen.set(key, number + 1);
      return `@misc{${key}${number ? lettersOf(number) : ""},\n${fieldsOf(one)}\n}\n`;
    })
    .join("\n");
}

/** @param {Reference} reference */
function keyOf({ authors, title, date }) {
  const significant = title.split(/\s+/u).map(ascii).find((word) => word && !SMALL.has(word)) ?? "";
  const key = `${authors.length ? ascii(authors[0][0]) : ""}${date[0]}${significant}`;
  return /^\p{L}/u.test(key) ? key : `paper${key}`;
}

/**
 * A text in a normal form; of hundreds of marks in a row, each 200 are sorted by themselves (as the Python
 * package's normal_forms does).
 * @param {string} text
 * @param {"NFC" | "NFKD"} form
 */
function normal(text, form) {
  let made = "";
  let at = 0;
  for (const { 0: row, index } of text.matchAll(MARKS)) {
    made += text.slice(at, index + row.length).normalize(form);
    at = index + row.length;
  }
  return made + text.slice(at).normalize(form);
}

/** @param {string} text */
const ascii = (text) =>
  (normal(Array.from(text, (one) => LETTERS[one] ?? one).join(""), "NFKD").toLowerCase().match(/[a-z0-9]+/g) ?? []).join("");

/** @param {number} number */
function lettersOf(number) {
  let letters = "";
  for (let left = number; left >= 0; left = Math.floor(left / 26) - 1) letters = String.fromCharCode(97 + (left % 26)) + letters;
  return letters;
}

/** @param {Reference} reference */
function fieldsOf({ title, authors, more, date, arxiv, doi, url }) {
  const rows = [
    ["title", titleOf(title)],
    ["author", [...authors.map(authorOf), ...(more && authors.length ? ["others"] : [])].join(" and ")],
    ["year", date[0]],
    ["eprint", arxiv],
    ["archivePrefix", arxiv && "arXiv"],
    ["doi", verbatim(doi ?? "")],
    ["url", verbatim(url ?? "")],
  ];
  return rows.filter(([, value]) => value).map(([field, value]) => `  ${field} = {${value}}`).join(",\n");
}

/**
 * A plain title as LaTeX: words that lose their meaning in small letters stand in braces.
 * @param {string} text
 */
function titleOf(text) {
  let made = "";
  let at = 0;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (!CASED.test(word)) continue;
    made += `${escaped(text.slice(at, index))}{${escaped(word)}}`;
    at = index + word.length;
  }
  return spaced(made + escaped(text.slice(at)));
}

/** @param {string[]} parts */
function authorOf([family, given, suffix]) {
  if (!given) return `{${escaped(family)}}`;
  const name = [family, suffix, given].filter(Boolean).map(escaped).join(", ");
  return ` ${name} `.includes(" and ") ? `{${name}}` : name;
}

/** @param {string} text */
const escaped = (text) => Array.from(normal(text, "NFC"), latexOf).join("");

/** @param {string} one */
function latexOf(one) {
  if (one < "\x80" || one in SPECIAL) return SPECIAL[one] ?? one;
  const [base, mark, ...more] = Array.from(one.normalize("NFD"));
  const accent = more.length ? undefined : ACCENTS[mark];
  if (!accent || base < "A" || base > "z") return one;
  const bare = base === "i" || base === "j" ? `\\${base}` : base;
  const letters = /[a-z]/i.test(accent) || bare.length > 1 ? `{${bare}}` : bare;
  return `{\\${accent}${letters}}`;
}

/** @param {string} text */
const verbatim = (text) =>
  text.replace(/[{}\\\s]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`);

/** @param {string} text */
const spaced = (text) => text.split(/\s+/u).filter(Boolean).join(" ");
