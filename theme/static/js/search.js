// The search page. It needs of the template:
//
//   <form id="search" role="search"><label for="q">..</label> <input id="q" name="q" type="search">
//   .. </form>
//   <p id="search-status" role="status"> (its text is for pages where this script doesn't run)
//   <ol id="search-results" class="results"></ol>
//
// and of the site that it serves search/ (the index) beside theme/js/ (this script), at whatever
// base. All else is made here. What is asked stands in the address bar: q, topic, tag, author, since,
// until. The asking is done by search-engine.js, in a worker where it can have one.

const SHOWN = 20; // papers a page
const PAUSE = 40; // milliseconds from the last keystroke to asking
const REST = 300; // ... and to taking a word as finished
const version = new URL(import.meta.url).search;
const root = new URL("../../", import.meta.url);

const form = document.querySelector("#search");
const box = document.querySelector("#q");
const status = document.querySelector("#search-status");
const list = document.querySelector("#search-results");

const make = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const button = (text, act, attributes = {}) => {
  const element = make("button", { type: "button", ...attributes }, text);
  element.addEventListener("click", act);
  return element;
};

// ---- the engine --------------------------------------------------------------------------------

let engine; // a function from message to promised answer

function connect() {
  const url = new URL(`search-engine.js${version}`, import.meta.url);
  return new Promise((resolve) => {
    const inPage = async () => resolve((await import(url)).service());
    let worker;
    try {
      worker = new Worker(url, { type: "module" });
    } catch {
      inPage();
      return;
    }
    const waiting = new Map();
    let id = 0;
    worker.onerror = () => {
      worker.terminate();
      inPage();
    };
    worker.onmessage = ({ data }) => {
      if (!data.ready) {
        waiting.get(data.id)(data);
        waiting.delete(data.id);
        return;
      }
      resolve(
        (message) =>
          new Promise((answered) => {
            waiting.set(++id, answered);
            worker.postMessage({ id, ...message });
          }),
      );
    };
  });
}

class Problem extends Error {
  constructor({ name, message, shards }) {
    super(message);
    this.kind = name;
    this.shards = shards;
  }
}

async function ask(message) {
  engine ??= connect();
  const { value, problem } = await (await engine)(message);
  if (problem) throw new Problem(problem);
  return value;
}

// ---- what is asked, and the address bar --------------------------------------------------------

const chosen = { topics: [], tags: [], authors: [], since: "", until: "" };
const names = { topics: "topic", tags: "tag", authors: "author" };
let shown = SHOWN;
let patient = false;
let facts = null; // papers, topics, from, to: known once the engine runs
let outcome = null; // the last answer

function readAddress() {
  const parameters = new URLSearchParams(location.search);
  box.value = parameters.get("q") ?? "";
  for (const [group, name] of Object.entries(names)) chosen[group] = parameters.getAll(name);
  chosen.since = parameters.get("since") ?? "";
  chosen.until = parameters.get("until") ?? "";
}

function writeAddress(keep) {
  const parameters = new URLSearchParams();
  if (box.value.trim()) parameters.set("q", box.value.trim());
  for (const [group, name] of Object.entries(names)) {
    for (const value of chosen[group]) parameters.append(name, value);
  }
  if (chosen.since) parameters.set("since", chosen.since);
  if (chosen.until) parameters.set("until", chosen.until);
  const query = parameters.toString();
  const address = location.pathname + (query && `?${query}`);
  if (address === location.pathname + location.search) return;
  history[keep ? "pushState" : "replaceState"](null, "", address);
}

const anyChosen = () =>
  chosen.since || chosen.until || Object.keys(names).some((group) => chosen[group].length);

// ---- asking ------------------------------------------------------------------------------------

let turn = 0; // counts questions: an answer to an older one is dropped
let timer = 0;

function later(wait, typing) {
  clearTimeout(timer);
  timer = setTimeout(() => search(typing), wait);
}

function changed() {
  shown = SHOWN;
  patient = false;
}

