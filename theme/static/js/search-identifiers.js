// Identifiers: what a reader pastes to find one paper (an arXiv id, a DOI, an address), as the key that
// the index holds the paper under. plugins/broadsheet/search/analysis/identifiers.py reads the same in Python.

const LONGEST_IDENTIFIER = 400; // characters of a text that is an identifier

const NEW = "[0-9]{2}(?:0[1-9]|1[0-2])\\.[0-9]{4,5}";
const OLD = "[a-z]{2,10}(?:-[a-z]{2,3})?(?:\\.[a-z]{2})?/[0-9]{7}";
const VERSION = "(?:v[0-9]{1,3})?";
const ARXIV = new RegExp(
  `^(?:arxiv preprint\\s+)?(?:(?:oai:)?arxiv(?:\\.org)?\\s*[:.]?\\s*|/?(?:abs|pdf)/)?(${NEW}|${OLD})${VERSION}(?:\\.pdf)?$`, "i",
);
// What stands along a paper's first page: "arXiv:2412.15115v2 [cs.CL] 3 Jan 2025". A bracket at the end is
// not part of the text any more.
const ARXIV_STAMP = new RegExp(
  `^arxiv:(${NEW}|${OLD})${VERSION}\\s*\\[[a-z.-]{2,20}(?:\\]\\s*[0-9]{1,2}\\s*[a-z]{3}\\s*[0-9]{4})?$`, "i",
);
const ARXIV_IN_PATH = new RegExp(
  `/(?:arxiv[:.])?(${NEW}|(?<=/(?:abs|pdf|src|html|format)/)${OLD})${VERSION}(?:\\.pdf|\\.html)?(?:/|$)`, "i",
);
const ARXIV_DOI = new RegExp(`^10\\.48550/arxiv\\.(${NEW}|${OLD})${VERSION}$`, "i");
const DOI = /^(?:doi\s*:?\s*)?(10\.[0-9]{4,9}\/\S+)$/i;
const DOI_IN_PATH = /\/(10\.[0-9]{4,9}\/.+)/;
const BEHIND_DOI = /(?:v[0-9]{1,2})?(?:\.full|\.abstract)?(?:\.pdf|\.html?)?$/;
const OPENREVIEW = /^openreview\s*:\s*([\p{L}\p{N}_-]{4,40})$/iu;
const ADDRESS = new RegExp(
  "^(https?://)?(?:[^\\s/?#@]*@)?([a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.[a-z]{2,20})(?::[0-9]{1,5})?" +
    "(/[^\\s?#]*)?(?:\\?([^\\s#]*))?(?:#\\S*)?$",
  "i",
);
// An identifier in a longer text that names it as one: a reference, a tab's title, a BibTeX entry.
const ARXIV_WITHIN = new RegExp(`(?:\\[|arxiv(?:\\.org/(?:abs|pdf|html)/| ?:? ?)|eprint ?= ?[{"])(${NEW}|${OLD})(?![0-9])`, "i");
const DOI_WITHIN = /doi(?:\.org\/| ?: ?| ?= ?[{"])(10\.[0-9]{4,9}\/[^ }"]+)/i;
// What is in the path of an address without a scheme, and hardly in other texts ("node.js/react").
const TELLING_PATH = /^\/(?:.*[0-9]|[^/]+\/[^/])/;
const NAMING = /^[a-z_]*id$/; // parameters of a query that name what an address is of

/**
 * The identifier that a whole text is, or that a longer one gives as one; null for others. Spaces and
 * punctuation around it don't count. An address may lack its scheme where it can be nothing else.
 * @param {string} typed
 * @returns {Identifier | null}
 */
export function identifierOf(typed) {
  const whole = ofWhole(typed);
  const arxiv = whole ? null : ARXIV_WITHIN.exec(typed);
  if (arxiv) return arxivOf(arxiv[1]);
  const doi = whole ? null : DOI_WITHIN.exec(typed);
  return doi ? doiOf(bareText(doi[1])) : whole;
}

/** @param {string} typed */
function ofWhole(typed) {
  const trimmed = typed.trim();
  if (trimmed.length > LONGEST_IDENTIFIER || /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u.test(trimmed)) return null;
  const text = bareText(trimmed);
  const arxiv = ARXIV.exec(text);
  if (arxiv) return arxivOf(arxiv[1]);
  const stamp = ARXIV_STAMP.exec(text);
  if (stamp) return arxivOf(stamp[1]);
  const openreview = OPENREVIEW.exec(text);
  if (openreview) return identifierAs("openreview", openreview[1]);
  const doi = DOI.exec(text);
  if (doi) return doiOf(doi[1]);
  const address = ADDRESS.exec(text);
  if (!address) return null;
  const [, scheme, site, path = "", query = ""] = address;
  const host = site.toLowerCase().replace(/^www\./, "");
  return scheme || query || host !== site.toLowerCase() || TELLING_PATH.test(path) ? ofAddress(host, path, query) : null;
}

/**
 * @param {Identifier["kind"]} kind
 * @param {string} id
 * @returns {Identifier}
 */
const identifierAs = (kind, id) => ({ kind, id, key: `${kind}:${id}` });

/**
 * A text without some characters at its ends.
 * @param {string} text
 * @param {string} before
 * @param {string} behind
 */
export function stripped(text, before, behind) {
  let start = 0;
  let end = text.length;
  while (start < end && before.includes(text[start])) start++;
  while (end > start && behind.includes(text[end - 1])) end--;
  return text.slice(start, end);
}

/** @param {string} text */
function bareText(text) {
  const around = "<>[]\"'“”‘’";
  const inner = stripped(stripped(stripped(text, around, around), "(", ""), "", ".,;:!?");
  return inner.includes("(") ? inner : stripped(inner, "", ").,;:!?");
}

/**
 * An old id's archive stands without its subject class: math.GT/0309136 is math/0309136.
 * @param {string} id
 */
function arxivOf(id) {
  const [archive, number] = id.split("/");
  return identifierAs("arxiv", number === undefined ? id : `${archive.split(".")[0].toLowerCase()}/${number}`);
}

/** @param {string} doi */
function doiOf(doi) {
  const arxiv = ARXIV_DOI.exec(doi);
  return arxiv ? arxivOf(arxiv[1]) : identifierAs("doi", doi.toLowerCase());
}

/**
 * The identifier that an address has in it, or else the address.
 * @param {string} host
 * @param {string} path
 * @param {string} query
 */
function ofAddress(host, path, query) {
  const readable = unquoted(path);
  const arxiv = ARXIV_IN_PATH.exec(readable);
  if (arxiv) return arxivOf(arxiv[1]);
  const doi = DOI_IN_PATH.exec(readable);
  if (doi) {
    const value = doi[1].replace(/\/+$/, "");
    return doiOf(host.endsWith("doi.org") ? value : value.replace(BEHIND_DOI, ""));
  }
  const names = query.split("&").map((part) => {
    const at = part.indexOf("=");
    return at < 0 ? [part, ""] : [part.slice(0, at), part.slice(at + 1)];
  });
  const forum = host === "openreview.net" && names.find(([name, value]) => name === "id" && value);
  if (forum) return identifierAs("openreview", forum[1]);
  const named = names.filter(([name, value]) => NAMING.test(name) && value).map((pair) => pair.join("="));
  const place = (host + path).replace(/\.pdf$/, "").replace(/\/+$/, "");
  return identifierAs("url", [place, ...named.sort()].join("?").toLowerCase());
}

/**
 * A path with its %-escapes decoded; what isn't UTF-8 becomes U+FFFD.
 * @param {string} path
 */
function unquoted(path) {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return path.replace(/(?:%[0-9a-f]{2})+/gi, (run) =>
    decoder.decode(Uint8Array.from(run.slice(1).split("%"), (byte) => Number.parseInt(byte, 16))),
  );
}
