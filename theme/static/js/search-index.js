// The published index: its files, fetched when needed and kept, and what their bytes mean.
// docs/search-index.md describes the format; the Python package broadsheet.search writes it.

export const FORMAT = 3;
const LONGEST = 20; // terms of so many letters or more are in one list of the vocabulary
export const FIELDS = ["title", "abstract", "tags", "topic", "authors"];

// The index has another format, or was replaced while the page was open.
export class Outdated extends Error {}
// A file can't be fetched: no network, or a server error.
export class Unreachable extends Error {}

/**
 * @param {URL} url
 * @param {RequestCache} cache
 * @param {Promise<Response> | null} [early] the response, where it has been requested already
 * @returns {Promise<ArrayBuffer>}
 */
async function load(url, cache, early) {
  if (url.protocol === "file:") return loadLocal(url);
  let answer;
  try {
    answer = await (early ?? fetch(url, { cache }));
  } catch (problem) {
    throw new Unreachable(`${url.pathname} can't be fetched (${messageOf(problem)})`);
  }
  if (answer.status === 404 || answer.status === 410) {
    throw new Outdated(`${url.pathname} is gone`);
  }
  if (!answer.ok) throw new Unreachable(`${url.pathname} gave status ${answer.status}`);
  return answer.arrayBuffer();
}

/**
 * Reads a file from disk: some browsers can be set to allow it, though never by fetch().
 * @param {URL} url
 * @returns {Promise<ArrayBuffer>}
 */
function loadLocal(url) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = "arraybuffer";
    request.onload = () => resolve(request.response);
    request.onerror = () => reject(new Unreachable("this browser reads no files from disk"));
    request.send();
  });
}

/**
 * @param {ArrayBuffer} data
 * @param {URL} url
 */
async function inflate(data, url) {
  try {
    const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (problem) {
    throw new Outdated(`${url.pathname} is not a file of this index (${messageOf(problem)})`);
  }
}

/** @param {unknown} problem */
const messageOf = (problem) => (problem instanceof Error ? problem.message : String(problem));

// ---- decoding ----------------------------------------------------------------------------------

/** @param {string} text */
function frontDecoded(text) {
  if (text === "") return [];
  let before = "";
  return text.split("\n").map((line) => {
    before = before.slice(0, line.charCodeAt(0) - 33) + line.slice(1);
    return before;
  });
}

// Reads a shard's bytes: variable-length numbers (LEB128), and raw bytes.
class Cursor {
  /**
   * @param {Uint8Array} bytes
   * @param {number} at
   */
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.bytes[this.at++];
      value |= (byte & 127) << shift;
      if (!(byte & 128)) return value;
    }
  }

  /** @param {number} count */
  numbers(count) {
    return Array.from({ length: count }, () => this.number());
  }

  /** @param {number} count */
  take(count) {
    this.at += count;
    if (this.at > this.bytes.length) throw new Outdated("a part of the index is cut off");
    return this.bytes.subarray(this.at - count, this.at);
  }

  text() {
    return new TextDecoder().decode(this.take(this.number()));
  }
}

/**
 * A shard as a Map from each of its keys to a function that decodes the key's postings.
 * @param {Uint8Array} bytes
 * @param {boolean} hasCodes true for terms, false for facets
 * @param {number} start the generation's first paper
 * @param {number} size how many papers it has
 * @returns {Map<string, () => Postings>}
 */
function decodeShard(bytes, hasCodes, start, size) {
  const cursor = new Cursor(bytes);
  if (cursor.take(1)[0]) {
    /** @type {Postings | undefined} */
    let part;
    return new Map([[cursor.text(), () => (part ??= decodeAlone(cursor, hasCodes, start, size))]]);
  }
  const keys = frontDecoded(cursor.text());
  const counts = cursor.numbers(keys.length);
  const gaps = counts.map((count) => {
    const { at } = cursor;
    for (let left = count; left > 0; cursor.at++) if (bytes[cursor.at] < 128) left--;
    return at;
  });
  const codes = counts.map((count) => cursor.take(hasCodes ? count : 0));
  const escapes = codes.map((own) => decodeEscapes(own, cursor));
  if (cursor.at !== bytes.length) throw new Outdated("a shard of the index is cut off");
  return new Map(
    keys.map((key, i) => [
      key,
      () => {
        const papers = new Int32Array(counts[i]);
        const steps = new Cursor(bytes, gaps[i]);
        let paper = start;
        for (let n = 0; n < papers.length; n++) papers[n] = paper += steps.number();
        return postings({ papers, codes: numbered(codes[i]), escapes: escapes[i] });
      },
    ]),
  );
}

