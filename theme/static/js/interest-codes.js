// Where a row's paper meets interests: by the codes in the row (plugins/broadsheet/archive/codes.py
// makes them), and by the words that it shows.

/**
 * The CRC-32 of bytes (IEEE 802.3).
 * @param {Uint8Array} bytes
 */
function crc32(bytes) {
  let rest = ~0;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return ~rest >>> 0;
}

/**
 * The code of an interest: four characters, 24 bits.
 * @param {string} kind
 * @param {string} key
 */
export function codeOf(kind, key) {
  const sum = crc32(new TextEncoder().encode(`${kind}:${key}`));
  const packed = btoa(String.fromCharCode((sum >> 16) & 255, (sum >> 8) & 255, sum & 255));
  return packed.replace(/\+/g, "-").replace(/\//g, "_");
}

/**
 * Tells which interests a paper meets. Words are read as the search reads them (folded and stemmed);
 * of several words each must follow the other. What that takes is loaded where there are words only.
 * @param {Interest[]} list
 * @returns {Promise<(codes: string, shown: () => string) => Interest[]>}
 */
export async function matcher(list) {
  /** @type {Map<string, Interest>} */
  const coded = new Map();
  for (const one of list) if (one.kind !== "word") coded.set(codeOf(one.kind, one.key), one);
  const words = list.filter(({ kind }) => kind === "word");
  const version = new URL(import.meta.url).search;
  /** @type {((shown: string) => Interest[]) | null} */
  const inText = words.length ? (await import(`./interest-words.js${version}`)).finder(words) : null;
  return (codes, shown) => {
    /** @type {Interest[]} */
    const met = [];
    for (let at = 0; at + 4 <= codes.length; at += 4) {
      const one = coded.get(codes.slice(at, at + 4));
      if (one) met.push(one);
    }
    return inText ? [...met, ...inText(shown())] : met;
  };
}
