// Taking the results of a search away as a file: BibTeX, RIS or CSL-JSON, made in the browser of the
// papers' cards, and of the pages of those papers whose cards don't have all authors. This script is loaded
// when the reader asks for it.

const MOST = 500; // papers that are taken
const BATCH = 40; // cards that are loaded at a time
const AT_ONCE = 6; // pages that are loaded at a time
const CARD = 3; // kB that a paper takes on average, with those whose pages are loaded
const version = new URL(import.meta.url).search;
const root = new URL("../../", import.meta.url);

/**
 * @typedef {{
 *   ask: Ask, make: Make, button: SearchPage["button"], outcome: () => Outcome | null,
 *   question: () => Omit<Question, "limit">,
 * }} Lent what the search page lends
 */

export class TakeAway {
  /**
   * @param {HTMLDetailsElement} place
   * @param {Lent} page
   */
  constructor(place, page) {
    const { make, button } = page;
    this.page = page;
    this.extent = make("p", {});
    this.said = make("p", { role: "status" });
    this.buttons = [["bib", "BibTeX"], ["ris", "RIS"], ["json", "CSL-JSON"]].map(([form, label]) =>
      button(label, () => this.take(form), { class: "badge" }),
    );
    place.append(this.extent, make("p", { class: "feeds" }, ...this.buttons), this.said);
  }

  // Says what would be taken.
  draw() {
    const outcome = this.page.outcome();
    const total = (outcome?.looked === undefined ? outcome?.total || outcome?.some.total : outcome.hits.length) ?? 0;
    for (const button of this.buttons) button.disabled = total === 0;
    const count = Math.min(total, MOST);
    const size = numbered(Math.ceil(count * CARD));
    const extent =
      count < total
        ? gettext("The first %(count)s of %(total)s papers, in this order (about %(size)s kB to load).", { count: numbered(count), total: numbered(total), size })
        : ngettext("%(count)s paper, in this order (about %(size)s kB to load).", "%(count)s papers, in this order (about %(size)s kB to load).", count, { size });
    if (extent === this.extent.textContent) return; // the same results, in their last order
    this.extent.textContent = extent;
    this.said.textContent = "";
  }

  /** @param {string} form */
  async take(form) {
    const { ask, make } = this.page;
    try {
      const found = await ask({ ask: "find", ...this.page.question(), limit: MOST });
      const hits = found.hits?.length ? found.hits : (found.some?.hits ?? []);
      const papers = hits.map(({ paper }) => paper);
      /** @type {Card[]} */
      const cards = [];
      while (cards.length < papers.length) {
        cards.push(...(await ask({ ask: "cards", papers: papers.slice(cards.length, cards.length + BATCH) })));
        this.said.textContent = gettext("%(count)s of %(total)s papers loaded", { count: numbered(cards.length), total: numbered(papers.length) });
      }
      const href = URL.createObjectURL(new Blob([await textOf(form, cards)]));
      const file = `search-results.${form}`;
      make("a", { href, download: file }).click();
      setTimeout(() => URL.revokeObjectURL(href), 1000);
      this.said.textContent = ngettext("%(count)s paper in %(file)s", "%(count)s papers in %(file)s", cards.length, { file });
    } catch (problem) {
      this.said.textContent = gettext("Search failed: %(reason)s.", { reason: problem instanceof Error ? problem.message : String(problem) });
    }
  }
}

/**
 * References with all authors, of papers whose cards have the first ones. Where a page can't be had,
 * the reference says that there are others.
 * @param {import("./search-bibtex.js").Reference[]} references
 * @param {Card[]} cards
 * @param {(url: URL) => Promise<{ authors: string[][], more: boolean } | null>} read what a page says of its paper
 */
export async function complete(references, cards, read) {
  const made = [...references];
  const short = references.flatMap(({ more }, at) => (more ? [at] : []));
  for (let start = 0; start < short.length; start += AT_ONCE) {
    await Promise.all(short.slice(start, start + AT_ONCE).map(async (at) => {
      const { authors, more } = (await read(new URL(cards[at].url, root)).catch(() => null)) ?? made[at];
      made[at] = { ...made[at], authors, more };
    }));
  }
  return made;
}

/** @param {URL} url */
async function readPage(url) {
  const { paperOf } = await import(`./references.js${version}`);
  const answer = await fetch(url);
  return answer.ok ? paperOf(new DOMParser().parseFromString(await answer.text(), "text/html")) : null;
}

/**
 * Papers as the text of a file.
 * @param {string} form
 * @param {Card[]} cards
 */
export async function textOf(form, cards, read = readPage) {
  const [{ bibtex, referenceOf }, { ris, csl }] = await Promise.all([
    import(`./search-bibtex.js${version}`), import(`./citing.js${version}`),
  ]);
  const first = cards.map((/** @type {Card} */ card) => referenceOf(card, root));
  const references = await complete(first, cards, read);
  if (form === "bib") return bibtex(references);
  if (form === "json") return `${JSON.stringify(references.map(csl), null, 1)}\n`;
  return references.map((one) => `${ris(one, "\r\n")}\r\n`).join("\r\n");
}
