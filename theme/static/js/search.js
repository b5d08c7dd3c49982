// The search page. It needs of the template:
//
//   <form id="search" role="search"><label for="q">..</label> <input id="q" name="q" type="search">
//   .. </form>
//   <p id="search-status" role="status"> (its text is for pages where this script doesn't run)
//   <ol id="search-results" class="results"></ol>
//
// and the index, served as search/ beside theme/js/ at any base. The script makes everything else.
// The query is kept in the address bar: q, topic, tag, author, since, until. search-engine.js answers
// it, in a worker where workers are available.

import { anyChosen, groups, names, queryOf, readInto } from "./search-address.js";
import { drawCard } from "./search-card.js";
import { Problem, ask } from "./search-connection.js";
import { button, make } from "./search-elements.js";
import { helpOf } from "./search-help.js";
import { leadByKeys } from "./search-keys.js";
import { problemSaid, statusOf } from "./search-status.js";

const SHOWN = 20; // papers a page
const PAUSE = 40; // milliseconds from the last keystroke to asking
const REST = 300; // ... and to taking a word as finished
const version = new URL(import.meta.url).search;

// Where theme.js did not come, all is said in English.
globalThis.gettext ??= (message, values) =>
  message.replace(/%\((\w+)\)s/g, (_, name) => String(values?.[name]));
globalThis.numbered ??= (count) => count.toLocaleString("en");
globalThis.ngettext ??= (one, many, count, values) =>
  gettext(count === 1 ? one : many, { count: numbered(count), ...values });

const form = /** @type {HTMLFormElement} */ (document.querySelector("#search"));
const box = /** @type {HTMLInputElement} */ (document.querySelector("#q"));
const status = /** @type {HTMLElement} */ (document.querySelector("#search-status"));
const list = /** @type {HTMLOListElement} */ (document.querySelector("#search-results"));

// ---- the query, and the address bar ------------------------------------------------------------

/** @type {Chosen} */
const chosen = { topics: [], tags: [], authors: [], since: "", until: "" };
let shown = SHOWN;
let patient = false;
const taken = { verbatim: false, years: true }; // how the words are taken (search-address.js)
/** @type {Facts | null} */
let facts = null; // papers, topics, from, to: known once the engine runs
/** @type {Outcome | null} */
let outcome = null; // the last answer

function readAddress() {
  box.value = readInto(chosen, taken);
}

/** @param {boolean} keep whether the address before stays in the history */
function writeAddress(keep) {
  const query = queryOf(box.value, chosen, taken);
  const address = location.pathname + (query && `?${query}`);
  if (address === location.pathname + location.search) return;
  history[keep ? "pushState" : "replaceState"](null, "", address);
}

// ---- running a search --------------------------------------------------------------------------

let turn = 0; // counts questions: an answer to an older one is dropped
let timer = 0;
/** @type {import("./search-filters.js").Panel | null} */
let panel = null; // the filters, once they are opened

/**
 * @param {number} wait
 * @param {boolean} typing
 */
function later(wait, typing) {
  clearTimeout(timer);
  timer = setTimeout(() => search(typing), wait);
}

function changed() {
  shown = SHOWN;
  patient = taken.verbatim = false;
  taken.years = true;
}

async function search(typing = false) {
  clearTimeout(timer);
  const mine = ++turn;
  if (!box.value.trim() && !anyChosen(chosen)) {
    outcome = null;
    drawResults();
    say(facts ? toSearch(facts.papers) : "");
    drawChosen();
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
      ...taken,
    });
    if (mine !== turn) return;
    if (found.waiting) {
      later(found.waiting, false);
      return;
    }
    outcome = found.empty ? null : /** @type {Outcome} */ (found);
    drawResults();
    drawChosen();
    if (!typing || outcome?.total) await report(mine);
    else later(REST, false);
  } catch (problem) {
    if (mine !== turn) return;
    const kind = problem instanceof Problem && problem.kind;
    const unfinished = kind === "QueryParseError" || kind === "BadQuery";
    if (typing && unfinished) later(REST * 2, false);
    else explain(problem);
  } finally {
    if (mine === turn) list.removeAttribute("aria-busy");
  }
}

