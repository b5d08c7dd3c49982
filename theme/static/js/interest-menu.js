// The menu of what a paper can be marked or muted for: its topic, tags, categories and authors, and
// words that are selected. A row's own page is read for that; rows don't carry names.

import "./own-style.js";
import { change, keyOf, kept, kindName, stateOf } from "./interests.js";
import { named } from "./verdicts.js";
import { toast } from "./toast.js";

const AUTHORS = 30; // named in a menu; rows have codes of as many

/** @typedef {Pick<Interest, "kind" | "key" | "name">} Thing */

/**
 * The thing that a link leads to: a topic, a tag, a category or an author.
 * @param {Element} link
 * @param {string} base the address of the link's page
 * @returns {Thing | null}
 */
export function ofLinkTo(link, base) {
  let url;
  try {
    url = new URL(link.getAttribute("href") ?? "", base);
  } catch {
    return null;
  }
  const name = (link.firstChild?.textContent ?? "").trim();
  const asked = /^category:"?([^"]+)"?$/.exec(url.searchParams.get("q") ?? "")?.[1];
  if (asked) return { kind: "category", key: keyOf("category", asked), name: asked };
  const [, kind, slug] = /\/(topic|tag|author)s\/([^/]+)\/(?:\d{4}-\d\d\/)?$/.exec(url.pathname) ?? [];
  if (!slug || !name) return null;
  if (kind === "author") return { kind, key: keyOf(kind, name), name };
  return { kind: /** @type {Interest["kind"]} */ (kind), key: decodeURIComponent(slug), name };
}

/**
 * What a paper's page names.
 * @param {Document} page
 * @param {string} address
 * @returns {Thing[]}
 */
export function ofPaper(page, address) {
  const links = page.querySelectorAll(".paper .kicker a, .paper .facts a");
  const things = [...links].flatMap((link) => ofLinkTo(link, address) ?? []);
  /** @type {NodeListOf<HTMLMetaElement>} */
  const authors = page.querySelectorAll('meta[name="citation_author"]');
  for (const { content } of [...authors].slice(0, AUTHORS)) {
    things.push({ kind: "author", key: keyOf("author", content), name: content });
  }
  return things;
}

/**
 * @param {Element} item
 * @returns {Promise<Thing[]>}
 */
async function thingsOf(item) {
  if (item.matches(".paper")) return ofPaper(document, location.href);
  const href = item.querySelector("a")?.href;
  if (!href) return [];
  const answer = await fetch(href);
  if (!answer.ok) throw new Error(String(answer.status));
  return ofPaper(new DOMParser().parseFromString(await answer.text(), "text/html"), href);
}

/** @type {HTMLDialogElement | undefined} */
let dialog;

/**
 * Marks, mutes or forgets, and tells so.
 * @param {Tools} tools
 * @param {Thing} thing
 * @param {"mark" | "mute" | ""} state
 */
export function decide(tools, thing, state) {
  const { store } = tools;
  const before = stateOf(kept(store), thing);
  change(store, thing, state);
  const name = named({ ...thing, mute: false });
  const done =
    state === "mark" ? gettext("Marked: %(name)s", { name })
    : state === "mute" ? gettext("Muted: %(name)s", { name })
    : gettext("No longer an interest: %(name)s", { name });
  if (stateOf(kept(store), thing) !== state) {
    toast(tools, gettext("Not kept: this browser’s storage is full or switched off"));
  } else if (dialog?.open) tools.say(done);
  else toast(tools, done, () => change(store, thing, before));
}

/**
 * Two buttons that mark and mute a thing.
 * @param {Tools} tools
 * @param {Thing} thing
 */
export function choice(tools, thing) {
  const { make, store } = tools;
  /** @type {["mark" | "mute", string][]} */
  const states = [["mark", gettext("Mark")], ["mute", gettext("Mute")]];
  const buttons = states.map(([state, label]) => {
    const button = make("button", { type: "button", class: "badge" }, label, make("span", { class: "vh" }, ` ${named({ ...thing, mute: false })}`));
    button.addEventListener("click", () => {
      decide(tools, thing, stateOf(kept(store), thing) === state ? "" : state);
      show();
    });
    return button;
  });
  const show = () => {
    const now = stateOf(kept(store), thing);
    states.forEach(([state], at) => {
      buttons[at].setAttribute("aria-pressed", String(now === state));
    });
  };
  show();
  return buttons;
}

/**
 * Opens the menu for a paper (a row, a title, or its page) and words.
 * @param {Tools} tools
 * @param {Element | null} item
 * @param {Thing[]} first what is named first: words that are selected
 */
export async function open(tools, item, first) {
  const { base, make } = tools;
  dialog?.remove();
  const list = make("ul", { class: "choices" });
  /** @param {Thing[]} things */
  const add = (things) =>
    list.append(...things.map((thing) =>
      make("li", {}, make("span", {}, make("small", {}, kindName(thing.kind)), " ", make("bdi", {}, thing.name)), ...choice(tools, thing)),
    ));
  add(first);
  const title = make("h2", { id: "mark-or-mute" }, gettext("Mark or mute"));
  const all = make("a", { href: new URL("saved/#interests", base) }, gettext("My interests"));
  const close = make("form", { method: "dialog" }, make("button", {}, gettext("Close")));
  const status = make("p", { class: "by", role: "status" });
  dialog = make("dialog", { "aria-labelledby": "mark-or-mute" }, title, list, status, make("p", {}, all), close);
  document.body.append(dialog);
  // Where the paper was folded away meanwhile, its reader goes on with the one after it.
  const items = [...document.querySelectorAll(".row, .titles li")];
  const rest = item ? items.slice(items.indexOf(item) + 1) : [];
  dialog.addEventListener("close", () => {
    if (!item?.checkVisibility()) rest.find((one) => one.checkVisibility())?.querySelector("a")?.focus();
  });
  dialog.showModal();
  if (!item) return;
  try {
    add(await thingsOf(item));
    list.querySelector("button")?.focus();
  } catch {
    status.textContent = gettext("The paper’s page can’t be read now");
  }
  if (!list.children.length) status.textContent = gettext("Nothing to mark here");
}
