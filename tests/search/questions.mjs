// Asks the page's engine and a full index in lunr.js the same queries, of every kind that Lunr's
// syntax allows, and compares the answers. Runs in Node (exact.mjs) and in a browser.

// Lunr's results for a query in Lunr's syntax, as a full index would give them: made of the modules
// search-plan.js and search-rank.js.
export const searching = ({ parseQuery, planned }, { answered, bestPapers, matching }) => async (engine, text, limit = Infinity) => {
  const { index, lunr } = engine;
  const plan = await planned(lunr, index, parseQuery(lunr, text));
  const matches = matching(plan, index.papers, null);
  const papers = (await bestPapers(index, plan, matches, limit)).map(({ paper }) => paper);
  return { total: matches.length, hits: answered(lunr, plan, papers) };
};

// `serialized` is lunr.py's index of all papers, whose ids are their numbers; `opened` gives a new
// engine. Says how many queries were asked, how many found papers, and what differed.
export async function compare(lunr, serialized, opened, wanted, search) {
  lunr.utils.warn = () => {};
  // A small generator of random numbers with a seed, the same on every run.
  let seed = 20250807;
  const random = (below) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return Math.floor((seed / 0x80000000) * below);
  };
  const pick = (list) => list[random(list.length)];

  const byUnits = (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0);
  serialized.invertedIndex.sort(byUnits); // lunr.py sorts by code point, lunr.js wants UTF-16
  const full = lunr.Index.load(serialized);
  const engine = await opened();

  const holders = ([, posting]) =>
    serialized.fields.reduce((sum, field) => sum + Object.keys(posting[field]).length, 0);
  const ranked = serialized.invertedIndex
    .map((entry) => [entry[0], holders(entry)])
    .filter(([term]) => /^[\p{L}\p{N}]+$/u.test(term))
    .sort((a, b) => b[1] - a[1] || byUnits(a, b));
  const common = ranked.slice(0, 20).map(([term]) => term);
  const usual = ranked.slice(20, 3000).map(([term]) => term);
  const rare = ranked.slice(3000).map(([term]) => term);
  const foreign = ranked.map(([term]) => term).filter((term) => /\P{ASCII}/u.test(term));
  const word = () => pick(pick([common, usual, usual, usual, rare, foreign].filter((list) => list.length > 0)));
  const field = () => pick(serialized.fields);
  const quoted = (term) => term.replace(/[\\:~^*+-]/g, "\\$&");
  const cutWord = (term) => term.slice(0, 1 + random(Math.max(1, term.length - 1)));
  const broken = (term) => {
    const at = random(term.length);
    return [
      term.slice(0, at) + term.slice(at + 1),
      term.slice(0, at) + pick("abcdefghijklmnopqrstuvwxyz") + term.slice(at),
      term.slice(0, at) + pick("abcdefghijklmnopqrstuvwxyz") + term.slice(at + 1),
      term.slice(0, at) + term.slice(at + 1, at + 2) + term.slice(at, at + 1) + term.slice(at + 2),
    ][random(4)] || term;
  };

  const kinds = {
    word: () => word(),
    common: () => pick(common),
    "stop word": () => pick(["the", "of", "and the", "we model"]),
    unknown: () => `qqzx${random(1000)}`,
    "two words": () => `${word()} ${word()}`,
    "three words": () => `${word()} ${word()} ${word()}`,
    "commonest three": () => `${common[0]} ${common[1]} ${common[2]}`,
    twice: () => { const one = word(); return `${one} ${one}`; },
    field: () => `${field()}:${word()}`,
    "field spaced": () => `authors: ${word()}`,
    fields: () => `${field()}:${word()} ${field()}:${word()} ${word()}`,
    boost: () => `${word()}^${random(12)} ${word()}`,
    "field boost": () => `title:${word()}^${1 + random(9)} ${word()}^2`,
    required: () => `+${word()} ${word()}`,
    "required both": () => `+${pick(common)} +${pick(usual)}`,
    "required unknown": () => `+qqzx ${word()}`,
    "required field": () => `+${field()}:${word()} ${word()}`,
    prohibited: () => `${word()} -${word()}`,
    "prohibited field": () => `${word()} -${field()}:${word()}`,
    "only prohibited": () => `-${word()}`,
    "only prohibited two": () => `-${word()} -title:${word()}`,
    "all presences": () => `+${pick(common)} ${word()} -${word()}`,
    trailing: () => `${cutWord(word())}*`,
    leading: () => `*${word().slice(-3)}`,
    inner: () => { const one = word(); return `${one.slice(0, 2)}*${one.slice(-1)}`; },
    "two stars": () => `*${word().slice(1, 3)}*`,
    // Every word there is: lunr.js takes seconds for it when there are many.
    "star alone": () => (ranked.length < 3000 ? "*" : "*q*"),
    "required wildcard": () => `+${cutWord(word())}* ${word()}`,
    "prohibited wildcard": () => `${word()} -${word().slice(0, 3)}*`,
    "field wildcard": () => `title:${word().slice(0, 3)}* ${word()}`,
    "fuzzy 0": () => `${word()}~0`,
    "fuzzy 1": () => `${broken(word())}~1`,
    "fuzzy 2": () => `${broken(broken(word()))}~2`,
    "fuzzy short": () => `${word().slice(0, 2)}~2`,
    "fuzzy field": () => `${field()}:${broken(word())}~1 ${word()}`,
    "required fuzzy": () => `+${broken(word())}~1 -${word()}`,
    "fuzzy boost": () => `${broken(word())}~1^3 ${word()}`,
    "star fuzzy": () => `${word().slice(0, 3)}*~1`,
    foreign: () => pick(["ε", "café", "naïve", "数据", "𝒟", "über*", "Schrödinger~1", "ε*"]),
    escaped: () => quoted(pick(ranked)[0]),
    punctuated: () => `${word()}, (${word()})`,
    hyphened: () => `${word()}-${word()}`,
    mixed: () =>
      Array.from({ length: 1 + random(5) }, () =>
        pick([
          () => word(),
          () => `+${word()}`,
          () => `-${word()}`,
          () => `${field()}:${word()}`,
          () => `+${field()}:${word()}^${random(5)}`,
          () => `${cutWord(word())}*`,
          () => `${broken(word())}~1`,
        ])(),
      ).join(" "),
  };

  const comparable = (score) => Math.round(score * 1e9);
  // Documents with their scores, ties in one order.
  const canonical = (results) =>
    results
      .map(({ ref, paper, score }) => [paper ?? Number(ref), score])
      .sort((a, b) => comparable(b[1]) - comparable(a[1]) || b[0] - a[0]);

  function difference(ours, theirs) {
    if (ours.length !== theirs.length) return `${ours.length} papers instead of ${theirs.length}`;
    for (let i = 0; i < ours.length; i++) {
      if (Math.abs(ours[i][1] - theirs[i][1]) > 1e-6) return `score ${i}: ${ours[i]} instead of ${theirs[i]}`;
      if (ours[i][0] !== theirs[i][0]) return `place ${i}: ${ours[i]} instead of ${theirs[i]}`;
    }
    return null;
  }

  const problems = [];
  const names = Object.keys(kinds);
  let asked = 0;
  let found = 0;
  for (; asked < wanted; asked++) {
    const kind = names[asked % names.length];
    const query = kinds[kind]();
    const fail = (what) => problems.push({ kind, query, what });
    try {
      const theirs = canonical(full.search(query));
      const ours = await search(engine, query);
      if (theirs.length) found++;
      let what = difference(canonical(ours.hits), theirs);
      // Our own order must be the canonical one: ties newest first.
      what ??= difference(ours.hits.map(({ paper, score }) => [paper, score]), theirs);
      if (what) fail(what);
      // A fresh engine knows nothing that this query needn't have asked for.
      const first = await search(await opened(), query, 100);
      what = difference(first.hits.map(({ paper, score }) => [paper, score]), theirs.slice(0, 100));
      if (what) fail(`first hundred: ${what}`);
      if (first.total !== theirs.length) fail(`total ${first.total} instead of ${theirs.length}`);
    } catch (error) {
      fail(`${error.message ?? error} ${error.stack ?? ""}`);
    }
  }
  return { asked, found, kinds: names.length, problems: problems.slice(0, 20), failed: problems.length };
}