const ESCAPE = 255; // in a file: frequencies that fit no code
export const LOW_WEIGHT = 256; // in `codes`: one of the codes of low weight, not known yet
const ESCAPED = 257; // in `codes`: from here on, places in `escapes`

/**
 * @param {Pick<Postings, "papers" | "codes" | "escapes">} read
 * @returns {Postings}
 */
const postings = (read) => ({ ...read, lowWeight: null, deferred: "", times: [], weights: [] });

/**
 * @param {Uint8Array} codes
 * @param {Cursor} cursor
 */
const decodeEscapes = (codes, cursor) =>
  Array.from(codes.filter((code) => code === ESCAPE), () => cursor.numbers(FIELDS.length));

/** @param {Uint8Array} codes */
function numbered(codes) {
  let next = ESCAPED;
  return Uint32Array.from(codes, (code) => (code === ESCAPE ? next++ : code));
}

/**
 * A common key's postings, from its count on.
 * @param {Cursor} cursor
 * @param {boolean} hasCodes
 * @param {number} start
 * @param {number} size
 */
function decodeAlone(cursor, hasCodes, start, size) {
  const count = cursor.number();
  const papers = new Int32Array(count);
  let next = 0;
  eachBit(cursor, size, (is, i) => {
    if (is) papers[next++] = start + i;
  });
  const part = postings({ papers, codes: new Uint32Array(hasCodes ? count : 0), escapes: [] });
  if (!hasCodes) return part;
  let others = 0;
  eachBit(cursor, count, (is, i) => {
    others += is;
    if (!is) part.codes[i] = LOW_WEIGHT;
  });
  const own = cursor.take(others);
  part.escapes = decodeEscapes(own, cursor);
  next = 0;
  const codes = numbered(own);
  for (let i = 0; i < count; i++) if (part.codes[i] !== LOW_WEIGHT) part.codes[i] = codes[next++];
  /** @type {[number, number][]} */
  const lowWeight = Array.from({ length: cursor.number() }, () => [cursor.take(1)[0], cursor.number()]);
  part.lowWeight = lowWeight;
  if (cursor.take(1)[0]) return part;
  return resolved(part, lowWeight, lowWeight.length > 1 ? cursor.take(count - others) : null);
}

/**
 * @param {Cursor} cursor
 * @param {number} count
 * @param {(bit: number, i: number) => void} act
 */
function eachBit(cursor, count, act) {
  const bytes = cursor.take((count + 7) >> 3);
  for (let i = 0; i < count; i++) act((bytes[i >> 3] >> (i & 7)) & 1, i);
}

/**
 * Postings with their codes of low weight filled in.
 * @param {Postings} part
 * @param {[number, number][]} lowWeight
 * @param {Uint8Array | null} codes null where there is only one such code
 */
function resolved(part, lowWeight, codes) {
  let next = 0;
  part.codes.forEach((code, i) => {
    if (code === LOW_WEIGHT) part.codes[i] = codes ? codes[next++] : lowWeight[0][0];
  });
  part.lowWeight = null;
  return part;
}

/**
 * The term's frequency in title, abstract, tags, topic and authors.
 * @param {number} code
 */
function timesOf(code) {
  if (code < 128) return [(code >> 3) & 3, code & 7, (code >> 5) & 1, code >> 6, 0];
  if (code < 192) return [(code >> 3) & 3, (code & 7) + 8, 0, (code >> 5) & 1, 0];
  return [0, 0, 0, 0, code - 191];
}

/**
 * A term with its papers and, for each code that they have, its weight in each field by BM25, as
 * lunr.py's builder computes it (see plugins/broadsheet/search/fields.py).
 * @param {string} term
 * @param {Postings[]} parts
 * @param {{ count: number, k1: number, b: number, fields: Record<string, number> }} settings
 * @returns {Term}
 */
