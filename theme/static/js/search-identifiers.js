// A text that is a paper's identifier as a whole: of arXiv, a DOI, of OpenReview, or an address.
// plugins/broadsheet/search/identifiers.py reads the same in Python.

const ID = "(\\d{4}\\.\\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\\.[a-z]{2})?/\\d{7})(?:v\\d{1,3})?";
const ARXIV = new RegExp(`^(?:(?:oai:)?arxiv(?:\\.org)?:\\s*)?${ID}$`, "i");
const IN_PATH = new RegExp(`(?:^|/)${ID}(?:\\.pdf)?(?:/|$)`, "i");
const DOI = /^(?:doi:\s*)?(10\.\d{4,9}\/\S+)$/i;
const OF_ARXIV = new RegExp(`^10\\.48550/arxiv\\.${ID}$`, "i");
const ADDRESS = /^(https?:\/\/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?::\d+)?(\/[^\s?#]*)?(\?[^\s#]*)?(?:#\S*)?$/i;
const OPENREVIEW = /^openreview:\s*([\w-]+)$/i;

/**
 * The identifier that a text is; null for any other text.
 * @param {string} text
 * @returns {Identifier | null}
 */
export function identifierOf(text) {
  const bare = text.trim().replace(/[.,;:!?)\]}>'"]+$/, "").replace(/^[(<["'{]+/, "");
  if (bare.length > 500) return null;
  const arxiv = ARXIV.exec(bare);
  if (arxiv) return arxivId(arxiv[1]);
  const openreview = OPENREVIEW.exec(bare);
  if (openreview) return { kind: "openreview", id: openreview[1], key: `openreview:${openreview[1]}` };
  const doi = DOI.exec(bare);
  if (doi) return doiOf(doi[1]);
  const address = ADDRESS.exec(bare);
  return address && addressed(address);
}

/**
 * @param {string} id
 * @returns {Identifier}
 */
function arxivId(id) {
  const [archive, number] = id.toLowerCase().split("/");
  const whole = number === undefined ? archive : `${archive.split(".")[0]}/${number}`;
  return { kind: "arxiv", id: whole, key: `arxiv:${whole}` };
}

/**
 * @param {string} doi
 * @returns {Identifier}
 */
function doiOf(doi) {
  const arxiv = OF_ARXIV.exec(doi);
  return arxiv ? arxivId(arxiv[1]) : { kind: "doi", id: doi.toLowerCase(), key: `doi:${doi.toLowerCase()}` };
}

/**
 * @param {RegExpExecArray} address
 * @returns {Identifier | null}
 */
function addressed([, scheme, host, path = "", query = ""]) {
  const site = host.toLowerCase().replace(/^www\./, "");
  const inPath = IN_PATH.exec(path);
  if (inPath) return arxivId(inPath[1]);
  if (/^(?:dx\.)?doi\.org$/.test(site) && DOI.test(path.slice(1))) return doiOf(path.slice(1));
  const forum = site === "openreview.net" && new URLSearchParams(query).get("id");
  if (forum) return { kind: "openreview", id: forum, key: `openreview:${forum}` };
  if (!scheme) return null;
  const place = site + path.replace(/\/+$/, "");
  return { kind: "url", id: place, key: `url:${place}` };
}
