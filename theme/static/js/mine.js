// The reader's own: starts what arranges lists, and leads to the menus that mark, mute and choose.
// What these take is loaded when it is needed.

import { mendView } from "./view.js";

const ITEMS = ".row, .titles li, .results > li, .paper";
const MOST_WORDS = 4; // of a selection that may become an interest
const version = new URL(import.meta.url).search;

/** @param {Tools} tools */
export async function start(tools) {
  const { base, make, store } = tools;
  const root = document.documentElement;
  /** @type {Promise<void> | undefined} */
  let arranging;
  const arrange = () => {
    arranging ??= import(`./arrange.js${version}`).then((it) => it.start(tools));
    return arranging;
  };

  /** @returns {Promise<typeof import("./interest-menu.js")>} */
  const menu = () => import(`./interest-menu.js${version}`);

  // ---- words that are selected -------------------------------------------------------------------

  const selected = () => {
    const selection = getSelection();
    const text = selection?.toString().trim().replace(/\s+/g, " ") ?? "";
    const place = selection?.anchorNode?.parentElement?.closest(`${ITEMS}, .abstract`);
    if (!selection || !place || !/\p{L}/u.test(text) || text.split(" ").length > MOST_WORDS || text.length > 60) return null;
    return { selection, thing: /** @type {const} */ ({ kind: "word", key: text.toLowerCase(), name: text }) };
  };

  const bubble = make("div", { class: "bubble", role: "group", "aria-label": gettext("Mark or mute") });
  bubble.addEventListener("focusout", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && bubble.contains(relatedTarget))) bubble.remove();
  });
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") bubble.remove();
  });
  let timer = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const found = selected();
      if (!found) {
        if (!bubble.matches(":focus-within")) bubble.remove();
        return;
      }
      const { choice } = await menu();
      const box = found.selection.getRangeAt(0).getBoundingClientRect();
      bubble.replaceChildren(...choice(tools, found.thing));
      document.body.append(bubble);
      const { width } = bubble.getBoundingClientRect();
      bubble.style.top = `${scrollY + box.bottom + 6}px`;
      bubble.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 24))}px`;
    }, 300);
  });

  // ---- the key, and the buttons --------------------------------------------------------------------

  // One key marks what is selected or where the focus is; on a paper, it opens the paper's menu.
  addEventListener("interest", async (event) => {
    const words = selected()?.thing;
    const { decide, ofLinkTo, open } = await menu();
    const focus = document.activeElement;
    const { detail } = /** @type {CustomEvent<Element | null>} */ (event);
    if (detail) return open(tools, detail, words ? [words] : []);
    const thing = words ?? (focus?.matches("a") ? ofLinkTo(focus, location.href) : null);
    if (thing) {
      const { kept, stateOf } = await import("./interests.js");
      const next = /** @type {const} */ ({ "": "mark", mark: "mute", mute: "" });
      return decide(tools, thing, next[stateOf(kept(store), thing)]);
    }
    const item = focus?.closest(ITEMS) ?? document.querySelector(".paper");
    if (item) open(tools, item, []);
  });

  for (const item of document.querySelectorAll(".row, .paper > header")) {
    const title = tools.words(item.querySelector("h1,h2,h3") ?? item);
    const button = make("button", { type: "button", class: "more", "aria-label": gettext("Mark or mute: %(title)s", { title }) });
    button.onclick = () => dispatchEvent(new CustomEvent("interest", { detail: item.closest(ITEMS) }));
    item.append(button);
  }

  // A topic's, a tag's or an author's own page.
  const place = document.querySelector("[data-interest]");
  if (place) {
    const link = make("a", { href: location.pathname }, place.getAttribute("data-interest") ?? "");
    const button = make("button", { type: "button", class: "badge" }, gettext("Mark or mute"));
    button.onclick = async () => {
      const { ofLinkTo, open } = await menu();
      const thing = ofLinkTo(link, location.href);
      open(tools, null, thing ? [thing] : []);
    };
    place.append(button);
  }

  // ---- how lists show --------------------------------------------------------------------------------

  for (const panel of document.querySelectorAll("[data-view]")) {
    panel.addEventListener("toggle", async () => {
      (await import(`./view-panel.js${version}`)).fill(panel, tools);
    }, { once: true });
  }
  addEventListener("view", () => {
    const summary = /** @type {HTMLElement | null} */ (document.querySelector("[data-view] summary"));
    summary?.click();
    summary?.focus();
  });

  // ---- what another tab, or a menu, has changed --------------------------------------------------------

  addEventListener("arrange", arrange);
  addEventListener("storage", ({ key }) => {
    const ours = `broadsheet:${base.pathname}:`;
    if (key === `${ours}interests` || key === `${ours}view`) dispatchEvent(new Event("arrange"));
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) dispatchEvent(new Event("arrange"));
  });

  const jobs = [];
  if (root.dataset.wait !== undefined) jobs.push(arrange());
  if (store.get("view", mendView).by === "scrolled") {
    jobs.push(import(`./seen.js${version}`).then((it) => it.start(tools)));
  }
  await Promise.all(jobs);
}
