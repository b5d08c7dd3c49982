// The types that the scripts in static/js/ share. `make lint` checks the scripts against them; no
// page loads this file.

/** Parts of a page that an element may be given. */
type Part = Node | string;

/** Makes an element: make("a", { href: "x" }, "text", child). */
type Make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | number | URL>,
  ...children: Part[]
) => HTMLElementTagNameMap[Tag];

/** A message in the page's language, with its values: gettext("Found “%(value)s”.", { value }). */
declare function gettext(message: string, values?: Record<string, string | number>): string;
/** The message for a count, which stands for %(count)s. */
declare function ngettext(one: string, many: string, count: number, values?: Record<string, string | number>): string;
/** A number as the page's language writes it. */
declare function numbered(count: number): string;
/** The messages of a page in another language than English, each in its forms (words.js). */
declare var broadsheet: undefined | {
  language: string;
  form(count: number): number;
  messages: Record<string, string[]>;
};

/** What this browser remembers for this site, as JSON; `mend` makes of any of it what it should be. */
interface Store {
  get<Value>(name: string, mend: (value: unknown) => Value): Value;
  /** Whether it is kept: storage may be full, or switched off. */
  set(name: string, value: unknown): boolean;
}

/** What a reader marks or mutes (interests.js). */
interface Interest {
  kind: "word" | "author" | "tag" | "topic" | "category";
  /** What tells it from others of its kind: lower case, or a slug. */
  key: string;
  name: string;
  mute: boolean;
}

/** How lists show (view.js). */
interface View {
  order: "topic" | "votes" | "listing";
  density: "comfortable" | "compact" | "titles";
  /** What becomes of papers once seen. */
  seen: "dim" | "hide" | "show";
  /** What counts as seen. */
  by: "opened" | "scrolled";
}

/** What site.js lends to each feature. */
interface Tools {
  base: URL;
  store: Store;
  say(text: string): void;
  make: Make;
  /** What an element says, without the TeX that formulas carry along. */
  words(element: Element): string;
  /** The id of the paper that a row tells of. */
  idOf(row: Element): string;
}

/** What the build tells the service worker of its site (plugins/broadsheet/pages/offline.py). */
declare const SITE: {
  version: string;
  lang: string;
  /** The page of what is kept. */
  list: string;
  /** The hashes of scripts and styles by their paths. */
  files: Record<string, string>;
  /** Those that any page may need. */
  shell: string[];
  texts: Record<"lost" | "issue" | "kept" | "missing" | "again", string>;
};
/** An event of a service worker. */
interface OfflineEvent extends Event {
  request: Request;
  data: { keep?: unknown } | undefined;
  waitUntil(done: Promise<unknown>): void;
  respondWith(answer: Promise<Response>): void;
}
/** The parts of a service worker's global scope that ours uses. */
interface OfflineWorker {
  registration: ServiceWorkerRegistration;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: "install" | "activate" | "message" | "fetch", listener: (event: OfflineEvent) => void): void;
}

/** In a worker only. */
declare const WorkerGlobalScope: (new () => typeof globalThis) | undefined;

// ---- search: the index -------------------------------------------------------------------------

/** A key's postings in one generation of the index. */
interface Postings {
  /** Numbers of papers, ascending. */
  papers: Int32Array;
  /** A code for each paper: how often each of its fields holds the term. */
  codes: Uint32Array;
  /** The frequencies that codes from 257 on stand for. */
  escapes: number[][];
  /** The codes of low weight, as [code, how many papers], while it isn't known which paper has which; null after. */
  lowWeight: [code: number, papers: number][] | null;
  /** The file of deferred postings: each paper's code of low weight. */
  deferred: string;
  /** By code: how often each field holds the term. */
  times: number[][];
  /** By code: the term's weight in each field. */
  weights: number[][];
}

/** A term with its postings in all generations, weighed. */
interface Term {
  term: string;
  parts: Postings[];
  rarity: number;
}

/** What a query needs: its clauses with the terms that each stands for, and all terms' postings. */
interface Plan {
  clauses: { clause: Lunr.Clause; terms: string[] }[];
  terms: Term[];
}

