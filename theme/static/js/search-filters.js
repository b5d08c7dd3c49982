// The filters: time, topics, tags and authors, with how many of the papers found each has. Loaded
// when they are opened, and so are the parts of the index that hold the counts.

const MONTHS = 12;
const MOST = { topics: 40, tags: 30, authors: 12 };

export class Panel {
  // `page` lends what the page has: ask, make, button, number, chosen, names, labelOf, toggle,
  // narrow, explain, outcome() and items().
  constructor(place, page) {
    this.page = page;
    this.turn = 0;
    const { make } = page;
    this.groups = Object.fromEntries(
      ["time", "topics", "tags", "authors"].map((name) => [name, make("fieldset", { class: name })]),
    );
    this.span = ["since", "until"].map((name) => {
      const field = make("input", { name, placeholder: "2025-06", autocomplete: "off", size: "12" });
      field.addEventListener("change", () => page.narrow({ [name]: field.value.trim() }));
      return field;
    });
    this.months = make("ul", {});
    this.groups.time.append(
      make("legend", {}, "Time: a year, month, week (2025-W23) or day"),
      make("label", {}, "Since ", this.span[0]),
      make("label", {}, "Until ", this.span[1]),
      this.months,
    );
    place.append(...Object.values(this.groups));
    place.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      place.open = false;
      place.querySelector("summary").focus();
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
      for (const [group, legend] of [["topics", "Topic"], ["tags", "Tag"]]) {
        const counts = await ask({ ask: "counts", kind: names[group] });
        if (mine !== this.turn) return;
        this.drawGroup(group, legend, counts);
      }
    } catch (problem) {
      if (mine === this.turn) explain(problem);
    }
  }

  // Counts of all authors would take half the index: those of the papers shown are offered.
  drawAuthors() {
    if (!this.place.open) return;
    const counts = new Map();
    for (const item of this.page.items()) {
      for (const author of item.authors ?? []) counts.set(author, (counts.get(author) ?? 0) + 1);
    }
    const first = [...counts].sort((a, b) => b[1] - a[1]);
    this.drawGroup("authors", "Author (of the papers shown)", first);
  }

  drawGroup(group, legend, counts) {
    const { make, chosen } = this.page;
    const most = counts.slice(0, MOST[group]);
    const hidden = chosen[group].filter((value) => !most.some(([other]) => other === value));
    this.groups[group].replaceChildren(
      make("legend", {}, legend),
      make("ul", {}, ...[...hidden.map((value) => [value]), ...most].map((row) => this.choice(group, ...row))),
    );
  }

  choice(group, value, count) {
    const { make, number, chosen, toggle, labelOf } = this.page;
    const input = make("input", { type: "checkbox" });
    input.checked = chosen[group].includes(value);
    input.addEventListener("change", () => toggle(group, value));
    const counted = count === undefined ? [] : [" ", make("span", { class: "count" }, number(count))];
    return make("li", {}, make("label", {}, input, " ", labelOf(group, value), ...counted));
  }
}