// ---- status ------------------------------------------------------------------------------------

const number = numbered;
/** @param {number} count */
const toSearch = (count) => ngettext("%(count)s paper to search.", "%(count)s papers to search.", count);

/** @param {Part[]} parts */
function say(...parts) {
  status.replaceChildren(...parts.flatMap((part) => [part, " "]).slice(0, -1));
}

/** @param {number} mine the question's number */
async function report(mine) {
  if (!outcome) return say("");
  const { nowhere } = outcome;
  const parts = statusOf(outcome, { beyond, instead });
  say(...parts);
  if (!nowhere.length) return;
  const meant = await ask({ ask: "meant", words: nowhere });
  if (mine !== turn) return;
  meant.forEach((word, i) => {
    if (word) say(...parts, gettext("Did you mean:"), button(word, () => replaceWord(nowhere[i], word)));
  });
}

/**
 * @param {string} wrong
 * @param {string} right
 */
function replaceWord(wrong, right) {
  const start = box.value.toLowerCase().lastIndexOf(wrong);
  box.value = start < 0 ? right : box.value.slice(0, start) + right + box.value.slice(start + wrong.length);
  changed();
  writeAddress(true);
  search();
  box.focus();
}

function beyond() {
  patient = true;
  search();
}

function instead() {
  taken.verbatim = true;
  writeAddress(true);
  search();
}

/** @param {unknown} problem */
function explain(problem) {
  outcome = null;
  drawResults();
  say(...problemSaid(problem, { beyond, again: () => search() }));
}

// ---- results -----------------------------------------------------------------------------------

// Cards are loaded when they scroll into view.
const watcher = new IntersectionObserver((entries) => {
  const seen = entries.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => /** @type {HTMLElement} */ (target));
  if (seen.length) fill(seen);
});

// The papers that have some of the words.
const others = make("ol", { class: "results", id: "search-some" });
const othersHead = make("h2", { id: "search-some-head" }, gettext("With some of the words"));
othersHead.hidden = true;
others.setAttribute("aria-labelledby", othersHead.id);

const items = () => /** @type {HTMLElement[]} */ ([...list.children, ...others.children]);

/** @type {WeakMap<Element, string[]>} */
const authorsOf = new WeakMap(); // of the cards shown
let marks = ""; // the terms that the cards shown are marked for

function drawResults() {
  const before = new Map(items().map((item) => [item.dataset.paper, item]));
  const hits = outcome?.hits ?? [];
  const some = outcome?.some.hits ?? [];
  const key = outcome?.weights.map(([term]) => term).join() ?? "";
  /** @param {Hit[]} hits */
  const itemsOf = (hits) =>
    hits.map(({ paper }, i) => {
      const item = before.get(String(paper)) ?? make("li", { "data-paper": paper, class: "waiting" });
      item.dataset.place = String(i + 1);
      watcher.unobserve(item);
      watcher.observe(item);
      return item;
    });
  list.replaceChildren(...itemsOf(hits));
  others.replaceChildren(...itemsOf(some));
  othersHead.hidden = others.hidden = some.length === 0;
  if (key !== marks) for (const item of items()) delete item.dataset.marked;
  marks = key;
  more.hidden = !outcome || hits.length < shown || hits.length >= outcome.total;
}

/** @param {HTMLElement[]} items */
async function fill(items) {
  const answer = outcome;
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
        above = Promise.all([asked, above]).then(([card]) => {
          drawCard(item, card);
          authorsOf.set(item, card.authors);
        });
        return above;
      }),
    );
    panel?.drawAuthors();
  } catch (problem) {
    for (const item of open) delete item.dataset.marked;
    if (answer === outcome) explain(problem);
  }
}

const more = button(gettext("Show more"), () => {
  const last = list.children.length;
  shown += SHOWN;
  search().then(() => list.children[last]?.querySelector("a")?.focus());
});
more.className = "more-results";
more.hidden = true;
list.after(more, othersHead, others);

// ---- filters -----------------------------------------------------------------------------------