/** What the index says of itself (manifest.json); docs/search-index.md describes it. */
interface Manifest {
  format: number;
  k1: number;
  b: number;
  fields: Record<string, number>;
  generations: { name: string; papers: number; terms: string; ids: string; whole?: boolean }[];
  units: { name: string; days: [first: string, ...counts: number[]] }[];
  topics: Record<string, string>;
  cardsPerFile: number;
}

interface Generation {
  name: string;
  /** The number of its first paper. */
  start: number;
  papers: number;
  /** The first terms of its shards, cut short. */
  terms: string[];
  /** The same of identifiers. */
  ids: string[];
  /** Whether all its terms are in one list, and so all its written words. */
  whole?: boolean;
}

/** A paper as the index shows it. */
interface Card {
  url: string;
  date: string;
  title: string;
  topic: string;
  topicName: string | undefined;
  authors: string[];
  authorCount: number;
  abstract: string;
  tags: string[];
  /** What a citation names: "arxiv:ID", "doi:ID". */
  identifiers: string[];
}

// ---- search: questions and answers ---------------------------------------------------------------

/** Filters of a search; dates are ISO days, null where open. */
interface Filters {
  topics: string[];
  tags: string[];
  authors: string[];
  categories: string[];
  from: string | null;
  to: string | null;
}

/** A text in pieces, true where a piece is marked. */
type Pieces = [piece: string, marked: boolean][];

interface Hit {
  paper: number;
  score: number;
}

/** A word of a unit: the terms that it is typed as, and those derived from it. */
interface UnitWord {
  typed: string[];
  folded: string[];
  /** Whether it is of neighbours that were typed apart. */
  joined?: boolean;
}

/** What a paper must have for a word of a query: all words of one way, in these fields. */
interface Unit {
  text: string;
  /** Its words as typed, without stop words, in lower case. */
  parts: string[];
  ways: UnitWord[][];
  fields: string[];
}

/** A text that is an identifier: `key` is its key in the index. */
interface Identifier {
  kind: "arxiv" | "doi" | "openreview" | "url";
  id: string;
  key: string;
}

/** What a reader's text asks for: an identifier, clauses of Lunr's syntax, or units. */
interface Asking {
  filters: Filters;
  phrases: string[];
  /** What titles are compared with; `whole` has the year too. */
  text: string;
  whole: string;
  identifier: Identifier | null;
  clauses: Lunr.Clause[] | null;
  units: Unit[];
  /** Units of phrases and of author:, which papers that have only some must have too. */
  required: Unit[];
  excluded: Unit[];
  /** A year, or a month, week or day ("2025-08"), that narrows, and the words for it. */
  year: number | string | null;
  yearWords: string[];
  /** Whether it is a reference, which begins with the first author's surname. */
  cites: boolean;
}

type Order = "best" | "newest" | "votes";

/** How a search went. */
interface Outcome {
  /** How many papers have all the words. */
  total: number;
  /** The papers that have some of the words, where few have all. */
  some: { total: number; hits: Hit[] };
  /** Words that were taken for others. */
  corrected: [typed: string, meant: string][];
  /** The year that was taken as a filter, or the month, week or day. */
  year: number | string | null;
  /** The identifier that was looked for. */
  identifier: Identifier | null;
  /** How many papers each month has, newest month first. */
  months: [month: string, count: number][];
  /** What each term is worth. */
  weights: [term: string, rarity: number][];
  /** Words that no paper holds, and those that are not searched for. */
  nowhere: string[];
  common: string[];
  /** Whether the words were read in Lunr's syntax. */
  lunr: boolean;
  hits: Hit[];
  /** How many papers were looked at for a phrase, where there is one. */
  looked?: number;
}

/** What a search gives: nothing asked, a wait in milliseconds for a word's end, or an outcome. */
interface Found extends Partial<Outcome> {
  empty?: boolean;
  waiting?: number;
}

/** A paper as the search page shows it. */
interface Shown extends Omit<Card, "title" | "abstract" | "identifiers"> {
  title: Pieces;
  sentence: Pieces;
}

