// "Save this search": the search in the address bar kept in this browser (kept.js), or as the file of a
// subscription with where to propose it, and the feeds that come near. Needs of the page:
//
//   <details id="save-search" data-authors="authors/" data-repository
//     data-propose="https://.../new/...?filename={name}.yml&value={text}">
//   <summary>Save this search</summary></details>
//
// (data-propose, data-repository and data-authors may be absent), and the search page's event "broadsheet:found"
// (which answers "broadsheet:listening" too).
// docs/subscriptions.md describes the file.

// JSON's strings are YAML's too, but for some characters, and for what may stand as it is.
/** @param {string} text */
const quoted = (text) =>
  JSON.stringify(text.replace(/\p{Cs}/gu, "\ufffd")).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
const plain = /^[A-Za-z][A-Za-z0-9 ._-]*[A-Za-z0-9]$|^[A-Za-z]$/;
const words = new Set(["true", "false", "yes", "no", "on", "off", "null", "y", "n"]);
/** @param {string} text */
const scalar = (text) =>
  plain.test(text) && !words.has(text.toLowerCase()) ? text : quoted(text);
/** @param {string[]} texts */
const list = (texts) => `[${texts.map(quoted).join(", ")}]`;

/**
 * A text with what was meant for a misspelt word.
 * @param {string} text
 * @param {[typed: string, meant: string]} pair
 */
function withMeant(text, [typed, meant]) {
  const at = text.toLowerCase().indexOf(typed);
  return at < 0 ? text : text.slice(0, at) + meant + text.slice(at + typed.length);
}

/**
 * The name and the text of the file for a search ("?q=...&topic=..."). Words that were read in Lunr's
 * syntax are `words`, plain ones `all`, with the words that were meant for misspelt ones.
 * @param {string} search
 * @param {{ lunr?: boolean, corrected?: [typed: string, meant: string][] }} [found] how it was read
 */
export function fileOf(search, { lunr = false, corrected = [] } = {}) {
  const asked = new URLSearchParams(search);
  /** @param {string} name */
  const one = (name) => (asked.get(name) ?? "").trim().replace(/\s+/g, " ");
  /** @param {string} name */
  const all = (name) => asked.getAll(name).map((text) => text.trim()).filter(Boolean);
  // The file knows no "until": the words do.
  let text = [one("q"), one("until") && `until:${one("until")}`].filter(Boolean).join(" ");
  const title = [one("q"), ...all("topic"), ...all("tag"), ...all("author")]
    .filter(Boolean)
    .join(", ")
    .slice(0, 80);
  const name = title
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");
  const lines = [`title: ${scalar(title || "My search")}`];
  // A year that the reader took for a word is one in quotes.
  if (asked.get("years") === "0") text = text.replace(/(?<!\S)\d{4}(?:-\S+)?(?!\S)/g, '"$&"');
  if (text) lines.push(`${lunr ? "words" : "all"}: ${scalar(corrected.reduce(withMeant, text))}`);
  for (const [key, parameter] of [["topics", "topic"], ["tags", "tag"], ["authors", "author"]]) {
    if (all(parameter).length) lines.push(`${key}: ${list(all(parameter))}`);
  }
  if (one("since")) lines.push(`since: ${quoted(one("since"))}`);
  return { name: name || "my-search", text: `${lines.join("\n")}\n` };
}

