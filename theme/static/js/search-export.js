// Taking the results of a search away as a file: BibTeX, RIS or CSL-JSON, made in the browser of the
// papers' cards. This script is loaded when the reader asks for it.

const MOST = 500; // papers that are taken
const BATCH = 40; // cards that are loaded at a time
const CARD = 1.5; // kB of a file of cards
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
        ? gettext("The first %(count)s of %(total)s papers, in this order (up to %(size)s kB to load).", { count: numbered(count), total: numbered(total), size })
        : ngettext("%(count)s paper, in this order (up to %(size)s kB to load).", "%(count)s papers, in this order (up to %(size)s kB to load).", count, { size });
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
 * Papers as the text of a file.
 * @param {string} form
 * @param {Card[]} cards
 */
export async function textOf(form, cards) {
  const [{ bibtex, referenceOf }, { ris, csl }] = await Promise.all([
    import(`./search-bibtex.js${version}`), import(`./citing.js${version}`),
  ]);
  const references = cards.map((card) => referenceOf(card, root));
  if (form === "bib") return bibtex(references);
  if (form === "json") return `${JSON.stringify(references.map(csl), null, 1)}\n`;
  return references.map((one) => `${ris(one, "\r\n")}\r\n`).join("\r\n");
}