export function weigh(term, parts, { count, k1, b, fields }) {
  let holders = 0; // as Lunr counts them: once for each field that holds the term
  for (const part of parts) {
    const seen = new Uint32Array(ESCAPED + part.escapes.length);
    for (const code of part.codes) seen[code]++;
    for (const [code, papers] of part.lowWeight ?? []) seen[code] = papers;
    part.times = [];
    seen.forEach((papers, code) => {
      if (papers === 0 || code === LOW_WEIGHT) return;
      const times = code < LOW_WEIGHT ? timesOf(code) : part.escapes[code - ESCAPED];
      part.times[code] = times;
      holders += papers * times.filter((often) => often > 0).length;
    });
  }
  const rarity = Math.log(1 + Math.abs((count - holders + 0.5) / (holders + 0.5)));
  for (const part of parts) {
    part.weights = part.times.map((times) =>
      times.map((often, field) =>
        often === 0
          ? 0
          : rounded(((rarity * ((k1 + 1) * often)) / (k1 * (1 - b) + often)) * fields[FIELDS[field]]),
      ),
    );
  }
  return { term, parts, rarity };
}

/**
 * Python's round(number, 3): to the nearest, decided by the number's exact value.
 * @param {number} number
 */
function rounded(number) {
  const thousands = number * 1000;
  const down = Math.floor(thousands);
  if (Math.abs(thousands - down - 0.5) < 1e-6) return Number(number.toFixed(3));
  return Math.round(thousands) / 1000;
}

/**
 * @typedef {{ nodes: Set<Lunr.TokenSet>, final: boolean, next: Map<string, State | null> }} State
 */

/**
 * The words (sorted) that one of Lunr's token sets, an automaton, accepts: what
 * lunr.TokenSet#intersect finds, without a token set of all words.
 * @param {Lunr.TokenSet} pattern
 * @param {string[]} words
 */
export function accepted(pattern, words) {
  /** @type {Map<string, State>} */
  const states = new Map();
  /** @param {Set<Lunr.TokenSet>} nodes */
  const stateOf = (nodes) => {
    const name = [...nodes].map(({ id }) => id).sort((a, b) => a - b).join();
    let state = states.get(name);
    if (!state) {
      state = { nodes, final: [...nodes].some(({ final }) => final), next: new Map() };
      states.set(name, state);
    }
    return state;
  };
  /**
   * @param {State} state
   * @param {string} unit
   */
  const step = (state, unit) => {
    let next = state.next.get(unit);
    if (next === undefined) {
      /** @type {Set<Lunr.TokenSet>} */
      const nodes = new Set();
      for (const { edges } of state.nodes) {
        if (Object.hasOwn(edges, unit)) nodes.add(edges[unit]);
        if (Object.hasOwn(edges, "*")) nodes.add(edges["*"]);
      }
      next = nodes.size ? stateOf(nodes) : null;
      state.next.set(unit, next);
    }
    return next;
  };
  const found = [];
  const path = [stateOf(new Set([pattern]))]; // the state after each of the word's letters
  let before = "";
  let alive = 0; // how many letters of the word before were accepted
  for (const word of words) {
    let depth = 0;
    while (depth < alive && depth < word.length && word[depth] === before[depth]) depth++;
    before = word;
    while (depth < word.length) {
      const next = step(path[depth], word[depth]);
      if (next === null) break;
      path[++depth] = next;
    }
    alive = depth;
    if (depth === word.length && depth > 0 && path[depth].final) found.push(word);
  }
  return found;
}

// ---- files -------------------------------------------------------------------------------------

/**
 * The last place of a sorted list whose entry isn't greater than the key (binary search).
 * @template {string | number} Key
 * @param {Key} key
 * @param {Key[]} directory
 */
function placeOf(key, directory) {
  let low = 0;
  let high = directory.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (directory[middle] <= key) low = middle;
    else high = middle;
  }
  return low;
}

export class Index {
  /**
   * @param {URL} base the folder search/ of the site
   * @param {Promise<Response> | null} early the manifest's response, where it has been requested already
   */
  static async open(base, early = null) {
    const url = new URL("manifest.json", base);
    let data;
    try {
      data = await load(url, "no-cache", early);
    } catch (problem) {
      if (!(problem instanceof Unreachable) || url.protocol === "file:") throw problem;
      data = await load(url, "force-cache"); // offline: the manifest as it was last
    }
    let manifest;
    try {
      manifest = JSON.parse(new TextDecoder().decode(data));
    } catch {
      throw new Outdated("the index's manifest can't be read");
    }
    if (manifest.format !== FORMAT) {
      throw new Outdated(`the index has format ${manifest.format}, this page reads ${FORMAT}`);
    }
    return new Index(base, manifest);
  }

