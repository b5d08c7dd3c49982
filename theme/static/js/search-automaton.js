// Lunr's token sets (wildcards, fuzzy words) run as automata over sorted lists of words.

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
