// "Save this search": the search in the address bar as the file of a subscription, and where to
// propose it. Needs of the page:
//
//   <details id="save-search" data-propose="https://.../new/...?filename={name}.yml&value={text}">
//   <summary>Save this search</summary></details>
//
// (data-propose may be absent). docs/subscriptions.md describes the file.

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
 * The name and the text of the file for a search ("?q=...&topic=...").
 * @param {string} search
 */
export function fileOf(search) {
  const asked = new URLSearchParams(search);
  /** @param {string} name */
  const one = (name) => (asked.get(name) ?? "").trim().replace(/\s+/g, " ");
  /** @param {string} name */
  const all = (name) => asked.getAll(name).map((text) => text.trim()).filter(Boolean);
  // The file knows no "until": the words do.
  const text = [one("q"), one("until") && `until:${one("until")}`].filter(Boolean).join(" ");
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
  if (text) lines.push(`words: ${scalar(text)}`);
  for (const [key, parameter] of [["topics", "topic"], ["tags", "tag"], ["authors", "author"]]) {
    if (all(parameter).length) lines.push(`${key}: ${list(all(parameter))}`);
  }
  if (one("since")) lines.push(`since: ${quoted(one("since"))}`);
  return { name: name || "my-search", text: `${lines.join("\n")}\n` };
}

/** @type {HTMLDetailsElement | null | undefined} */
const place = globalThis.document?.querySelector("#save-search");

/** @param {HTMLDetailsElement} place */
function show(place) {
  const { name, text } = fileOf(location.search);
  /** @type {Make} */
  const make = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.append(...children);
    return element;
  };
  const file = `content/subscriptions/${name}.yml`;
  const copy = make("button", { type: "button", class: "badge" }, gettext("Copy"));
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text);
    copy.textContent = gettext("Copied");
  });
  const steps = make("p", { class: "feeds" }, copy);
  if (place.dataset.propose) {
    const address = place.dataset.propose
      .replace("{name}", encodeURIComponent(name))
      .replace("{text}", encodeURIComponent(text));
    steps.append(make("a", { class: "badge", href: address, rel: "noopener" }, gettext("Propose it")));
  }
  place.replaceChildren(
    place.querySelector("summary") ?? "",
    make("p", {}, gettext("As the file %(file)s this search gets a page and feeds of its own.", { file })),
    make("pre", {}, make("code", {}, text)),
    steps,
  );
}

if (place) {
  const update = () => place.open && show(place);
  place.addEventListener("toggle", update);
  // The search page writes the address bar as one types.
  document.addEventListener("input", () => setTimeout(update, 400));
  document.addEventListener("change", () => setTimeout(update, 400));
}