  /**
   * @param {URL} base
   * @param {Manifest} manifest
   */
  constructor(base, manifest) {
    this.base = base;
    this.manifest = manifest;
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
    /** @type {Generation[]} */
    this.generations = [];
    let start = 0;
    for (const { name, papers, terms } of manifest.generations) {
      this.generations.push({ name, start, papers, terms: frontDecoded(terms) });
      start += papers;
    }
    this.papers = start;
    const { k1, b, fields } = manifest;
    this.settings = { count: start, k1, b, fields };
    /** @type {{ date: string, start: number, count: number }[]} */
    this.days = []; // oldest first
    /** @type {{ name: string, start: number }[]} */
    this.units = [];
    let first = 0;
    for (const { name, days: [date, ...days] } of manifest.units) {
      this.units.push({ name, start: first });
      let day = Date.parse(date);
      for (let i = 0; i < days.length; i += 2) {
        if (i > 0) day += days[i - 1] * 86400000;
        const date = new Date(day).toISOString().slice(0, 10);
        this.days.push({ date, start: first, count: days[i] });
        first += days[i];
      }
    }
    if (first !== start) throw new Outdated("the index's parts don't belong together");
  }

  /**
   * A file's bytes, decompressed and decoded by `read`; fetched once. Names hold a hash of the
   * contents, so that a cached copy of any age is right; a failure isn't kept.
   * @template Value
   * @param {string} path
   * @param {(bytes: Uint8Array) => Value} read
   * @returns {Promise<Value>}
   */
  file(path, read) {
    let promise = this.files.get(path);
    if (!promise) {
      const url = new URL(path, this.base);
      promise = load(url, "force-cache")
        .then((data) => inflate(data, url))
        .then(read);
      this.files.set(path, promise);
      promise.catch(() => this.files.delete(path));
    }
    return promise;
  }

  /**
   * A file of keys, front-coded.
   * @param {string} path
   */
  keys(path) {
    return this.file(path, (bytes) => frontDecoded(new TextDecoder().decode(bytes)));
  }

  /** @param {string} path */
  has(path) {
    return this.files.has(path);
  }

  /**
   * A generation's directory: the first keys of its shards, truncated.
   * @param {Generation} generation
   * @param {string} kind
   */
  async directory({ name, terms }, kind) {
    return kind === "t" ? terms : this.keys(`${name}/facets.bin`);
  }

  /**
   * @param {Generation} generation
   * @param {string} kind
   * @param {number} place
   */
  shard({ name, start, papers }, kind, place) {
    return this.file(`${name}/${kind}${place}.bin`, (bytes) =>
      decodeShard(bytes, kind === "t", start, papers),
    );
  }

  /**
   * The postings in all generations of each key that some generation holds.
   * @param {"t" | "f"} kind terms or facets
   * @param {string[]} keys
   */
  async postings(kind, keys) {
    /** @type {Map<string, Postings[]>} */
    const found = new Map();
    /** @type {[Generation, number, string[]][]} */
    const wanted = [];
    for (const generation of this.generations) {
      const directory = keys.length ? await this.directory(generation, kind) : [];
      if (directory.length === 0) continue;
      /** @type {Map<number, string[]>} */
      const byPlace = new Map();
      for (const key of keys) {
        const place = placeOf(key, directory);
        const held = byPlace.get(place);
        if (held) held.push(key);
        else byPlace.set(place, [key]);
      }
      for (const [place, held] of byPlace) wanted.push([generation, place, held]);
    }
    /** @type {Map<object, Map<string, () => Postings>>} */
    const shards = new Map();
    await inParallel(wanted, async (one) => {
      shards.set(one, await this.shard(one[0], kind, one[1]));
    });
    for (const one of wanted) {
      const [generation, place, held] = one;
      for (const key of held) {
        const part = shards.get(one)?.get(key)?.();
        if (!part) continue;
        part.deferred = `${generation.name}/t${place}l.bin`;
        const parts = found.get(key);
        if (parts) parts.push(part);
        else found.set(key, [part]);
      }
    }
    return found;
  }

  /**
   * Fetches deferred postings: fills in codes of low weight.
   * @param {Postings[]} parts
   */
  async resolve(parts) {
    await Promise.all(
      parts.map(async (part) => {
        const codes = await this.file(part.deferred, (bytes) => bytes);
        if (part.lowWeight) resolved(part, part.lowWeight, codes);
      }),
    );
  }

