// Interests as values: words, authors, tags, topics and categories that a reader marks or mutes. They
// are kept in this browser as { version: 1, list }, and leave it only as a file or a link that the
// reader makes.

const KINDS = ["word", "author", "tag", "topic", "category"];
const MOST = 300; // interests that are kept
const LONGEST = 100; // letters of a name
const LONGEST_LINK = 30_000;
export const LINK = "#interests=";

/** @param {unknown} value */
const text = (value) =>
  typeof value === "string" ? value.slice(0, LONGEST).trim().replace(/\s+/g, " ").normalize("NFC") : "";

/**
 * What tells an interest from others of its kind, of a name as it is written. Tags and topics have
 * slugs, as in a search.
 * @param {Interest["kind"]} kind
 * @param {string} name
 */
export const keyOf = (kind, name) => {
  const lower = text(name).toLowerCase();
  return kind === "tag" || kind === "topic" ? lower.replace(/ /g, "-") : lower;
};

/**
 * An interest as it should be, of any JSON; null where it is none.
 * @param {any} value
 * @returns {Interest | null}
 */
function mendInterest(value) {
  const kind = value?.kind;
  if (!KINDS.includes(kind)) return null;
  const name = text(value.name) || text(value.key);
  const key = keyOf(kind, text(value.key) || name);
  return key && /[\p{L}\p{N}]/u.test(key) ? { kind, key, name, mute: value.mute === true } : null;
}

/**
 * A list of interests as it should be, of any JSON: what is kept, or what a file holds. Each stands
 * once, as it was said last.
 * @param {any} value
 * @returns {Interest[]}
 */
export function mendInterests(value) {
  const list = Array.isArray(value) ? value : value?.list;
  if (!Array.isArray(list)) return [];
  /** @type {Map<string, Interest>} */
  const sound = new Map();
  for (const one of list.map(mendInterest)) if (one) sound.set(`${one.kind}:${one.key}`, one);
  return [...sound.values()].slice(-MOST);
}

/**
 * @param {Store} store
 * @returns {Interest[]}
 */
export const kept = (store) => store.get("interests", mendInterests);

/**
 * Keeps a list, and gives it as it is kept.
 * @param {Store} store
 * @param {Interest[]} list
 */
export function keep(store, list) {
  const sound = mendInterests(list);
  store.set("interests", { version: 1, list: sound });
  dispatchEvent(new Event("arrange"));
  return sound;
}

/**
 * Whether an interest is marked or muted.
 * @param {Interest[]} list
 * @param {Pick<Interest, "kind" | "key">} which
 * @returns {"mark" | "mute" | ""}
 */
export function stateOf(list, { kind, key }) {
  const found = list.find((one) => one.kind === kind && one.key === key);
  return found ? (found.mute ? "mute" : "mark") : "";
}

/**
 * Marks, mutes or forgets ("") an interest. Another tab may have changed the list before.
 * @param {Store} store
 * @param {Pick<Interest, "kind" | "key" | "name">} which
 * @param {"mark" | "mute" | ""} state
 */
export function change(store, { kind, key, name }, state) {
  const others = kept(store).filter((one) => one.kind !== kind || one.key !== key);
  return keep(store, state ? [...others, { kind, key, name, mute: state === "mute" }] : others);
}

/** @param {Interest["kind"]} kind */
export const kindName = (kind) =>
  ({
    word: gettext("Word"),
    author: gettext("Author"),
    tag: gettext("Tag"),
    topic: gettext("Topic"),
    category: gettext("Category"),
  })[kind];

/**
 * The fragment of an address that shares interests. Browsers send no fragment to any server.
 * @param {Interest[]} list
 */
export function linkOf(list) {
  const rows = list.map(({ kind, key, name, mute }) => [KINDS.indexOf(kind), Number(mute), key, key === name ? 0 : name]);
  const bytes = new TextEncoder().encode(JSON.stringify(rows));
  const packed = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  return LINK + packed.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/**
 * The interests that an address's fragment shares; none where it holds none.
 * @param {string} hash
 * @returns {Interest[]}
 */
export function ofLink(hash) {
  if (!hash.startsWith(LINK) || hash.length > LONGEST_LINK) return [];
  try {
    const packed = atob(hash.slice(LINK.length).replace(/-/g, "+").replace(/_/g, "/"));
    const rows = JSON.parse(new TextDecoder().decode(Uint8Array.from(packed, (one) => one.charCodeAt(0))));
    return mendInterests(rows.map((/** @type {any} */ row) => ({ kind: KINDS[row[0]], mute: row[1] === 1, key: row[2], name: row[3] })));
  } catch {
    return [];
  }
}
