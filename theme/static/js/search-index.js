// The published index: its files, fetched when needed and kept, and what their bytes mean.
// docs/search-index.md describes the format; the Python package broadsheet.search writes it.

export const FORMAT = 1;
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

export function frontDecoded(text) {
  if (text === "") return [];
  let before = "";
  return text.split("\n").map((line) => {
    before = before.slice(0, line.charCodeAt(0) - 33) + line.slice(1);
    return before;
  });
}

// A shard: its keys, and where in its bytes each key's postings stand.
export function decodeShard(bytes, hasCodes) {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const length = number();
  const text = new TextDecoder().decode(bytes.subarray(at, at + length));
  at += length;
  const keys = frontDecoded(text);
  const counts = keys.map(number);
  const entries = new Map();
  keys.forEach((key, i) => {
    entries.set(key, { count: counts[i], gapsAt: at, codesAt: 0, bytes });
    for (let left = counts[i]; left > 0; at++) if (bytes[at] < 128) left--;
  });
  if (hasCodes) {
    keys.forEach((key, i) => {
      entries.get(key).codesAt = at;
      for (let left = counts[i]; left > 0; left--) {
        if (bytes[at++] === 255) for (let fields = 5; fields > 0; at++) if (bytes[at] < 128) fields--;
      }
    });
  }
  if (at !== bytes.length) throw new Outdated("a shard of the index is cut off");
  return { keys, entries };
}

// A key's papers (ascending numbers, from `start` on) and, for terms, a code for each. Codes from
// 256 on stand for `rare[code - 256]`, how often the term is in each field.
export function decodePostings(entry, start, hasCodes) {
  const { bytes, count } = entry;
  const papers = new Int32Array(count);
  let at = entry.gapsAt;
  let paper = start;
  for (let i = 0; i < count; i++) {
    let byte = bytes[at++];
    let step = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[at++];
      step |= (byte & 127) << shift;
    }
    paper += step;
    papers[i] = paper;
  }
  const codes = new Uint32Array(hasCodes ? count : 0);
  const rare = [];
  at = entry.codesAt;
  for (let i = 0; i < codes.length; i++) {
    const code = bytes[at++];
    if (code < 255) {
      codes[i] = code;
      continue;
    }
    codes[i] = 256 + rare.length;
    rare.push(
      FIELDS.map(() => {
        let value = 0;
        for (let shift = 0; ; shift += 7) {
          const byte = bytes[at++];
          value |= (byte & 127) << shift;
          if (byte < 128) return value;
        }
      }),
    );
  }
  return { papers, codes, rare };
}

// How often the term is in title, abstract, tags, topic, authors.
export function timesOf(code) {
  if (code < 128) return [(code >> 3) & 3, code & 7, (code >> 5) & 1, code >> 6, 0];
  if (code < 192) return [(code >> 3) & 3, (code & 7) + 8, 0, (code >> 5) & 1, 0];
  return [0, 0, 0, 0, code - 191];
}

// A term with its papers and, for each code that they have, its weight in each field, as lunr.py's
// builder computes it.
export function weigh(term, parts, { count, k1, b, fields }) {
  let holders = 0; // as Lunr counts them: once for each field that holds the term
  for (const part of parts) {
    const seen = new Uint32Array(256 + part.rare.length);
    for (const code of part.codes) seen[code]++;
    part.times = [];
    seen.forEach((papers, code) => {
      if (papers === 0) return;
      const times = code < 256 ? timesOf(code) : part.rare[code - 256];
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
    for (const { name, papers, terms, facets } of manifest.generations) {
      this.generations.push({
        name,
        start,
        papers,
        directories: { t: frontDecoded(terms), f: frontDecoded(facets) },
      });
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

  has(path) {
    return this.files.has(path);
  }

  shard(generation, kind, place) {
    return this.file(`${generation.name}/${kind}${place}.bin`, (bytes) =>
      decodeShard(bytes, kind === "t"),
    );
  }

  // Postings of keys over all generations: a Map from each key that is anywhere to a list of
  // {papers, codes, rare}. `kind` is "t" for terms, "f" for facets.
  async postings(kind, keys) {
    const found = new Map();
    const wanted = [];
    for (const generation of this.generations) {
      const directory = generation.directories[kind];
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
    for (const [generation, , held, shard] of wanted) {
      for (const key of held) {
        const entry = shard.entries.get(key);
        if (!entry) continue;
        if (!found.has(key)) found.set(key, []);
        found.get(key).push(decodePostings(entry, generation.start, kind === "t"));
      }
    }
    return found;
  }

  // All keys that start with a prefix, in order, each once.
  async keysFrom(kind, prefix) {
    const last = prefix + "\uffff";
    const wanted = [];
    for (const generation of this.generations) {
      const directory = generation.directories[kind];
      if (directory.length === 0) continue;
      const end = placeOf(last, directory);
      for (let place = placeOf(prefix, directory); place <= end; place++) {
        wanted.push([generation, place]);
      }
    }
    const keys = new Set();
    await inParallel(wanted, async ([generation, place]) => {
      for (const key of (await this.shard(generation, kind, place)).keys) {
        if (key.startsWith(prefix)) keys.add(key);
      }
    });
    return [...keys].sort(byCodeUnits);
  }

  // How many shards keysFrom() would need that aren't loaded yet.
  shardsFrom(kind, prefix) {
    let missing = 0;
    for (const { name, directories } of this.generations) {
      const directory = directories[kind];
      if (directory.length === 0) continue;
      const end = placeOf(prefix + "\uffff", directory);
      for (let place = placeOf(prefix, directory); place <= end; place++) {
        if (!this.files.has(`${name}/${kind}${place}.bin`)) missing++;
      }
    }
    return missing;
  }

  shardOf(key) {
    return this.generations
      .filter(({ directories }) => directories.t.length)
      .map(({ name, directories }) => `${name}/t${placeOf(key, directories.t)}.bin`);
  }

  // Every term there is, in order, a list a generation.
  vocabularies() {
    return Promise.all(
      this.generations.map(({ name }) =>
        this.file(`${name}/vocabulary.bin`, (bytes) => frontDecoded(new TextDecoder().decode(bytes))),
      ),
    );
  }

  // The words to complete and suggest: a Map from word to how common it is (a logarithm). Those of
  // the closed months are enough, where there are any.
  async words() {
    const words = new Map();
    const [generation] = this.generations;
    if (!generation) return words;
    const lines = await this.file(`${generation.name}/words.bin`, (bytes) =>
      frontDecoded(new TextDecoder().decode(bytes)),
    );
    for (const line of lines) words.set(line.slice(0, -1), line.charCodeAt(line.length - 1) - 48);
    return words;
  }

  // A paper's card.
  async card(paper) {
    const unit = this.units[placeOf(paper, this.units.map(({ start }) => start))];
    const place = paper - unit.start;
    const size = this.manifest.cardsPerFile;
    const chunk = await this.file(`cards/${unit.name}/${Math.floor(place / size)}.bin`, (bytes) =>
      JSON.parse(new TextDecoder().decode(bytes)),
    );
    const [id, url, date, title, topic, topicName, tags, authors, authorCount, abstract] =
      chunk[place % size];
    return { id, url, date, title, topic, topicName, tags, authors, authorCount, abstract };
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
