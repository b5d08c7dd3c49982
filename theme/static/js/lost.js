// A lost page looks for the words of the address that led to it.

// An address may be in no encoding at all: then its signs stand as they are.
function read(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function start() {
  const parts = read(location.pathname.replace(/\.html?$/, "")).split("/");
  const words = parts.filter((part) => /\p{L}{3}/u.test(part));
  const field = document.querySelector("[data-lost]");
  if (words.length && !field.value) {
    field.value = words.at(-1).replace(/[^\p{L}\p{N}.]+/gu, " ").trim();
  }
}