async function search(typing = false) {
  clearTimeout(timer);
  const mine = ++turn;
  if (!box.value.trim() && !anyChosen()) {
    outcome = null;
    list.replaceChildren();
    say(facts ? `${number(facts.papers)} papers to search.` : "");
    drawFilters();
    return;
  }
  list.setAttribute("aria-busy", "true");
  try {
    facts ??= await ask({ ask: "start" });
    const spans = [chosen.since && `since:${chosen.since}`, chosen.until && `until:${chosen.until}`];
    const found = await ask({
      ask: "find",
      text: box.value,
      extra: spans.filter(Boolean).join(" "),
      chosen: { topics: chosen.topics, tags: chosen.tags, authors: chosen.authors },
      limit: shown,
      typing,
      patient,
    });
    if (mine !== turn) return;
    if (found.waiting) {
      later(REST, false);
      return;
    }
    outcome = found.empty ? null : found;
    drawResults();
    drawFilters();
    if (!typing || outcome?.total) await report(mine);
    else later(REST, false);
  } catch (problem) {
    if (mine !== turn) return;
    const unfinished = problem.kind === "QueryParseError" || problem.kind === "BadQuery";
    if (typing && unfinished) later(REST * 2, false);
    else explain(problem);
  } finally {
    if (mine === turn) list.removeAttribute("aria-busy");
  }
}

// ---- saying how it went ------------------------------------------------------------------------

const number = (count) => count.toLocaleString("en");
const papers = (count) => `${number(count)} ${count === 1 ? "paper" : "papers"}`;

function say(...parts) {
  status.replaceChildren(...parts.flatMap((part) => [part, " "]).slice(0, -1));
}

async function report(mine) {
  if (!outcome) return say("");
  const { total, hits, looked, nowhere, common } = outcome;
  const parts = [];
  if (looked === undefined) {
    parts.push(total ? `${papers(total)}, best first.` : "No paper matches.");
  } else {
    parts.push(
      `${papers(hits.length)} with the phrase. Lunr knows no phrases: of ${papers(total)} with all ` +
        `the words, the best ${number(looked)} were checked.`,
    );
    if (looked < total) parts.push(button("Check all", beyond));
  }
  if (common.length) {
    parts.push(`Words as common as “${common[0]}” are not searched for.`);
  }
  if (nowhere.length) {
    parts.push(`Nowhere: ${nowhere.map((word) => `“${word}”`).join(", ")}.`);
  }
  say(...parts);
  if (!nowhere.length) return;
  const meant = await ask({ ask: "meant", words: nowhere });
  if (mine !== turn) return;
  meant.forEach((word, i) => {
    if (word) say(...parts, "Did you mean", button(word, () => replaceWord(nowhere[i], word)), "?");
  });
}

