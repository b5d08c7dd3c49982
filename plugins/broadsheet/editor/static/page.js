// The controls on the site's pages, for each paper that stands there. A page is shown anew when it is
// built anew, but never while a dialog is open.

import { ask, button, make, query } from "./client.js";
import { annotate, decline, move, retag, reword } from "./dialogs.js";
import { dock } from "./dock.js";

const KEPT = "broadsheet-edit"; // what is said and focused once the page is shown anew
const FRESH = 20_000; // milliseconds

/** @param {Element} element */
function words(element) {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const tex of copy.querySelectorAll("annotation")) tex.remove();
  return copy.textContent.trim();
}

/** @type {HTMLElement | null} */
const onDay = document.querySelector("[data-day]");
/** @type {HTMLTimeElement | null} */
const ofPaper = document.querySelector(".paper time");
const pageDay = onDay?.dataset.day ?? ofPaper?.dateTime ?? null;
const { tell, refresh } = dock(pageDay, (said, wrong) => {
  if (!wrong) keep(said);
});

/** @param {string} said @param {string} [paper] @param {string} [action] */
function keep(said, paper, action) {
  sessionStorage.setItem(KEPT, JSON.stringify({ at: Date.now(), said, paper, action }));
}

/** @returns {{ at: number, said: string, paper?: string, action: string } | null} */
function taken() {
  const text = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null; // what another server of this address left there
  }
}

/** @param {string} id @param {string | null} day @returns {Promise<Editing.Answer<Editing.Paper>>} */
const fetched = (id, day) => ask(`paper?${query({ id, day })}`);

/**
 * Acts on a paper as it was seen.
 * @param {Editing.Paper} seen
 * @param {string} action
 * @returns {Editing.Act}
 */
const acting = (seen, action) => async (...operations) => {
  /** @type {Editing.Answer<Editing.Done>} */
  const answer = await ask("apply", { operations, seen: { [seen.id]: seen.mark }, day: seen.day });
  if (answer.problem !== undefined) return answer.problem;
  tell(`${answer.said} The page is being built.`);
  keep(answer.said, seen.id, action);
  refresh();
  return undefined;
};

/** @type {Record<string, (paper: Editing.Paper, day: string | null, action: string) => unknown>} */
const actions = {
  "Edit text": (paper, day, action) => reword(paper, (seen) => acting(seen, action), (id) => fetched(id, day)),
  Note: (paper, _, action) => annotate(paper, acting(paper, action)),
  Tags: (paper, _, action) => retag(paper, paper.known, acting(paper, action)),
  Move: (paper, _, action) => move(paper, paper.topics, acting(paper, action)),
  Decline: (paper, _, action) => decline(paper, acting(paper, action)),
};

/**
 * The buttons for a paper.
 * @param {string} id
 * @param {string} title
 * @param {string | null} day
 */
function tools(id, title, day) {
  const buttons = Object.entries(actions).map(([name, act]) =>
    button(name, async () => {
      const paper = await fetched(id, day);
      if (paper.problem !== undefined) tell(paper.problem, true);
      else act(paper, day, name);
    }, { "data-action": name }),
  );
  return make("div", { class: "ed-tools", role: "group", "aria-label": `Curate: ${title}`, "data-tools": id }, ...buttons);
}

for (const row of document.querySelectorAll(".row")) {
  const heading = row.querySelector("h2, h3");
  const id = decodeURIComponent(row.querySelector("a")?.pathname.split("/").at(-2) ?? "");
  if (!heading || !id) continue;
  /** @type {HTMLElement | null} */
  const group = row.closest("[data-day]");
  const title = words(heading);
  /** @type {HTMLElement | undefined} */
  let shown;
  const toggle = button("Curate", () => {
    if (!shown) {
      shown = tools(id, title, group?.dataset.day ?? null);
      toggle.after(shown);
    } else shown.hidden = !shown.hidden;
    toggle.setAttribute("aria-expanded", String(!shown.hidden));
  }, { "aria-expanded": "false", "data-curate": id });
  toggle.append(make("span", { class: "vh" }, ` ${title}`));
  row.append(toggle);
}

/** @type {HTMLElement | null} */
const paper = document.querySelector(".paper[data-paper]");
const heading = paper?.querySelector("h1");
if (paper && heading) {
  heading.after(tools(paper.dataset.paper ?? "", words(heading), pageDay));
}

// What was said before the page was shown anew is said again, and the focus is where it was.
const kept = taken();
if (kept && Date.now() - kept.at < FRESH) {
  tell(kept.said);
  if (kept.paper) {
    const name = CSS.escape(kept.paper);
    /** @type {HTMLElement | null} */
    const toggle = document.querySelector(`[data-curate="${name}"]`);
    toggle?.click();
    /** @type {HTMLElement | null} */
    const control = document.querySelector(`[data-tools="${name}"] [data-action="${CSS.escape(kept.action)}"]`);
    control?.focus();
  }
}

let stale = false;
const renew = () => {
  if (document.querySelector("dialog[open]")) stale = true;
  else location.reload();
};
document.addEventListener("close", () => stale && renew(), true);
new EventSource(`/__serve/events?page=${encodeURIComponent(location.pathname)}`).addEventListener("built", renew);
