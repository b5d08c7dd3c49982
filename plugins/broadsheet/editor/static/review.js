// A day's review, as `broadsheet review` has it on the terminal: a list, the paper at the cursor in
// full, and decisions by keys or buttons. Decisions are kept by the server as they are made, and
// written in one go.

import { ask, button, counted, fragment, make, query } from "./client.js";
import { annotate, help, move, retag, reword } from "./dialogs.js";
import { decided } from "./decisions.js";
import { dock } from "./dock.js";

const keys = {
  "j ↓": "next paper",
  "k ↑": "previous paper",
  p: "pick it, and go on",
  d: "decline it, and go on",
  t: "another topic",
  g: "tags",
  n: "a note",
  e: "title and abstract",
  u: "take back the last decision",
  "/": "show only papers with some words",
  D: "decline all shown papers that are not decided on",
  w: "write all decisions",
  "?": "this sheet",
};

const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const asked = location.pathname.split("/").at(-2) ?? "";
/** @type {Editing.Answer<Editing.Day>} */
const answer = await ask(`papers?${query({ day: asked === "review" ? null : asked })}`);
if (answer.problem !== undefined) {
  main.replaceChildren(make("h1", {}, "Review"), make("p", {}, answer.problem), make("p", {}, make("a", { href: "/" }, "The site")));
} else {
  review(answer);
}

