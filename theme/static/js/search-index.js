// The published index: its files, fetched when needed and kept, and what their bytes mean.
// docs/search-index.md describes the format; the Python package broadsheet.search writes it.

export const FORMAT = 2;
const LONGEST = 20; // of terms so long or longer there is one list
export const FIELDS = ["title", "abstract", "tags", "topic", "authors"];

// The index isn't the one that this page knows, or was replaced while the page was open.
export class Outdated extends Error {}
// A file can't be had: no network, or a server in trouble.
export class Unreachable extends Error {}

async function load(url, cache, early) {
  if (url.protocol === "file:") return loadLocal(url);
  let answer;
  try {
    answer = await (early ?? fetch(url, { cache }));
  } catch (problem) {
    throw new Unreachable(`${url.pathname} can't be fetched (${problem.message})`);
  }
  if (answer.status === 404 || answer.status === 410) {
    throw new Outdated(`${url.pathname} is gone`);
  }
  if (!answer.ok) throw new Unreachable(`${url.pathname} gave status ${answer.status}`);
  return answer.arrayBuffer();
}

// Some browsers can be set to let a page read files beside it, though never by fetch().
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

async function inflate(data, url) {
  try {
    const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (problem) {
    throw new Outdated(`${url.pathname} is not a file of this index (${problem.message})`);
  }
}

// ---- what the bytes mean -----------------------------------------------------------------------

function frontDecoded(text) {
  if (text === "") return [];
  let before = "";
  return text.split("\n").map((line) => {
    before = before.slice(0, line.charCodeAt(0) - 33) + line.slice(1);
    return before;
  });
}

// Reads a shard's bytes: variable-length numbers, and so many bytes as they are.
class Cursor {
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

  numbers(count) {
    return Array.from({ length: count }, () => this.number());
  }

  take(count) {
    this.at += count;
    if (this.at > this.bytes.length) throw new Outdated("a part of the index is cut off");
    return this.bytes.subarray(this.at - count, this.at);
  }

  text() {
    return new TextDecoder().decode(this.take(this.number()));
  }
}

// A shard: from each of its keys to a function that gives the key's postings, {papers, codes, rare,
// light}: ascending numbers of papers from `start` on, of `size`; for terms a code for each, of
// which those from RARE on stand for `rare[code - RARE]`, how often the term is in each field.
function decodeShard(bytes, hasCodes, start, size) {
  const cursor = new Cursor(bytes);
  if (cursor.take(1)[0]) {
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
  const rare = codes.map((own) => decodeRare(own, cursor));
  if (cursor.at !== bytes.length) throw new Outdated("a shard of the index is cut off");
  return new Map(
    keys.map((key, i) => [
      key,
      () => {
        const papers = new Int32Array(counts[i]);
        const steps = new Cursor(bytes, gaps[i]);
        let paper = start;
        for (let n = 0; n < papers.length; n++) papers[n] = paper += steps.number();
        return { papers, codes: numbered(codes[i]), rare: rare[i], light: null };
      },
    ]),
  );
}

const APART = 255; // in bytes
export const LIGHT = 256; // in `codes`: one of the light ones, to be told later
const RARE = 257;

const decodeRare = (codes, cursor) =>
  Array.from(codes.filter((code) => code === APART), () => cursor.numbers(FIELDS.length));

function numbered(codes) {
  let next = RARE;
  return Uint32Array.from(codes, (code) => (code === APART ? next++ : code));
}

// A common key's postings, from its count on. `light` holds [code, how many] of the codes that are
// told later, if any are.
function decodeAlone(cursor, hasCodes, start, size) {
  const count = cursor.number();
  const papers = new Int32Array(count);
  let next = 0;
  eachBit(cursor, size, (is, i) => {
    if (is) papers[next++] = start + i;
  });
  const part = { papers, codes: new Uint32Array(hasCodes ? count : 0), rare: [], light: null };
  if (!hasCodes) return part;
  let heavy = 0;
  eachBit(cursor, count, (is, i) => {
    heavy += is;
    if (!is) part.codes[i] = LIGHT;
  });
  const own = cursor.take(heavy);
  part.rare = decodeRare(own, cursor);
  next = 0;
  const codes = numbered(own);
  for (let i = 0; i < count; i++) if (part.codes[i] !== LIGHT) part.codes[i] = codes[next++];
  part.light = Array.from({ length: cursor.number() }, () => [cursor.take(1)[0], cursor.number()]);
  if (cursor.take(1)[0]) return part;
  return told(part, part.light.length > 1 && cursor.take(count - heavy));
}

function eachBit(cursor, count, act) {
  const bytes = cursor.take((count + 7) >> 3);
  for (let i = 0; i < count; i++) act((bytes[i >> 3] >> (i & 7)) & 1, i);
}

// Postings with their light codes put in, of which there may be only one.
function told(part, codes) {
  let next = 0;
  const { light } = part;
  part.codes.forEach((code, i) => {
    if (code === LIGHT) part.codes[i] = codes ? codes[next++] : light[0][0];
  });
  part.light = null;
  return part;
}

// How often the term is in title, abstract, tags, topic, authors.
function timesOf(code) {
  if (code < 128) return [(code >> 3) & 3, code & 7, (code >> 5) & 1, code >> 6, 0];
  if (code < 192) return [(code >> 3) & 3, (code & 7) + 8, 0, (code >> 5) & 1, 0];
  return [0, 0, 0, 0, code - 191];
}

// A term with its papers and, for each code that they have, its weight in each field, as lunr.py's
// builder computes it.
export function weigh(term, parts, { count, k1, b, fields }) {
  let holders = 0; // as Lunr counts them: once for each field that holds the term
  for (const part of parts) {
    const seen = new Uint32Array(RARE + part.rare.length);
    for (const code of part.codes) seen[code]++;
    for (const [code, papers] of part.light ?? []) seen[code] = papers;
    part.times = [];
    seen.forEach((papers, code) => {
      if (papers === 0 || code === LIGHT) return;
      const times = code < LIGHT ? timesOf(code) : part.rare[code - RARE];
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

// Python's round(number, 3): to the nearest, decided by the number's exact value.
function rounded(number) {
  const thousands = number * 1000;
  const down = Math.floor(thousands);
  if (Math.abs(thousands - down - 0.5) < 1e-6) return Number(number.toFixed(3));
  return Math.round(thousands) / 1000;
}

// The words (sorted) that one of Lunr's token sets accepts: what lunr.TokenSet#intersect finds,
// without building a token set of all words.
export function accepted(pattern, words) {
  const states = new Map();
  const stateOf = (nodes) => {
    const name = [...nodes].map(({ id }) => id).sort((a, b) => a - b).join();
    if (!states.has(name)) {
      states.set(name, { nodes, final: [...nodes].some(({ final }) => final), next: new Map() });
    }
    return states.get(name);
  };
  const step = (state, unit) => {
    let next = state.next.get(unit);
    if (next === undefined) {
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

// ---- the files ---------------------------------------------------------------------------------

// A sorted list's last place whose entry isn't greater than the key.
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
  // `base` is the URL of the folder search/ of the site; `early` the manifest's answer, where it has
  // been asked for already.
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

  constructor(base, manifest) {
    this.base = base;
    this.manifest = manifest;
    this.files = new Map();
    this.generations = [];
    let start = 0;
    for (const { name, papers, terms } of manifest.generations) {
      this.generations.push({ name, start, papers, terms: frontDecoded(terms) });
      start += papers;
    }
    this.papers = start;
    const { k1, b, fields } = manifest;
    this.settings = { count: start, k1, b, fields };
    this.days = []; // {date, start, count}, oldest first
    this.units = [];
    let first = 0;
    for (const { name, days } of manifest.units) {
      this.units.push({ name, start: first });
      let day = Date.parse(days[0]);
      for (let i = 0; i < days.length; i += 2) {
        if (i > 0) day += days[i] * 86400000;
        const date = new Date(day).toISOString().slice(0, 10);
        this.days.push({ date, start: first, count: days[i + 1] });
        first += days[i + 1];
      }
    }
    if (first !== start) throw new Outdated("the index's parts don't belong together");
  }

  // A file's bytes, decompressed and read by `read`; fetched once. Names hold a hash of what is in
  // the file, so that a copy of any age serves; a failure isn't kept.
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

  // A file of keys, front-coded.
  keys(path) {
    return this.file(path, (bytes) => frontDecoded(new TextDecoder().decode(bytes)));
  }

  has(path) {
    return this.files.has(path);
  }

  // The first keys of a generation's shards, cut short.
  async directory({ name, terms }, kind) {
    return kind === "t" ? terms : this.keys(`${name}/facets.bin`);
  }

  shard({ name, start, papers }, kind, place) {
    return this.file(`${name}/${kind}${place}.bin`, (bytes) =>
      decodeShard(bytes, kind === "t", start, papers),
    );
  }

  // Postings of keys over all generations: a Map from each key that is anywhere to a list of
  // {papers, codes, rare, light}. `kind` is "t" for terms, "f" for facets.
  async postings(kind, keys) {
    const found = new Map();
    const wanted = [];
    for (const generation of this.generations) {
      const directory = keys.length ? await this.directory(generation, kind) : [];
      if (directory.length === 0) continue;
      const byPlace = new Map();
      for (const key of keys) {
        const place = placeOf(key, directory);
        if (!byPlace.has(place)) byPlace.set(place, []);
        byPlace.get(place).push(key);
      }
      for (const [place, held] of byPlace) wanted.push([generation, place, held]);
    }
    await inParallel(wanted, async (one) => {
      one.push(await this.shard(one[0], kind, one[1]));
    });
    for (const [generation, place, held, shard] of wanted) {
      for (const key of held) {
        const part = shard.get(key)?.();
        if (!part) continue;
        part.later = `${generation.name}/t${place}l.bin`;
        if (!found.has(key)) found.set(key, []);
        found.get(key).push(part);
      }
    }
    return found;
  }

  // Has the light codes of some postings told.
  async tell(parts) {
    await Promise.all(
      parts.map(async (part) => {
        const codes = await this.file(part.later, (bytes) => bytes);
        if (part.light) told(part, codes);
      }),
    );
  }

  // All keys that start with a prefix, in order, each once.
  async keysFrom(kind, prefix) {
    const last = prefix + "\uffff";
    const wanted = [];
    for (const generation of this.generations) {
      const directory = await this.directory(generation, kind);
      if (directory.length === 0) continue;
      const end = placeOf(last, directory);
      for (let place = placeOf(prefix, directory); place <= end; place++) {
        wanted.push([generation, place]);
      }
    }
    const keys = new Set();
    await inParallel(wanted, async ([generation, place]) => {
      for (const key of (await this.shard(generation, kind, place)).keys()) {
        if (key.startsWith(prefix)) keys.add(key);
      }
    });
    return [...keys].sort(byCodeUnits);
  }

  // How many shards of terms keysFrom() would need that aren't loaded yet.
  shardsFrom(prefix) {
    let missing = 0;
    for (const { name, terms } of this.generations) {
      if (terms.length === 0) continue;
      const end = placeOf(prefix + "\uffff", terms);
      for (let place = placeOf(prefix, terms); place <= end; place++) {
        if (!this.has(`${name}/t${place}.bin`)) missing++;
      }
    }
    return missing;
  }

  shardOf(key) {
    return this.generations
      .filter(({ terms }) => terms.length)
      .map(({ name, terms }) => `${name}/t${placeOf(key, terms)}.bin`);
  }

  // Every term of so many letters there is, in lists that are in order.
  vocabulary(least, most) {
    const lists = [];
    for (let length = Math.max(least, 1); length <= Math.min(most, LONGEST); length++) lists.push(length);
    if (most > LONGEST && least > LONGEST) lists.push(LONGEST);
    return Promise.all(
      this.generations.flatMap(({ name }) =>
        lists.map((length) => this.keys(`${name}/v${length}.bin`)),
      ),
    );
  }

  // The words to complete and suggest: a Map from word to how common it is (a logarithm). Those of
  // the closed months are enough, where there are any.
  async words() {
    const words = new Map();
    const [generation] = this.generations;
    if (!generation) return words;
    for (const line of await this.keys(`${generation.name}/words.bin`)) words.set(line.slice(0, -1), line.charCodeAt(line.length - 1) - 48);
    return words;
  }

  // A paper's card.
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

  // The papers of all days from one date to another, as [first, end).
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

export const byCodeUnits = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

// At most a few requests at once: a wildcard may ask for hundreds of shards.
async function inParallel(jobs, run) {
  let next = 0;
  const worker = async () => {
    while (next < jobs.length) await run(jobs[next++]);
  };
  await Promise.all(Array.from({ length: Math.min(16, jobs.length) }, worker));
}