function replaceWord(wrong, right) {
  const start = box.value.toLowerCase().indexOf(wrong.slice(0, 4));
  const rest = start < 0 ? "" : box.value.slice(start).replace(/^[^\s"~^]+/, "");
  box.value = start < 0 ? right : box.value.slice(0, start) + right + rest;
  changed();
  writeAddress(true);
  search();
  box.focus();
}

function beyond() {
  patient = true;
  search();
}

function explain(problem) {
  const again = button("Try again", () => search());
  const reload = button("Reload", () => location.reload());
  list.replaceChildren();
  outcome = null;
  if (problem.kind === "QueryParseError") {
    say(`This can't be read as a query: ${problem.message}.`);
  } else if (problem.kind === "BadQuery") say(problem.message);
  else if (problem.kind === "Costly") {
    const size = number(Math.ceil(problem.shards * 7));
    say(`This search has to load about ${size} kB of the index.`, button("Search anyway", beyond));
  } else if (problem.kind === "Outdated") {
    say("The archive has changed since this page was opened.", reload);
  } else if (location.protocol === "file:") {
    say("Search needs a web server: this browser lets no page opened from disk read other files.");
  } else if (problem.kind === "Unreachable") {
    const offline = navigator.onLine === false;
    say(offline ? "You are offline, and this part isn't loaded yet." : "The index can't be reached.", again);
  } else {
    console.error(problem);
    say(`Search failed: ${problem.message}.`, reload);
  }
}

// ---- results -----------------------------------------------------------------------------------

// Cards are loaded when they come into view.
const watcher = new IntersectionObserver((entries) => {
  const seen = entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target);
  if (seen.length) fill(seen);
});

function drawResults() {
  const before = new Map([...list.children].map((item) => [item.dataset.paper, item]));
  const hits = outcome?.hits ?? [];
  const key = hits.map(({ terms }) => terms.join()).join();
  list.replaceChildren(
    ...hits.map(({ paper }, i) => {
      const item = before.get(String(paper)) ?? make("li", { "data-paper": paper, class: "waiting" });
      item.dataset.place = i + 1;
      watcher.unobserve(item);
      watcher.observe(item);
      return item;
    }),
  );
  if (key === drawResults.key) return;
  drawResults.key = key;
  for (const item of list.children) delete item.dataset.marked;
  more.hidden = !outcome || hits.length < shown || hits.length >= outcome.total;
}

async function fill(items) {
  const answer = outcome;
  const open = items.filter((item) => !item.dataset.marked);
  if (!answer || !open.length) return;
  for (const item of open) item.dataset.marked = "yes";
  try {
    const cards = await ask({
      ask: "cards",
      papers: open.map((item) => Number(item.dataset.paper)),
      weights: answer.weights,
    });
    cards.forEach((card, i) => drawCard(open[i], card));
    drawAuthors();
  } catch (problem) {
    for (const item of open) delete item.dataset.marked;
    if (answer === outcome) explain(problem);
  }
}

const pieces = (parts) => parts.map(([text, is]) => (is ? make("mark", {}, text) : text));

function drawCard(item, card) {
  const link = make("a", { href: new URL(card.url, root), dir: "auto" }, ...pieces(card.title));
  const by = make("p", { class: "by" });
  const day = new URL(`${card.date.replaceAll("-", "/")}/`, root);
  by.append(make("a", { href: day }, make("time", { datetime: card.date }, longDate(card.date))));
  if (card.topic) {
    by.append(make("a", { href: new URL(`topics/${card.topic}/`, root) }, card.topicName || card.topic));
  }
  const authors = card.authors.slice(0, 4).join(", ");
  const rest = card.authorCount - Math.min(4, card.authors.length);
  if (authors) by.append(make("span", { dir: "auto" }, authors + (rest > 0 ? ` and ${rest} more` : "")));
  item.replaceChildren(make("h2", {}, link), by);
  if (card.sentence.length) {
    item.append(make("p", { class: "found", dir: "auto" }, ...pieces(card.sentence)));
  }
  item.classList.remove("waiting");
  item.authors = card.authors;
}

const longDate = (iso) =>
  new Date(`${iso}T00:00Z`).toLocaleDateString("en-GB", {
    timeZone: "UTC",
    day: "numeric",
    month: "long",
    year: "numeric",
  });

const more = button("Show more", () => {
  const last = list.children.length;
  shown += SHOWN;
  search().then(() => list.children[last]?.querySelector("a")?.focus());
});
more.className = "more-results";
more.hidden = true;
list.after(more);

// ---- completion --------------------------------------------------------------------------------

const options = make("ul", { id: "search-options", role: "listbox", "aria-label": "Words", hidden: "" });
let active = -1;
box.setAttribute("role", "combobox");
box.setAttribute("aria-autocomplete", "list");
box.setAttribute("aria-expanded", "false");
box.setAttribute("aria-controls", options.id);
box.setAttribute("autocapitalize", "none");
box.after(options);

const lastWord = () => /(?:^|[\s:+"])([\p{L}\p{N}]{2,})$/u.exec(box.value.slice(0, box.selectionStart))?.[1];

function closeOptions() {
  active = -1;
  options.hidden = true;
  options.replaceChildren();
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

async function openOptions() {
  const start = lastWord();
  const words = start && box.selectionStart === box.value.length ? await complete(start) : [];
  if (start !== lastWord() || document.activeElement !== box || !words.length) return closeOptions();
  active = -1;
  options.replaceChildren(
    ...words.map((word, i) => {
      const option = make("li", { role: "option", id: `search-option-${i}`, "aria-selected": "false" }, word);
      option.addEventListener("pointerdown", (event) => {
        event.preventDefault(); // the box keeps the focus
        take(word);
      });
      return option;
    }),
  );
  options.hidden = false;
  box.setAttribute("aria-expanded", "true");
}

async function complete(start) {
  try {
    return await ask({ ask: "complete", start });
  } catch {
    return []; // the search itself says what is wrong
  }
}

function choose(step) {
  const all = [...options.children];
  active = (active + step + all.length + 1) % (all.length + 1);
  if (step < 0 && active === all.length) active = all.length - 1;
  all.forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
  if (all[active]) box.setAttribute("aria-activedescendant", all[active].id);
  else {
    active = -1;
    box.removeAttribute("aria-activedescendant");
  }
}

function take(word) {
  box.value = `${box.value.slice(0, box.value.length - lastWord().length)}${word} `;
  closeOptions();
  changed();
  writeAddress(false);
  search();
}

// ---- filters -----------------------------------------------------------------------------------

const filters = make("details", { class: "filters" }, make("summary", {}, "Filter"));
const chips = make("ul", { class: "chips chosen", "aria-label": "Chosen filters" });
const groups = Object.fromEntries(
  ["time", "topics", "tags", "authors"].map((name) => [name, make("fieldset", { class: name })]),
);
filters.append(...Object.values(groups));
form.append(chips, filters);
const span = ["since", "until"].map((name) => {
  const field = make("input", {
    name,
    placeholder: "2025, 2025-06, 2025-W23, 2025-06-14",
    autocomplete: "off",
    size: "12",
  });
  field.addEventListener("change", () => {
    chosen[name] = field.value.trim();
    refine();
  });
  return field;
});
const months = make("ul", {});
groups.time.append(
  make("legend", {}, "Time"),
  make("label", {}, "Since ", span[0]),
  make("label", {}, "Until ", span[1]),
  months,
);

function refine() {
  changed();
  writeAddress(true);
  search();
}

function toggle(group, value) {
  const at = chosen[group].indexOf(value);
  if (at < 0) chosen[group].push(value);
  else chosen[group].splice(at, 1);
  refine();
}

const labelOf = (group, value) => (group === "topics" && facts?.topics[value]) || value;

function drawFilters() {
  [span[0].value, span[1].value] = [chosen.since, chosen.until];
  const all = Object.keys(names).flatMap((group) =>
    chosen[group].map((value) => [`${names[group]}: ${labelOf(group, value)}`, () => toggle(group, value)]),
  );
  for (const name of ["since", "until"]) {
    if (chosen[name]) all.push([`${name}: ${chosen[name]}`, () => ((chosen[name] = ""), refine())]);
  }
  chips.replaceChildren(
    ...all.map(([text, act]) => make("li", {}, button(`${text} ×`, act, { "aria-label": `Remove ${text}` }))),
  );
  if (filters.open) fillFilters();
}

const choice = (group, value, count) => {
  const input = make("input", { type: "checkbox" });
  input.checked = chosen[group].includes(value);
  input.addEventListener("change", () => toggle(group, value));
  const counted = count === undefined ? [] : [" ", make("span", { class: "count" }, number(count))];
  return make("li", {}, make("label", {}, input, " ", labelOf(group, value), ...counted));
};

// Counts of topics and tags need parts of the index of their own: they are loaded for those who
// open the filters.
async function fillFilters() {
  const mine = turn;
  const answer = outcome;
  months.replaceChildren(
    ...(answer?.months ?? []).slice(0, 12).map(([month, count]) => {
      const act = () => {
        [chosen.since, chosen.until] = [month, month];
        refine();
      };
      return make("li", {}, button(month, act), " ", make("span", { class: "count" }, number(count)));
    }),
  );
  drawAuthors();
  if (!answer) return;
  try {
    for (const [group, legend, most] of [["topics", "Topic", 40], ["tags", "Tag", 30]]) {
      const counts = await ask({ ask: "counts", kind: names[group] });
      if (mine !== turn) return;
      drawChoices(group, legend, counts.slice(0, most));
    }
  } catch (problem) {
    if (mine === turn) explain(problem);
  }
}

function drawChoices(group, legend, counts) {
  const missing = chosen[group].filter((value) => !counts.some(([other]) => other === value));
  const rows = [...missing.map((value) => [value]), ...counts];
  groups[group].replaceChildren(
    make("legend", {}, legend),
    make("ul", {}, ...rows.map(([value, count]) => choice(group, value, count))),
  );
}

// Counts of all authors would be half the index: those of the papers shown are offered.
function drawAuthors() {
  if (!filters.open) return;
  const counts = new Map();
  for (const item of list.children) {
    for (const author of item.authors ?? []) counts.set(author, (counts.get(author) ?? 0) + 1);
  }
  const first = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 12);
  drawChoices("authors", "Author (of the papers shown)", first);
}

// ---- events ------------------------------------------------------------------------------------

box.addEventListener("focus", () => ask({ ask: "start" }).then(
  (found) => {
    facts ??= found;
    if (!outcome && !box.value.trim()) say(`${number(found.papers)} papers to search.`);
  },
  (problem) => explain(problem),
), { once: true });

box.addEventListener("input", () => {
  changed();
  writeAddress(false);
  later(PAUSE, true);
  clearTimeout(openOptions.timer);
  openOptions.timer = setTimeout(openOptions, outcome || lastWord()?.length > 2 ? PAUSE : REST);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  closeOptions();
  changed();
  writeAddress(true);
  search();
});

box.addEventListener("blur", closeOptions);

box.addEventListener("keydown", (event) => {
  const open = !options.hidden;
  if (event.isComposing) return;
  if (event.key === "ArrowDown" && !open) list.querySelector("a")?.focus();
  else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && open) {
    choose(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter" && open && active >= 0) take(options.children[active].textContent);
  else if (event.key === "Escape" && open) closeOptions();
  else return;
  event.preventDefault();
});

list.addEventListener("keydown", (event) => {
  const item = event.target.closest("li");
  const go = { ArrowDown: item.nextElementSibling, ArrowUp: item.previousElementSibling ?? box, Escape: box };
  const to = go[event.key];
  if (!to) return;
  event.preventDefault();
  const target = to === box ? box : to.querySelector("a");
  if (target) target.focus();
  else to.scrollIntoView({ block: "nearest" });
});

filters.addEventListener("toggle", () => {
  if (filters.open) fillFilters();
});

addEventListener("popstate", () => {
  readAddress();
  changed();
  search();
});

addEventListener("online", () => {
  if (!outcome && box.value.trim()) search();
});

const help = make("details", { class: "search-help" }, make("summary", {}, "What can be asked"));
const lines = [
  ["neural search", "papers with either word; those with both come first"],
  ["+neural -search", "must have, must not have"],
  ['"neural search"', "the words as a phrase"],
  ["transform*  *former", "words that begin or end so"],
  ["transfromer~1", "words that differ by a letter"],
  ["title:search  authors: hinton  tags:nas", "in one part of the paper"],
  ["neural^5 search", "the first word counts five times"],
  ["in:robotics  tag:nas  author:\"Jane Roe\"", "only that topic, tag, author"],
  ["since:2025-06  until:2025-W30  on:2025-08-07", "only that time"],
];
help.append(
  make("dl", {}, ...lines.map(([query, what]) =>
    make("div", {}, make("dt", {}, make("code", {}, query)), make("dd", {}, what)))),
);
form.append(help);

readAddress();
if (box.value.trim() || anyChosen()) search();
else {
  say("");
  drawFilters();
}
