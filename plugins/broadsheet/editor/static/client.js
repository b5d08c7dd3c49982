// What the other scripts share: asking the server, and making elements.

/** @type {HTMLElement | null} */
const own = document.querySelector("#broadsheet-editor");
const place = new URL("../", import.meta.url);

/**
 * Asks the server: with a body, for a change. A server that is gone is a problem like others.
 * @template Value
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<Editing.Answer<Value>>}
 */
export async function ask(path, body) {
  const headers = { "Content-Type": "application/json", "X-Broadsheet-Token": own?.dataset.token ?? "" };
  try {
    const answer = await fetch(new URL(path, place), {
      cache: "no-store",
      ...(body ? { method: "POST", headers, body: JSON.stringify(body), keepalive: JSON.stringify(body).length < 60_000 } : {}),
    });
    return { ...(await answer.json()), status: answer.status };
  } catch {
    return { problem: "the server doesn’t answer; is `broadsheet serve --edit` still running?", status: 0 };
  }
}

/**
 * The query of an address.
 * @param {Record<string, string | null | undefined>} values
 */
export const query = (values) =>
  String(new URLSearchParams(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : []))));

/**
 * Makes an element: make("a", { href: "x" }, "text", child).
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * @param {string} text
 * @param {() => void} act
 * @param {Record<string, string>} [attributes]
 */
export function button(text, act, attributes = {}) {
  const made = make("button", { type: "button", class: "ed-button", ...attributes }, text);
  made.addEventListener("click", act);
  return made;
}

/**
 * The server's HTML of people's texts, which it has cleaned as for the site's pages.
 * @param {string} markup
 */
export function fragment(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return template.content;
}

/** @param {number} count @param {string} word */
export const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
