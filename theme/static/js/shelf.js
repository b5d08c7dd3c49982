// Saved papers and read marks: kept in this browser, shown on the pages, listed on the saved page.

const READ_KEPT = 5000;

export function start({ base, store, say, make }) {
  let saved = store.get("saved", {});
  const read = store.get("read", []);

  const note = (id) => {
    if (read.includes(id)) return;
    read.push(id);
    store.set("read", read.slice(-READ_KEPT));
  };

  const toggle = (paper) => {
    saved = store.get("saved", {}); // another tab may have changed it
    if (saved[paper.id]) delete saved[paper.id];
    else saved[paper.id] = { title: paper.title, date: paper.date };
    store.set("saved", saved);
    say(saved[paper.id] ? "Saved" : "No longer saved");
    return Boolean(saved[paper.id]);
  };

  const addButton = (place, paper) => {
    const button = make("button", { type: "button", class: "save" }, make("span", { class: "vh" }, "Save this paper"));
    const show = (on) => button.setAttribute("aria-pressed", String(on));
    show(Boolean(saved[paper.id]));
    button.addEventListener("click", () => show(toggle(paper)));
    place.append(button);
  };

  for (const row of document.querySelectorAll(".row")) {
    const id = row.id.slice(2);
    const title = row.querySelector("h2, h3").textContent.trim();
    const date = row.closest("[data-day]")?.dataset.day ?? "";
    addButton(row, { id, title, date });
    if (read.includes(id)) row.classList.add("read");
    row.querySelector("details")?.addEventListener("toggle", () => note(id));
  }

  const page = document.querySelector("[data-paper]");
  if (page) {
    const id = page.dataset.paper;
    const title = page.querySelector("h1").textContent.trim();
    const date = page.querySelector(".facts time")?.dateTime ?? "";
    addButton(page.querySelector("header"), { id, title, date });
    note(id);
  }

  const shelf = document.querySelector("[data-shelf]");
  if (shelf) list(shelf);

  function list(place) {
    const papers = () => Object.entries(saved).sort(([, a], [, b]) => (a.date < b.date ? 1 : -1));
    const address = (id) => new URL(`papers/${encodeURIComponent(id)}/`, base).href;

    const show = () => {
      place.replaceChildren(
        ...papers().map(([id, { title, date }]) => {
          const remove = make("button", { type: "button", class: "badge" }, "Remove");
          remove.append(make("span", { class: "vh" }, ` ${title}`));
          remove.addEventListener("click", () => {
            toggle({ id });
            show();
          });
          const by = make("span", { class: "by" }, make("time", { datetime: date }, date), remove);
          return make("li", {}, make("a", { href: address(id), dir: "auto" }, title), " ", by);
        }),
      );
      document.querySelector("[data-shelf-count]").textContent =
        papers().length === 1 ? "1 paper" : `${papers().length} papers`;
      document.querySelector("[data-shelf-empty]").hidden = papers().length > 0;
    };

    const keep = (name, type, text) => {
      const link = make("a", { download: name, href: URL.createObjectURL(new Blob([text], { type })) });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    };

    const actions = {
      json: () => keep("saved-papers.json", "application/json", JSON.stringify({ saved, read }, null, 1)),
      markdown: () =>
        keep(
          "saved-papers.md",
          "text/markdown",
          papers().map(([id, { title, date }]) => `- [${title.replace(/[[\]\\]/g, "\\$&")}](${address(id)}) (${date})\n`).join(""),
        ),
    };
    for (const button of document.querySelectorAll("[data-export]")) {
      button.addEventListener("click", actions[button.dataset.export]);
    }

    document.querySelector("[data-import]").addEventListener("change", async (event) => {
      const file = event.target.files[0];
      try {
        const kept = JSON.parse(await file.text());
        const before = papers().length;
        for (const [id, { title, date }] of Object.entries(kept.saved)) {
          if (typeof title === "string" && typeof date === "string") saved[id] ??= { title, date };
        }
        store.set("saved", saved);
        for (const id of kept.read ?? []) note(String(id));
        show();
        say(`${papers().length - before} added`);
      } catch {
        say(`${file.name} holds no saved papers`);
      }
      event.target.value = "";
    });

    show();
  }
}
