// Facets: filters by time, topic, tag and author, with the number of matching papers of each. They show
// at once what the results shown have; topics then of all papers found, and tags where the reader asks,
// since these take much of the index. This script is loaded when the filters are opened.

const MONTHS = 12;
/** @type {Record<Group, number>} */
const MOST = { topics: 40, tags: 30, authors: 12 };
const SHARD = 5; // kB that a part of the index takes that holds facets

export class Panel {
  /**
   * @param {HTMLDetailsElement} place
   * @param {SearchPage} page
   */
  constructor(place, page) {
    this.page = page;
    this.turn = 0;
    /** @type {Outcome | null} */
    this.counted = null; // the outcome whose tags are counted in all papers
    /** @type {Set<Group>} */
    this.whole = new Set(); // the groups that show counts of all papers found
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
    this.whole.clear();
    this.place.setAttribute("aria-busy", "true");
    await this.drawLoaded();
    if (!answer) {
      if (mine === this.turn) this.place.removeAttribute("aria-busy");
      return;
    }
    try {
      const topics = await ask({ ask: "counts", kind: names.topics });
      if (mine !== this.turn) return;
      this.whole.add("topics");
      this.drawGroup("topics", topics);
      if (this.counted === answer) await this.countTags();
      else await this.offerTags(mine);
    } catch (problem) {
      if (mine === this.turn) explain(problem);
    } finally {
      if (mine === this.turn) this.place.removeAttribute("aria-busy");
    }
  }

  // What the results shown have, of the groups that aren't counted in all papers found.
  async drawLoaded() {
    const { ask, outcome } = this.page;
    const mine = this.turn;
    const answer = outcome();
    if (!this.place.open) return;
    const papers = [...(answer?.hits ?? []), ...(answer?.some.hits ?? [])].map(({ paper }) => paper);
    const loaded = papers.length ? await ask({ ask: "loaded", papers }) : [];
    if (mine !== this.turn) return;
    /** @type {Record<Group, (card: Card) => string[]>} */
    const valuesOf = { topics: ({ topic }) => (topic ? [topic] : []), tags: ({ tags }) => tags, authors: ({ authors }) => authors };
    for (const group of /** @type {Group[]} */ (Object.keys(valuesOf))) {
      if (this.whole.has(group)) continue;
      /** @type {Map<string, number>} */
      const counts = new Map();
      for (const value of loaded.flatMap(valuesOf[group])) counts.set(value, (counts.get(value) ?? 0) + 1);
      this.drawGroup(group, [...counts].sort((a, b) => b[1] - a[1]), loaded.length);
    }
  }

  /**
   * Offers to count the tags of all papers found, with what it loads.
   * @param {number} mine
   */
  async offerTags(mine) {
    const { ask, button, number, names } = this.page;
    const parts = await ask({ ask: "counting", kind: names.tags });
    if (mine !== this.turn) return;
    if (parts === 0) return this.countTags();
    this.offer = button(gettext("Count tags in all papers found (about %(size)s kB)", { size: number(parts * SHARD) }), async () => {
      try {
        await this.countTags();
        this.groups.tags.querySelector("input")?.focus();
      } catch (problem) {
        this.page.explain(problem);
      }
    });
    await this.drawLoaded();
  }

  async countTags() {
    const mine = this.turn;
    const answer = this.page.outcome();
    const counts = await this.page.ask({ ask: "counts", kind: this.page.names.tags });
    if (mine !== this.turn) return;
    this.counted = answer;
    this.whole.add("tags");
    this.drawGroup("tags", counts);
  }

  /**
   * @param {Group} group
   * @param {[value: string, count: number][]} counts
   * @param {number} [loaded] how many papers were counted, where these are not all that were found
   */
  drawGroup(group, counts, loaded) {
    const { make, chosen } = this.page;
    const most = counts.slice(0, MOST[group]);
    const hidden = chosen[group].filter((value) => !most.some(([other]) => other === value));
    /** @type {[value: string, count?: number][]} */
    const rows = [...hidden.map((value) => /** @type {[string]} */ ([value])), ...most];
    const label = { topics: gettext("Topic"), tags: gettext("Tag"), authors: gettext("Author") }[group];
    const of = loaded === undefined
      ? gettext("of all papers found")
      : ngettext("of the %(count)s paper shown", "of the %(count)s papers shown", loaded);
    const offer = group === "tags" && loaded !== undefined && this.offer ? [this.offer] : [];
    const place = this.groups[group];
    const focused = place.contains(document.activeElement) ? /** @type {HTMLInputElement} */ (document.activeElement).value : null;
    place.hidden = rows.length === 0;
    place.replaceChildren(
      make("legend", {}, label, " ", make("span", { class: "count" }, of)),
      make("ul", {}, ...rows.map((row) => this.choice(group, ...row))),
      ...offer,
    );
    // What is drawn anew keeps the keyboard where it was.
    if (focused !== null) [...place.querySelectorAll("input")].find(({ value }) => value === focused)?.focus();
  }

  /**
   * @param {Group} group
   * @param {string} value
   * @param {number} [count]
   */
  choice(group, value, count) {
    const { make, number, chosen, toggle, labelOf } = this.page;
    const input = make("input", { type: "checkbox", value });
    input.checked = chosen[group].includes(value);
    input.addEventListener("change", () => toggle(group, value));
    const counted = count === undefined ? [] : [" ", make("span", { class: "count" }, number(count))];
    return make("li", {}, make("label", {}, input, " ", labelOf(group, value), ...counted));
  }
}