interface Facts {
  papers: number;
  topics: Record<string, string>;
  from: string | undefined;
  to: string | undefined;
}

interface Question {
  text: string;
  chosen: { topics: string[]; tags: string[]; authors: string[] };
  extra?: string;
  limit: number;
  typing?: boolean;
  patient?: boolean;
  order?: Order;
  verbatim?: boolean;
  years?: boolean;
  lunr?: boolean;
  quick?: boolean;
}

/** What can be asked of the engine, and what it answers. */
interface Asked {
  start: [message: object, answer: Facts];
  find: [message: Question, answer: Found];
  card: [message: { paper: number; weights: [string, number][] }, answer: Shown];
  cards: [message: { papers: number[] }, answer: Card[]];
  /** The cards of those papers whose cards are loaded. */
  loaded: [message: { papers: number[] }, answer: Card[]];
  /** Which of some keys of facets each paper has. */
  having: [message: { papers: number[]; keys: string[] }, answer: string[][]];
  counts: [message: { kind: string }, answer: [slug: string, count: number][]];
  counting: [message: { kind: string }, answer: number];
  complete: [message: { start: string }, answer: string[]];
  meant: [message: { words: string[] }, answer: (string | null)[]];
}

type Ask = <Kind extends keyof Asked>(
  message: { ask: Kind } & Asked[Kind][0],
) => Promise<Asked[Kind][1]>;

/** An error as the engine reports it. */
interface Reported {
  name: string;
  message: string;
  /** The message before its values are put in, where the page is to say it in its own language. */
  said?: string;
  values?: Record<string, string>;
  shards?: number;
}

/** The engine, in a worker or in the page. */
type Service = (message: { ask: string }) => Promise<{ value?: unknown; problem?: Reported }>;

// ---- lunr.js, as far as it is used ---------------------------------------------------------------

declare namespace Lunr {
  interface Clause {
    term: string;
    fields: string[];
    boost: number;
    usePipeline: boolean;
    presence: number;
    editDistance?: number;
    /** What was typed, as the engine keeps it. */
    typed?: string;
  }
  interface Query {
    clauses: Clause[];
    clause(clause: Clause): Query;
  }
  interface TokenSet {
    id: number;
    final: boolean;
    edges: Record<string, TokenSet>;
  }
  interface Result {
    ref: string;
    score: number;
    matchData: { metadata: Record<string, unknown> };
  }
  interface Library {
    version: string;
    stemmer: unknown;
    Query: { new (fields: string[]): Query; presence: Record<"OPTIONAL" | "PROHIBITED" | "REQUIRED", number> };
    QueryParser: new (text: string, query: Query) => { parse(): Query };
    QueryParseError: new (message: string, start: number, end: number) => { name: string };
    Pipeline: new () => { add(step: unknown): void; runString(text: string): string[] };
    TokenSet: { fromClause(clause: Clause): TokenSet };
    Index: { load(index: object): { query(ask: (query: Query) => void): Result[] } };
  }
}

/** What lunr.js offers itself to. */
declare var define: ((make: () => Lunr.Library) => void) | undefined;

// ---- search: the page ----------------------------------------------------------------------------

type Group = "topics" | "tags" | "authors";
type End = "since" | "until";

/** What the reader chose: filters, and the ends of a time ("" where open). */
type Chosen = Record<Group, string[]> & Record<End, string>;

/** What the search page tells its other scripts of an answer, as the event "broadsheet:found". */
interface FoundDetail {
  lunr: boolean;
  corrected: [typed: string, meant: string][];
  total: number;
  /** The newest day that was searched. */
  newest: string;
  /** The labels of topics that have papers. */
  topics: Record<string, string>;
}

/** What search.js lends to the panel of filters. */
interface SearchPage {
  ask: Ask;
  make: Make;
  button(text: string, act: () => void, attributes?: Record<string, string>): HTMLButtonElement;
  number(count: number): string;
  chosen: Chosen;
  names: Record<Group, string>;
  labelOf(group: Group, value: string): string;
  toggle(group: Group, value: string): void;
  narrow(span: Partial<Record<End, string>>): void;
  explain(problem: unknown): void;
  outcome(): Outcome | null;
}
