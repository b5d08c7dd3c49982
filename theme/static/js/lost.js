// A lost page looks for the words of the address that led to it.

// An address may be in no encoding at all: then its signs stand as they are.
/** @param {string} text */
function read(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function start() {
  const parts = read(location.pathname.replace(/\.html?$/, "")).split("/");
  const words = parts.filter((/** @type {string} */ part) => /\p{L}{3}/u.test(part));
  const last = words.at(-1);
  /** @type {HTMLInputElement | null} */
  const field = document.querySelector("[data-lost]");
  if (last && field && !field.value) {
    field.value = last.replace(/[^\p{L}\p{N}.]+/gu, " ").trim();
  }
}