const filters = make("details", { class: "filters" }, make("summary", {}, gettext("Filter")));
const chips = make("ul", { class: "chips chosen", "aria-label": gettext("Chosen filters") });
form.append(chips, filters);

function refine() {
  changed();
  writeAddress(true);
  search();
}

/** @type {SearchPage["toggle"]} */
function toggle(group, value) {
  const at = chosen[group].indexOf(value);
  if (at < 0) chosen[group].push(value);
  else chosen[group].splice(at, 1);
  refine();
}

/** @type {SearchPage["narrow"]} */
function narrow(span) {
  Object.assign(chosen, span);
  refine();
}

/** @type {SearchPage["labelOf"]} */
const labelOf = (group, value) => (group === "topics" && facts?.topics[value]) || value;

const kinds = () => ({
  topics: gettext("topic"), tags: gettext("tag"), authors: gettext("author"),
  since: gettext("since"), until: gettext("until"),
});

// The chosen filters, each with a button that removes it.
function drawChosen() {
  /** @type {[string, () => void][]} */
  const all = groups.flatMap((group) =>
    chosen[group].map(
      (value) => /** @type {[string, () => void]} */ ([gettext("%(kind)s: %(value)s", { kind: kinds()[group], value: labelOf(group, value) }), () => toggle(group, value)]),
    ),
  );
  for (const name of /** @type {End[]} */ (["since", "until"])) {
    if (chosen[name]) all.push([gettext("%(kind)s: %(value)s", { kind: kinds()[name], value: chosen[name] }), () => narrow({ [name]: "" })]);
  }
  const year = outcome?.year;
  if (year) {
    all.push([String(year), () => {
      taken.years = false;
      writeAddress(true);
      search();
    }]);
  }
  chips.replaceChildren(
    ...all.map(([text, act]) => make("li", {}, button(`${text} ×`, act, { "aria-label": gettext("Remove %(what)s", { what: text }) }))),
  );
  panel?.draw();
}

filters.addEventListener("toggle", async () => {
  if (!filters.open) return;
  const { Panel } = await import(`./search-filters.js${version}`);
  panel ??= new Panel(filters, {
    ask, make, button, number, chosen, names, labelOf, toggle, narrow, explain,
    outcome: () => outcome,
    authors: () => items().map((item) => authorsOf.get(item) ?? []),
  });
  panel?.draw();
});

// ---- events ------------------------------------------------------------------------------------

box.addEventListener("focus", () => ask({ ask: "start" }).then(
  (found) => {
    facts ??= found;
    if (!outcome && !box.value.trim()) say(toSearch(found.papers));
  },
  (problem) => explain(problem),
), { once: true });

/** @type {import("./search-complete.js").Completion | null} */
let completion = null;

box.addEventListener("input", async (event) => {
  const inputType = event instanceof InputEvent ? event.inputType : undefined;
  changed();
  writeAddress(false);
  const typing = inputType === "insertText" || Boolean(inputType?.startsWith("delete"));
  later(PAUSE, typing);
  if (!typing && !completion) return;
  const { Completion } = await import(`./search-complete.js${version}`);
  completion ??= /** @type {import("./search-complete.js").Completion} */ (new Completion(box, { ask, make, taken: completed }));
  completion.offer();
});

// A completion was chosen, and stands in the box.
function completed() {
  changed();
  writeAddress(false);
  search();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  completion?.close();
  changed();
  writeAddress(true);
  search();
});

box.addEventListener("keydown", (event) => {
  const first = event.key === "ArrowDown" && !event.isComposing && list.querySelector("a");
  if (!first || event.defaultPrevented) return;
  event.preventDefault();
  first.focus();
});

leadByKeys(list, box);
leadByKeys(others, box);

addEventListener("popstate", () => {
  changed();
  readAddress();
  search();
});

addEventListener("online", () => !outcome && box.value.trim() && search());

form.append(helpOf());

document.querySelector("#from-disk")?.remove();
readAddress();
if (box.value.trim() || anyChosen(chosen)) search();
else {
  say("");
  drawChosen();
}
