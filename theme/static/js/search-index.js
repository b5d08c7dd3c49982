// The published index: its files, fetched when needed and kept. docs/search-index.md describes the
// format; the Python package broadsheet.search writes it.

import { cardOf, Cursor, decodeShard, frontDecoded, resolved, topicRuns } from "./search-decode.js";
import { Outdated, Unreachable, inflate, loadFile, asOutdated } from "./search-files.js";

export const FORMAT = 4;
const MOST_PAPERS = 2 ** 24;
const NAME_OF_PART = /^[0-9a-f]{12}$/;
const LONGEST_LISTED = 20; // terms of so many letters or more are in one list of the vocabulary
const COMMON = 6; // bit length of the least number of occurrences of a common word

/**
 * The name of the list of written words with a word's first letter; "" is that of common ones.
 * @param {string} word
 */
export const listOf = (word) => /^[a-z]/.exec(word)?.[0] ?? "0";

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
      data = await loadFile(url, "no-cache", early);
    } catch (problem) {
      if (!(problem instanceof Unreachable) || url.protocol === "file:") throw problem;
      data = await loadFile(url, "force-cache"); // offline: the manifest as it was last
    }
    return asOutdated("the manifest", () => {
      const manifest = JSON.parse(new TextDecoder().decode(data));
      if (manifest.format !== FORMAT) {
        throw new Outdated(`the index has format ${manifest.format}, this page reads ${FORMAT}`);
      }
      return new Index(base, manifest);
    });
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
    // A name is a part of a path: nothing but ours leads to this site alone.
    if (![...manifest.generations, ...manifest.units].every(({ name }) => NAME_OF_PART.test(name))) throw new Outdated("a name of the index is damaged");
    for (const one of manifest.generations) {
      this.generations.push({ ...one, start, terms: frontDecoded(one.terms), ids: frontDecoded(one.ids) });
      start += one.papers;
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
    if (first !== start || !(start <= MOST_PAPERS)) throw new Outdated("the index's parts don't belong together");
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
      promise = loadFile(url, "force-cache")
        .then((data) => inflate(data, url))
        .then((bytes) => asOutdated(url.pathname, () => read(bytes)));
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
  async directory({ name, terms, ids }, kind) {
    if (kind === "f") return this.keys(`${name}/facets.bin`);
    return kind === "t" ? terms : ids;
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
   * @param {"t" | "f" | "i"} kind terms, facets or identifiers
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
      for (const key of new Set(keys)) {
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
        const read = shards.get(one)?.get(key);
        if (!read) continue;
        const part = asOutdated("a shard", read);
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
   * The number of shards of terms (or facets) that keysFrom() would have to fetch.
   * @param {string} prefix
   */
  shardsFrom(prefix) {
    return this.missing("t", prefix, this.generations.map(({ terms }) => terms));
  }

  /** @param {string} prefix */
  async facetsFrom(prefix) {
    return this.missing("f", prefix, await Promise.all(this.generations.map((one) => this.directory(one, "f"))));
  }

  /**
   * @param {string} kind
   * @param {string} prefix
   * @param {string[][]} directories the generations' directories
   */
  missing(kind, prefix, directories) {
    let missing = 0;
    directories.forEach((directory, i) => {
      if (directory.length === 0) return;
      const end = placeOf(`${prefix}\uffff`, directory);
      for (let place = placeOf(prefix, directory); place <= end; place++) {
        if (!this.has(`${this.generations[i].name}/${kind}${place}.bin`)) missing++;
      }
    });
    return missing;
  }

  /** @param {string} key */
  shardOf(key) {
    return this.generations
      .filter(({ terms }) => terms.length)
      .map(({ name, terms }) => `${name}/t${placeOf(key, terms)}.bin`);
  }

  /**
   * All terms of `least` to `most` letters, in sorted lists; of a small generation all terms.
   * @param {number} least
   * @param {number} most
   */
  vocabulary(least, most) {
    /** @type {number[]} */
    const lists = [];
    for (let length = 1; length <= LONGEST_LISTED; length++) {
      if (length <= most && (length >= least || length === LONGEST_LISTED)) lists.push(length);
    }
    return Promise.all(
      this.generations.flatMap(({ name, whole }) =>
        (whole ? [""] : lists).map((length) => this.keys(`${name}/v${length}.bin`)),
      ),
    );
  }

  /**
   * The written forms in titles and names with a first letter ("0": of others than a to z; "": common ones
   * of any), each with the bit length of its number of occurrences, in lists.
   * @param {string} name
   * @returns {Promise<[form: string, common: number][][]>}
   */
  async spellings(name) {
    return Promise.all(
      this.generations.map(async (one) =>
        (await this.keys(`${one.name}/s${one.whole ? "" : name}.bin`))
          .map(counted)
          .filter(([word, common]) => (name ? listOf(word) === name : common >= COMMON)),
      ),
    );
  }

  // The votes of each paper.
  async votes() {
    const lists = await Promise.all(
      this.generations.map(({ name, papers }) =>
        this.file(`${name}/votes.bin`, (bytes) => new Cursor(bytes).numbers(papers)),
      ),
    );
    return Uint32Array.from(lists.flat());
  }

  // The topics of each generation's papers, and where these begin.
  topics() {
    return Promise.all(
      this.generations.map(async ({ name, start, papers }) => ({
        ...(await this.file(`${name}/topics.bin`, (bytes) => topicRuns(bytes, papers))),
        start,
      })),
    );
  }

  // The words to complete and suggest: a Map from word to the bit length of its occurrences. Where
  // there are closed months, only their words.
  async words() {
    /** @type {Map<string, number>} */
    const words = new Map();
    const [generation] = this.generations;
    if (!generation) return words;
    for (const line of await this.keys(`${generation.name}/words.bin`)) words.set(...counted(line));
    return words;
  }

  /**
   * The file of a paper's card, and the paper's place among the cards of its unit.
   * @param {number} paper
   */
  placeOfCard(paper) {
    const { name, start } = this.units[placeOf(paper, this.units.map(({ start }) => start))];
    const place = paper - start;
    return { path: `cards/${name}/${Math.floor(place / this.manifest.cardsPerFile)}.bin`, place };
  }

  /**
   * A paper's card.
   * @param {number} paper
   * @returns {Promise<Card>}
   */
  async card(paper) {
    const { path, place } = this.placeOfCard(paper);
    const { cardsPerFile: size, topics } = this.manifest;
    const cards = await this.file(path, (bytes) => JSON.parse(new TextDecoder().decode(bytes)));
    const [url, title, topic, authors, authorCount, abstract, tags, identifiers] = cardOf(cards, place % size);
    const { date } = this.days[placeOf(paper, this.days.map(({ start }) => start))];
    return { url, date, title, topic, topicName: Object.hasOwn(topics, topic) ? topics[topic] : "", authors, authorCount, abstract, tags, identifiers };
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
 * A word, and the number that its last character stands for: the bit length of its occurrences.
 * @param {string} line
 * @returns {[word: string, common: number]}
 */
const counted = (line) => [line.slice(0, -1), line.charCodeAt(line.length - 1) - 48];

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
