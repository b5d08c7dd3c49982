// A lost page looks for the words of the address that led to it.

export function start() {
  const parts = decodeURIComponent(location.pathname.replace(/\.html?$/, "")).split("/");
  const words = parts.filter((part) => /\p{L}{3}/u.test(part));
  const last = words.at(-1);
  /** @type {HTMLInputElement | null} */
  const field = document.querySelector("[data-lost]");
  if (last && field && !field.value) {
    field.value = last.replace(/[^\p{L}\p{N}.]+/gu, " ").trim();
  }
}
