// The list of a reader's interests, on the page of saved papers: added, changed, taken out as a file
// or a link, and brought back. What a link brings is asked for before it is taken.

import { LINK, change, keep, keyOf, kept, kindName, linkOf, mendInterests, ofLink } from "./interests.js";
import { choice } from "./interest-menu.js";
import { named } from "./verdicts.js";

const LARGEST = 1_000_000; // bytes of a file that is taken in
const SHOWN = 50; // interests of a link that are named

/** @param {Tools} tools */
export function start(tools) {
  const { base, store, say, make } = tools;
  const place = document.querySelector("[data-interests]");
  const actions = document.querySelector("[data-interests-tools]");
  if (!place || !actions) return;

  // ---- the list --------------------------------------------------------------------------------------

  const list = make("ul", { class: "choices" });
  const none = make("p", { class: "empty" }, gettext("None yet. The three dots beside a paper, the key i, or selected words lead to what it can be marked or muted for."));
  const show = () => {
    const all = kept(store);
    none.hidden = all.length > 0;
    list.replaceChildren(...all.map((one) => make("li", {},
      make("span", {}, make("small", {}, kindName(one.kind)), " ", make("bdi", {}, one.name)),
      ...choice(tools, one),
    )));
  };

  // ---- adding ----------------------------------------------------------------------------------------

  /** @type {Interest["kind"][]} */
  const kinds = ["word", "author", "tag", "topic", "category"];
  const kind = make("select", { "aria-label": gettext("Kind") }, ...kinds.map((one) => make("option", { value: one }, kindName(one))));
  const name = make("input", { type: "text", "aria-label": gettext("Word or name"), autocomplete: "off", maxlength: 100, required: "" });
  const form = make("form", { class: "adding" }, kind, name,
    make("button", { class: "badge", value: "mark" }, gettext("Mark")),
    make("button", { class: "badge", value: "mute" }, gettext("Mute")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const chosen = /** @type {Interest["kind"]} */ (kind.value);
    const state = /** @type {HTMLButtonElement | null} */ (event.submitter)?.value === "mute" ? "mute" : "mark";
    change(store, { kind: chosen, key: keyOf(chosen, name.value), name: name.value }, state);
    say(gettext("Kept"));
    name.value = "";
    name.focus();
  });

  // ---- files and links -------------------------------------------------------------------------------

  /**
   * @param {string} label
   * @param {() => void} act
   */
  const button = (label, act) => {
    const made = make("button", { type: "button", class: "badge" }, label);
    made.addEventListener("click", act);
    return made;
  };
  const save = () => {
    const text = JSON.stringify({ version: 1, interests: kept(store) }, null, 1);
    const href = URL.createObjectURL(new Blob([text]));
    make("a", { href, download: "interests.json" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  };
  const address = make("input", { type: "text", readonly: "", "aria-label": gettext("Link to your interests") });
  address.hidden = true;
  const share = async () => {
    address.value = new URL(`saved/${linkOf(kept(store))}`, base).href;
    address.hidden = false;
    address.select();
    try {
      await navigator.clipboard.writeText(address.value);
      say(gettext("Copied"));
    } catch {
      say(gettext("Link to your interests"));
    }
  };
  const file = make("input", { type: "file", class: "vh", accept: ".json,application/json" });
  file.addEventListener("change", async () => {
    const [chosen] = file.files ?? [];
    try {
      if (!chosen || chosen.size > LARGEST) throw new Error("too large");
      const found = mendInterests(JSON.parse(await chosen.text())?.interests);
      if (!found.length) throw new Error("none");
      keep(store, [...kept(store), ...found]);
      say(ngettext("%(count)s added", "%(count)s added", found.length));
    } catch {
      say(gettext("That file holds no interests"));
    }
    file.value = "";
  });
  const forget = button(gettext("Forget all"), () => {
    const before = kept(store);
    keep(store, []);
    import("./toast.js").then(({ toast }) => toast(tools, gettext("No interest is kept"), () => keep(store, before)));
  });
  actions.append(
    button(gettext("Export interests"), save),
    make("label", { class: "badge" }, gettext("Import interests"), " ", file),
    button(gettext("Share as a link"), share),
    forget,
  );

  // ---- what a link brings ------------------------------------------------------------------------------

  const offered = make("div", { class: "note", role: "region", "aria-label": gettext("Shared interests") });
  offered.hidden = true;
  const ask = () => {
    const found = ofLink(location.hash);
    if (!location.hash.startsWith(LINK)) return;
    // The address is the plain one again: what was shared is asked for once.
    history.replaceState(null, "", location.pathname + location.search);
    const close = () => {
      offered.hidden = true;
    };
    if (!found.length) {
      offered.replaceChildren(make("p", {}, gettext("This link holds no interests.")));
    } else {
      const rows = found.slice(0, SHOWN).map((one) => make("li", {}, one.mute ? gettext("Mute") : gettext("Mark"), " ", named(one)));
      if (found.length > SHOWN) rows.push(make("li", {}, ngettext("and %(count)s more", "and %(count)s more", found.length - SHOWN)));
      offered.replaceChildren(
        make("p", {}, ngettext("This link brings %(count)s interest. Take it?", "This link brings %(count)s interests. Take them?", found.length)),
        make("ul", {}, ...rows),
        make("p", { class: "feeds" },
          button(gettext("Take"), () => {
            keep(store, [...kept(store), ...found]);
            close();
            say(gettext("Kept"));
          }),
          button(gettext("No"), close)),
      );
    }
    offered.hidden = false;
    offered.scrollIntoView({ block: "center" });
    offered.querySelector("button")?.focus({ preventScroll: true });
  };

  place.append(offered, form, none, list, address);
  addEventListener("arrange", show);
  addEventListener("hashchange", ask);
  addEventListener("storage", ({ key }) => {
    if (key === `broadsheet:${base.pathname}:interests`) show();
  });
  show();
  ask();
}