/** @param {Editing.Day} first */
function review(first) {
  const { day } = first;
  let { papers, topics, known, version } = first;
  const review = decided(first.steps);
  let words = "";
  /** @type {Editing.Row[]} */
  let rows = [];
  let at = 0;
  /** @type {Map<string, Promise<Editing.Answer<Editing.Paper>>>} */
  const whole = new Map();
  const { tell, refresh } = dock(day, (said, wrong) => {
    if (!wrong) renew(said);
  });

  // ---- what is shown -----------------------------------------------------------------------------

  const counts = make("p", { class: "ed-counts" });
  const filter = make("input", { type: "search", id: "ed-filter", autocomplete: "off", "aria-label": "Show only papers with these words" });
  filter.placeholder = "Filter";
  const list = make("ul", { class: "ed-list", id: "papers", role: "listbox", tabindex: "0", "aria-label": `Papers of ${day}` });
  const detail = make("section", { class: "ed-paper", "aria-label": "The paper", tabindex: "0" });
  const commands = make("p", { class: "ed-commands", role: "group", "aria-label": "The paper at the cursor" });
  const dayField = make("input", { type: "date", "aria-label": "Another day" });
  dayField.value = day;
  dayField.addEventListener("change", () => {
    if (dayField.value) location.href = `/__edit/review/${dayField.value}/`;
  });
  main.replaceChildren(
    make("header", { class: "ed-head" },
      make("h1", {}, `Review ${day}`), counts,
      make("p", { class: "ed-commands" }, filter, dayField,
        button("Decline the rest", () => declineRest(), { "aria-keyshortcuts": "Shift+D" }),
        button("Take back", () => takeBack(), { "aria-keyshortcuts": "u" }),
        button("Write", () => write(), { "aria-keyshortcuts": "w", class: "ed-button ed-main" }),
        button("Keys", () => help(keys), { "aria-keyshortcuts": "?" }),
        make("a", { class: "ed-button", href: `/${day.replaceAll("-", "/")}/` }, "The day’s page"))),
    make("div", { class: "ed-panes" }, list, make("div", { class: "ed-side" }, commands, detail)),
  );

  const item = () => /** @type {Editing.Row | undefined} */ (rows[at]);

  /** @param {Editing.Row} paper */
  const state = (paper) => {
    const choice = review.choice(paper.id);
    if (choice) return choice === "Pick" ? "✓ pick" : "✗ decline";
    return paper.waits ? "" : "published";
  };

  /** @param {HTMLElement} option @param {Editing.Row} paper */
  const fill = (option, paper) => {
    const now = review.now(paper);
    const facts = [now.topic, ...(paper.votes === null ? [] : [`${paper.votes} ▲`]), ...now.tags];
    option.dataset.state = review.choice(paper.id) ?? (paper.waits ? "" : "published");
    option.replaceChildren(
      make("span", { class: "ed-state" }, state(paper)),
      make("span", { class: "ed-name", dir: "auto" }, now.title),
      make("span", { class: "ed-facts" }, ` ${facts.join(" · ")}`),
    );
  };

  const listed = () => {
    const before = item();
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
    rows = papers.filter((paper) => {
      const now = review.now(paper);
      const text = [now.title, paper.authors, now.topic, ...now.tags, paper.why, paper.id].join(" ").toLowerCase();
      return wanted.every((word) => text.includes(word));
    });
    list.replaceChildren(...rows.map((paper, n) => {
      const option = make("li", { role: "option", id: `ed-${n}`, "aria-selected": "false" });
      fill(option, paper);
      return option;
    }));
    at = Math.max(0, before ? rows.findIndex((paper) => paper.id === before.id) : 0);
    select(at);
  };

  /** @param {Iterable<string>} ids */
  const redraw = (ids) => {
    const changed = new Set(ids);
    rows.forEach((paper, n) => {
      if (changed.has(paper.id)) fill(/** @type {HTMLElement} */ (list.children[n]), paper);
    });
    show();
  };

  /** @param {number} to */
  const select = (to) => {
    list.children[at]?.setAttribute("aria-selected", "false");
    at = Math.min(Math.max(to, 0), Math.max(rows.length - 1, 0));
    const option = list.children[at];
    option?.setAttribute("aria-selected", "true");
    if (option) {
      list.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else list.removeAttribute("aria-activedescendant");
    show();
  };

  /** @param {string} id */
  const fetched = (id) => {
    const there = whole.get(id) ?? ask(`paper?${query({ id, day })}`);
    whole.set(id, there);
    return there;
  };

  const show = () => {
    const { picked, declined, published } = review.counts(papers);
    const waiting = papers.filter((paper) => paper.waits).length;
    const shown = words ? ` · ${rows.length} shown` : "";
    counts.textContent = `${waiting} waited · ${published} published · ${picked} picked · ${declined} declined${shown}`;
    const paper = item();
    if (!paper) {
      detail.replaceChildren(make("p", {}, "No paper is shown."));
      return;
    }
    const [pick] = buttons;
    pick.hidden = !paper.waits && !review.choice(paper.id);
    if (pick.hidden && document.activeElement === pick) list.focus();
    const title = make("h2", { dir: "auto" }, review.now(paper).title);
    const lead = make("div", { class: "abstract" }, make("p", {}, paper.lead));
    detail.replaceChildren(title, make("p", { class: "authors" }, paper.authors || "no authors listed"), facts(paper), lead, ...noted(paper));
    detail.scrollTop = 0;
    detail.ariaBusy = "true";
    fetched(paper.id).then((full) => {
      if (item() !== paper) return;
      detail.ariaBusy = "false";
      if (full.problem !== undefined) return tell(full.problem, true);
      const text = review.text(paper.id);
      if (text.title === undefined) title.replaceChildren(fragment(full.titleHtml));
      if (text.abstract === undefined) lead.replaceChildren(fragment(full.abstractHtml));
      else lead.textContent = text.abstract;
      for (const note of full.notes) lead.after(make("blockquote", { class: "note" }, fragment(note.html)));
      if (full.arxiv) {
        const link = make("a", { href: `https://arxiv.org/abs/${encodeURI(full.arxiv)}`, rel: "noopener noreferrer", target: "_blank" }, `arXiv ${full.arxiv}`);
        lead.after(make("p", {}, link));
      }
    });
  };

  /** @param {Editing.Row} paper */
  const facts = (paper) => {
    const now = review.now(paper);
    const pairs = [
      ["Topic", now.topic],
      ["Tags", now.tags.join(", ") || "none"],
      ["Votes", paper.votes === null ? "none" : String(paper.votes)],
      paper.waits ? ["Waits", paper.why] : ["Published", "in the digest"],
    ];
    return make("dl", { class: "ed-dl" }, ...pairs.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
  };

  /** @param {Editing.Row} paper */
  const noted = (paper) => review.notes(paper.id).map((text) => make("blockquote", { class: "note" }, text));

  // ---- decisions ---------------------------------------------------------------------------------

  let saving = Promise.resolve();
  /** @type {Editing.Operation[] | undefined} */
  let latest;

  const save = async () => {
    for (let tries = 0; tries < 3; tries += 1) {
      /** @type {{ problem?: string, status: number, version?: string, steps?: Editing.Operation[][] }} */
      const kept = await ask("decide", { day, steps: review.steps, base: version });
      if (kept.problem === undefined) {
        version = kept.version ?? version;
        return;
      }
      if (kept.status !== 409 || !kept.steps) return tell(kept.problem, true);
      version = kept.version ?? version;
      review.steps = latest ? [...kept.steps, latest] : kept.steps;
      listed();
      tell("Another window decided on this day; its decisions are shown here, with your last one.");
    }
  };

  const keep = () => {
    saving = saving.then(save);
    return saving;
  };

  /** @type {Editing.Act} */
  const decide = async (...operations) => {
    if (!operations.length) return undefined;
    review.steps.push(operations);
    latest = operations;
    redraw(operations.map(({ paper }) => paper));
    keep();
    return undefined;
  };

  /** @param {"Pick" | "Decline"} kind */
  const choose = (kind) => {
    const paper = item();
    if (!paper) return;
    if (kind === "Pick" && !paper.waits && !review.choice(paper.id)) return tell("It is published already.");
    decide({ kind, paper: paper.id });
    tell(`${kind === "Pick" ? "Picked" : "Declined"}: ${paper.title}`);
    select(at + 1);
  };

  const declineRest = () => {
    const rest = rows.filter((paper) => paper.waits && !review.choice(paper.id));
    decide(...rest.map((paper) => /** @type {Editing.Operation} */ ({ kind: "Decline", paper: paper.id })));
    tell(`${rest.length} to be declined; u takes it back`);
  };

  const takeBack = () => {
    const last = review.steps.pop();
    if (!last) return tell("Nothing to take back here; Undo below takes back what was written.");
    latest = undefined;
    redraw(last.map(({ paper }) => paper));
    const row = rows.findIndex((paper) => paper.id === last[0].paper);
    if (row >= 0) select(row);
    tell("Taken back");
    keep();
  };

  /** @param {(paper: Editing.Row) => unknown} act */
  const onPaper = (act) => () => {
    const paper = item();
    if (paper) act({ ...paper, ...review.now(paper) });
  };

  /** @type {Record<string, [key: string, act: () => void]>} */
  const actions = {
    Pick: ["p", () => choose("Pick")],
    Decline: ["d", () => choose("Decline")],
    Topic: ["t", onPaper((paper) => move(paper, topics, decide))],
    Tags: ["g", onPaper((paper) => retag(paper, known, decide))],
    Note: ["n", onPaper((paper) => annotate(paper, decide))],
    Text: ["e", onPaper(async (paper) => {
      const full = await fetched(paper.id);
      if (full.problem !== undefined) return tell(full.problem, true);
      const text = review.text(paper.id);
      const now = { ...full, titleText: text.title ?? full.titleText, abstractText: text.abstract ?? full.abstractText };
      return reword(now, () => decide, async () => now);
    })],
  };

  const buttons = Object.entries(actions).map(([name, [key, act]]) => button(name, act, { "aria-keyshortcuts": key }));
  commands.replaceChildren(...buttons);

  /**
   * Reads the day anew. Decisions that are not written stay, but for those on papers that are gone.
   * @param {string} said
   * @param {boolean} [wrong]
   */
  const renew = async (said, wrong = false) => {
    const mine = wrong ? review.steps : [];
    /** @type {Editing.Answer<Editing.Day>} */
    const now = await ask(`papers?${query({ day })}`);
    if (now.problem !== undefined) return tell(now.problem, true);
    ({ papers, topics, known, version } = now);
    const there = new Set(papers.map(({ id }) => id));
    const left = mine.map((step) => step.filter(({ paper }) => there.has(paper))).filter((step) => step.length);
    review.steps = wrong ? left : now.steps;
    whole.clear();
    listed();
    if (wrong) {
      latest = undefined;
      keep();
    }
    tell(said, wrong);
    return refresh();
  };

  const write = async () => {
    await saving;
    if (!review.steps.length) return tell("Nothing to write");
    const named = new Set(review.steps.flat().map(({ paper }) => paper));
    const seen = Object.fromEntries(papers.filter(({ id }) => named.has(id)).map(({ id, mark }) => [id, mark]));
    const before = review.counts(papers);
    tell("Writing");
    /** @type {Editing.Answer<Editing.Done>} */
    const done = await ask("write", { day, steps: review.steps, seen });
    if (done.problem !== undefined) {
      if (done.status === 409) return renew(`${done.problem} The day is shown as it is now, with your decisions; w writes them.`, true);
      return tell(done.problem, true);
    }
    const { picked, declined } = before;
    const others = done.done.length - picked - declined;
    return renew(`Written: ${picked} picked, ${declined} declined, ${counted(others, "other change")}; Undo takes all back.`);
  };

  // ---- keys --------------------------------------------------------------------------------------

  /** @type {Record<string, () => void>} */
  const pressed = {
    j: () => select(at + 1),
    k: () => select(at - 1),
    ArrowDown: () => select(at + 1),
    ArrowUp: () => select(at - 1),
    Home: () => select(0),
    End: () => select(rows.length - 1),
    PageDown: () => select(at + 10),
    PageUp: () => select(at - 10),
    u: takeBack,
    w: write,
    D: declineRest,
    "/": () => filter.select(),
    "?": () => help(keys),
    ...Object.fromEntries(Object.values(actions)),
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!(target instanceof Element) || target.closest("input, textarea, select, dialog")) return;
    if (!Object.hasOwn(pressed, key) || (key.length > 1 && !list.contains(target))) return;
    event.preventDefault();
    pressed[key]();
  });
  filter.addEventListener("input", () => {
    words = filter.value;
    listed();
  });
  filter.addEventListener("keydown", ({ key }) => {
    if (key === "Enter" || key === "Escape") list.focus();
  });
  list.addEventListener("click", ({ target }) => {
    const option = target instanceof Element && target.closest("[role='option']");
    if (option) select([...list.children].indexOf(option));
  });

  listed();
  list.focus();
  if (review.steps.length) tell(`${review.steps.length} decisions of an earlier review are not written yet; u takes back one by one`);
}
