// The lists of results: those with all of the words, and those with some. Cards are loaded when they
// scroll into view.

import { drawCard } from "./search-card.js";
import { ask } from "./search-connection.js";
import { make } from "./search-elements.js";

export class Results {
  /**
   * @param {HTMLOListElement} list
   * @param {{ problem: (problem: unknown) => void, drawn: () => void }} on what to do where cards can't be
   *   loaded, and where some are drawn
   */
  constructor(list, on) {
    this.list = list;
    this.on = on;
    this.others = make("ol", { class: "results", id: "search-some" });
    this.othersHead = make("h2", { id: "search-some-head" }, gettext("With some of the words"));
    this.othersHead.hidden = true;
    this.others.setAttribute("aria-labelledby", this.othersHead.id);
    /** @type {Outcome | null} */
    this.outcome = null;
    this.marks = ""; // the terms that the cards shown are marked for
    this.watcher = new IntersectionObserver((entries) => {
      const seen = entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => /** @type {HTMLElement} */ (target));
      if (seen.length) this.fill(seen);
    });
  }

  get items() {
    return /** @type {HTMLElement[]} */ ([...this.list.children, ...this.others.children]);
  }

  /** @param {Outcome | null} outcome */
  draw(outcome) {
    this.outcome = outcome;
    const before = new Map(this.items.map((item) => [item.dataset.paper, item]));
    const some = outcome?.some.hits ?? [];
    const key = outcome?.weights.map(([term]) => term).join() ?? "";
    /** @param {Hit[]} hits */
    const itemsOf = (hits) =>
      hits.map(({ paper }, i) => {
        const item = before.get(String(paper)) ?? make("li", { "data-paper": paper, class: "waiting" });
        item.dataset.place = String(i + 1);
        this.watcher.unobserve(item);
        this.watcher.observe(item);
        return item;
      });
    this.list.replaceChildren(...itemsOf(outcome?.hits ?? []));
    this.others.replaceChildren(...itemsOf(some));
    this.othersHead.hidden = this.others.hidden = some.length === 0;
    if (key !== this.marks) for (const item of this.items) delete item.dataset.marked;
    this.marks = key;
  }

  /** @param {HTMLElement[]} items */
  async fill(items) {
    const answer = this.outcome;
    const open = items.filter((item) => !item.dataset.marked);
    if (!answer || !open.length) return;
    for (const item of open) item.dataset.marked = "yes";
    try {
      // Shown in order, whichever arrives first: a visible card is not moved by one above it.
      /** @type {Promise<void> | undefined} */
      let above;
      await Promise.all(
        open.map((item) => {
          const paper = Number(item.dataset.paper);
          const asked = ask({ ask: "card", paper, weights: answer.weights });
          above = Promise.all([asked, above]).then(([card]) => drawCard(item, card));
          return above;
        }),
      );
      this.on.drawn();
    } catch (problem) {
      for (const item of open) delete item.dataset.marked;
      if (answer === this.outcome) this.on.problem(problem);
    }
  }
}