/** @param {Tools} tools */
export async function start({ base, store, say, make }) {
  /** @type {HTMLDetailsElement | null} */
  const place = document.querySelector("#save-search");
  const kept = await import(`./kept.js${new URL(import.meta.url).search}`);
  if (!place) return;
  /** @returns {import("./kept.js").KeptSearch[]} */
  const searches = () => store.get("searches", kept.mendSearches);
  /** @type {FoundDetail} */
  let found = { lunr: false, corrected: [], total: 0, newest: "", topics: {} };

  // A search that is looked at has nothing new.
  const seen = () => {
    const query = kept.plainOf(location.search);
    const own = searches().find((one) => one.query === query);
    if (own && found.newest > own.day) store.set("searches", kept.storedOf(kept.changed(searches(), query, { day: found.newest })));
  };

  const keeping = () => {
    const query = kept.plainOf(location.search);
    const isKept = searches().some((one) => one.query === query);
    const button = make("button", { type: "button", class: "badge", "aria-pressed": String(isKept) }, gettext("Keep in this browser"));
    button.addEventListener("click", () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      const now = on
        ? kept.withSearch(searches(), { query, name: kept.nameOf(query), day: found.newest })
        : kept.without(searches(), query);
      store.set("searches", kept.storedOf(now));
      button.setAttribute("aria-pressed", String(on));
      say(on ? gettext("Saved") : gettext("No longer saved"));
    });
    return make("div", {},
      make("p", {}, gettext("The home page then tells what is new in it. It is sent nowhere.")),
      make("p", { class: "feeds" }, button, make("a", { class: "badge", href: new URL("saved/#searches", base) }, gettext("All kept searches"))),
    );
  };

  const asFile = () => {
    const { name, text } = fileOf(location.search, found);
    const file = `content/subscriptions/${name}.yml`;
    const copy = make("button", { type: "button", class: "badge" }, gettext("Copy"));
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      copy.textContent = gettext("Copied");
    });
    const saved = make("a", { class: "badge", download: `${name}.yml`, href: `data:text/yaml;charset=utf-8,${encodeURIComponent(text)}` }, gettext("Download"));
    const steps = make("p", { class: "feeds" }, copy, " ", saved);
    if (place.dataset.propose) {
      const address = place.dataset.propose
        .replace("{name}", encodeURIComponent(name))
        .replace("{text}", encodeURIComponent(text));
      steps.append(" ", make("a", { class: "badge", href: address, rel: "noopener" }, gettext("Propose it")));
    }
    const why = gettext("This site has no server that could make a feed of a search of your own.");
    const how = place.dataset.repository !== undefined
      ? gettext("As the file %(file)s in the digest’s repository this search gets a page and feeds:", { file })
      : gettext("Send this file to those who make the digest: as %(file)s it gives this search a page and feeds.", { file });
    return [
      make("p", {}, `${why} ${how}`),
      make("pre", { tabindex: 0 }, make("code", {}, text)),
      steps,
    ];
  };

  // Feeds of the topics and tags that were chosen, which exist where papers were found.
  const nearest = () => {
    const asked = new URLSearchParams(location.search);
    /** @type {[path: string, label: string][]} */
    const feeds = found.total === 0 ? [] : [
      ...asked.getAll("topic").filter((slug) => Object.hasOwn(found.topics, slug)).map((slug) => /** @type {[string, string]} */ ([`feeds/topics/${slug}.rss.xml`, found.topics[slug]])),
      ...asked.getAll("tag").map((slug) => /** @type {[string, string]} */ ([`feeds/tags/${slug}.rss.xml`, slug])),
    ];
    const links = feeds.map(([path, label]) => make("a", { class: "badge", href: new URL(path, base) }, label));
    if (place.dataset.authors) links.push(make("a", { class: "badge", href: new URL(place.dataset.authors, base) }, gettext("Authors")));
    links.push(make("a", { class: "badge", href: new URL("subscribe/", base) }, gettext("All feeds")));
    return [make("p", {}, gettext("Feeds that come near:")), make("p", { class: "feeds" }, ...links.flatMap((link) => [link, " "]))];
  };

  const update = () => {
    if (!place.open) return;
    const isAsked = kept.plainOf(location.search) !== "";
    place.replaceChildren(
      place.querySelector("summary") ?? "",
      ...(isAsked ? [keeping(), ...asFile(), ...nearest()] : [make("p", {}, gettext("Search for something first."))]),
    );
  };
  place.addEventListener("toggle", update);
  document.addEventListener("broadsheet:found", (event) => {
    found = /** @type {CustomEvent<FoundDetail>} */ (event).detail;
    seen();
    if (!place.contains(document.activeElement)) update();
  });
  document.dispatchEvent(new Event("broadsheet:listening")); // what was found before is told again
}
