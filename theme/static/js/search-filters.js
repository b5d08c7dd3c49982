// Facets: filters by time, topic, tag and author, with the number of matching papers of each. This
// script, and the parts of the index that hold the facets, are loaded when the filters are opened.

const MONTHS = 12;
/** @type {Record<Group, number>} */
const MOST = { topics: 40, tags: 30, authors: 12 };

export class Panel {
  /**
   * @param {HTMLDetailsElement} place
   * @param {SearchPage} page
   */
  constructor(place, page) {
    this.page = page;
    this.turn = 0;
    const { make } = page;
    /** @param {string} name */
    const fieldset = (name) => make("fieldset", { class: name });
    this.groups = {
      time: fieldset("time"), topics: fieldset("topics"), tags: fieldset("tags"), authors: fieldset("authors"),
    };
    /** @param {End} name */
    const end = (name) => {
      const field = make("input", { name, placeholder: "2025-06", autocomplete: "off", size: "12" });
      field.addEventListener("change", () => page.narrow({ [name]: field.value.trim() }));
      return field;
    };
    this.span = [end("since"), end("until")];
    this.months = make("ul", {});
    this.groups.time.append(
      make("legend", {}, gettext("Time: a year, month, week (2025-W23) or day")),
      make("label", {}, `${gettext("Since")} `, this.span[0]),
      make("label", {}, `${gettext("Until")} `, this.span[1]),
      this.months,
    );
    place.append(...Object.values(this.groups));
    place.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      place.open = false;
      place.querySelector("summary")?.focus();
    });
    this.place = place;
  }

  async draw() {
    if (!this.place.open) return;
    const { ask, make, button, number, chosen, names, narrow, explain } = this.page;
    const mine = ++this.turn;
    const answer = this.page.outcome();
    [this.span[0].value, this.span[1].value] = [chosen.since, chosen.until];
    this.months.replaceChildren(
      ...(answer?.months ?? []).slice(0, MONTHS).map(([month, count]) => {
        const only = button(month, () => narrow({ since: month, until: month }));
        return make("li", {}, only, " ", make("span", { class: "count" }, number(count)));
      }),
    );
    this.drawAuthors();
    if (!answer) return;
    try {
      /** @type {[Group, string][]} */
      const groups = [["topics", gettext("Topic")], ["tags", gettext("Tag")]];
      for (const [group, legend] of groups) {
        const counts = await ask({ ask: "counts", kind: names[group] });
        if (mine !== this.turn) return;
        this.drawGroup(group, legend, counts);
      }
    } catch (problem) {
      if (mine === this.turn) explain(problem);
    }
  }

  // All authors' postings are half of the index: only authors of the papers shown are offered.
  drawAuthors() {
    if (!this.place.open) return;
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const authors of this.page.authors()) {
      for (const author of authors) counts.set(author, (counts.get(author) ?? 0) + 1);
    }
    const first = [...counts].sort((a, b) => b[1] - a[1]);
    this.drawGroup("authors", gettext("Author (of the papers shown)"), first);
  }

  /**
   * @param {Group} group
   * @param {string} legend
   * @param {[value: string, count: number][]} counts
   */
  drawGroup(group, legend, counts) {
    const { make, chosen } = this.page;
    const most = counts.slice(0, MOST[group]);
    const hidden = chosen[group].filter((value) => !most.some(([other]) => other === value));
    /** @type {[value: string, count?: number][]} */
    const rows = [...hidden.map((value) => /** @type {[string]} */ ([value])), ...most];
    this.groups[group].replaceChildren(
      make("legend", {}, legend),
      make("ul", {}, ...rows.map((row) => this.choice(group, ...row))),
    );
  }

  /**
   * @param {Group} group
   * @param {string} value
   * @param {number} [count]
   */
  choice(group, value, count) {
    const { make, number, chosen, toggle, labelOf } = this.page;
    const input = make("input", { type: "checkbox" });
    input.checked = chosen[group].includes(value);
    input.addEventListener("change", () => toggle(group, value));
    const counted = count === undefined ? [] : [" ", make("span", { class: "count" }, number(count))];
    return make("li", {}, make("label", {}, input, " ", labelOf(group, value), ...counted));
  }
}