  /**
   * All keys that start with a prefix, in order, each once.
   * @param {"t" | "f"} kind
   * @param {string} prefix
   */
  async keysFrom(kind, prefix) {
    const last = `${prefix}\uffff`;
    /** @type {[Generation, number][]} */
    const wanted = [];
    for (const generation of this.generations) {
      const directory = await this.directory(generation, kind);
      if (directory.length === 0) continue;
      const end = placeOf(last, directory);
      for (let place = placeOf(prefix, directory); place <= end; place++) {
        wanted.push([generation, place]);
      }
    }
    /** @type {Set<string>} */
    const keys = new Set();
    await inParallel(wanted, async ([generation, place]) => {
      for (const key of (await this.shard(generation, kind, place)).keys()) {
        if (key.startsWith(prefix)) keys.add(key);
      }
    });
    return [...keys].sort(byCodeUnits);
  }

  /**
   * The number of shards of terms that keysFrom() would have to fetch.
   * @param {string} prefix
   */
  shardsFrom(prefix) {
    let missing = 0;
    for (const { name, terms } of this.generations) {
      if (terms.length === 0) continue;
      const end = placeOf(`${prefix}\uffff`, terms);
      for (let place = placeOf(prefix, terms); place <= end; place++) {
        if (!this.has(`${name}/t${place}.bin`)) missing++;
      }
    }
    return missing;
  }

  /** @param {string} key */
  shardOf(key) {
    return this.generations
      .filter(({ terms }) => terms.length)
      .map(({ name, terms }) => `${name}/t${placeOf(key, terms)}.bin`);
  }

  /**
   * All terms of `least` to `most` letters, in sorted lists.
   * @param {number} least
   * @param {number} most
   */
  vocabulary(least, most) {
    /** @type {number[]} */
    const lists = [];
    for (let length = Math.max(least, 1); length <= Math.min(most, LONGEST); length++) lists.push(length);
    if (most > LONGEST && least > LONGEST) lists.push(LONGEST);
    return Promise.all(
      this.generations.flatMap(({ name }) =>
        lists.map((length) => this.keys(`${name}/v${length}.bin`)),
      ),
    );
  }

  // The words to complete and suggest: a Map from word to the bit length of its occurrences. Where
  // there are closed months, only their words.
  async words() {
    /** @type {Map<string, number>} */
    const words = new Map();
    const [generation] = this.generations;
    if (!generation) return words;
    for (const line of await this.keys(`${generation.name}/words.bin`)) words.set(line.slice(0, -1), line.charCodeAt(line.length - 1) - 48);
    return words;
  }

  /**
   * A paper's card.
   * @param {number} paper
   * @returns {Promise<Card>}
   */
  async card(paper) {
    const { name, start } = this.units[placeOf(paper, this.units.map(({ start }) => start))];
    const place = paper - start;
    const { cardsPerFile: size, topics } = this.manifest;
    const cards = await this.file(`cards/${name}/${Math.floor(place / size)}.bin`, (bytes) =>
      JSON.parse(new TextDecoder().decode(bytes)),
    );
    const [url, title, topic, authors, authorCount, abstract] = cards[place % size];
    const { date } = this.days[placeOf(paper, this.days.map(({ start }) => start))];
    return { url, date, title, topic, topicName: topics[topic], authors, authorCount, abstract };
  }

  /**
   * The papers of all days from one date to another, as [first, end).
   * @param {string} from
   * @param {string} to
   */
  span(from, to) {
    let first = this.papers;
    let end = 0;
    for (const { date, start, count } of this.days) {
      if (date < from || date > to) continue;
      first = Math.min(first, start);
      end = Math.max(end, start + count);
    }
    return first < end ? [first, end] : [0, 0];
  }
}

/**
 * @param {string} a
 * @param {string} b
 */
export const byCodeUnits = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Runs jobs with at most 16 at once: a wildcard may ask for hundreds of shards.
 * @template Job
 * @param {Job[]} jobs
 * @param {(job: Job) => Promise<void>} run
 */
async function inParallel(jobs, run) {
  let next = 0;
  const worker = async () => {
    while (next < jobs.length) await run(jobs[next++]);
  };
  await Promise.all(Array.from({ length: Math.min(16, jobs.length) }, worker));
}
