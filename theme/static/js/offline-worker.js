// The service worker: keeps pages that were read, and the last days', for when there is no network.
// It is published as sw.js at the site's root, behind a line that the build writes (SITE: see
// plugins/broadsheet/pages/offline.py). docs/offline.md tells what it promises.
//
// Caches, all named after the site's own path, since sites share an origin:
//   pages         pages as they came, the latest last; each with when, its title and its size
//   files:VERSION scripts and styles of one version, each as its hash in SITE.files demands
//   search        files of the search index, which never change under their names
//   state         since when the network does not answer

/** @type {OfflineWorker} */
const worker = /** @type {any} */ (self);
const scope = new URL(worker.registration.scope);
const prefix = `broadsheet:${scope.pathname}:`;
const PAGES = `${prefix}pages`;
const SEARCH = `${prefix}search`;
const STATE = `${prefix}state`;
/** @param {string} version */
const filesOf = (version) => `${prefix}files:${version}`;
const LIST = new URL(SITE.list, scope).href;
const HASHES = new URL("?files", scope).href;
const LOST = new URL("?lost", scope).href;

const PATIENCE = { home: 3000, page: 5000 }; // ms until a kept page is shown instead
const MOST = { pages: 100, bytes: 25e6, page: 4e6, search: 150, file: 3e6, versions: 3 };
const TITLE = "X-Broadsheet-Title";
const WHEN = "X-Broadsheet-When";
const SIZE = "X-Broadsheet-Size";
const VERSION = "X-Broadsheet-Version";

// What a cache holds, or nothing where it is damaged or can't be opened.
/**
 * @template Value
 * @param {() => Promise<Value>} what
 * @returns {Promise<Value | undefined>}
 */
const tried = async (what) => {
  try {
    return await what();
  } catch {
    return undefined;
  }
};
/**
 * @param {string} name
 * @param {string} url
 */
const held = (name, url) => tried(async () => (await caches.open(name)).match(url));

/** @param {ArrayBuffer} data */
const hashOf = async (data) =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", data))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .slice(0, 16);

// ---- scripts and styles, of one version each -----------------------------------------------------

/**
 * A file of the theme from the network, where it is the one of its version: a host gives the newest
 * whatever version an address names.
 * @param {string} url
 * @param {string} hash
 */
async function authentic(url, hash) {
  for (const cache of /** @type {RequestCache[]} */ (["default", "reload"])) {
    const answer = await fetch(url, { cache });
    if (answer.ok && (await hashOf(await answer.clone().arrayBuffer())) === hash) return answer;
  }
  throw new Error(`${url} is of another version`);
}

async function install() {
  const cache = await caches.open(filesOf(SITE.version));
  await cache.put(HASHES, new Response(JSON.stringify(SITE.files)));
  await Promise.all(
    SITE.shell.map(async (path) => {
      const url = new URL(`${path}?v=${SITE.version}`, scope).href;
      if (!(await cache.match(url))) await cache.put(url, await authentic(url, SITE.files[path]));
    }),
  );
  const list = await fetch(LIST, { cache: "no-cache" });
  if (!list.ok) throw new Error(`${LIST}: ${list.status}`);
  await cache.put(LIST, list);
  await worker.skipWaiting();
}

// Versions before the last few go, and pages that need them.
async function activate() {
  const names = (await caches.keys()).filter((name) => name.startsWith(filesOf("")));
  const old = names.filter((name) => name !== filesOf(SITE.version)).slice(0, 1 - MOST.versions || undefined);
  for (const name of old) await caches.delete(name);
  const left = new Set((await caches.keys()).filter((name) => name.startsWith(filesOf(""))));
  await tried(async () => {
    const pages = await caches.open(PAGES);
    for (const request of await pages.keys()) {
      const version = (await pages.match(request))?.headers.get(VERSION) ?? "";
      if (!left.has(filesOf(version))) await pages.delete(request);
    }
  });
  await worker.clients.claim();
}

/**
 * @param {URL} url
 * @returns {Promise<Response>}
 */
async function file(url) {
  const version = url.searchParams.get("v") ?? "";
  const path = url.pathname.slice(scope.pathname.length);
  const name = filesOf(version);
  const kept = await held(name, url.href);
  if (kept) return kept;
  // A version that was never kept is newer than this worker: its own worker is on the way.
  const hashes = await tried(async () => (await held(name, HASHES))?.json());
  if (!hashes?.[path]) return fetch(url.href);
  const answer = await authentic(url.href, hashes[path]);
  const copy = answer.clone();
  await tried(async () => (await caches.open(name)).put(url.href, copy));
  return answer;
}

// ---- pages ---------------------------------------------------------------------------------------

// A page's address without what a static host ignores.
/** @param {string} address */
const plain = (address) => {
  const url = new URL(address, scope);
  return `${url.origin}${url.pathname.replace(/\/index\.html$/, "/")}`;
};
// The version of the scripts that a page loads. Texts that people wrote may hold anything but a tag.
/** @param {string} html */
const versionOf = (html) => html.match(/<script [^<>]{0,60}?src="[^<>"]{0,300}\?v=([0-9a-f]+)"/)?.[1] ?? "";
/** @param {string} html */
const headingOf = (html) => html.match(/<h1[^>]*>([\s\S]*?)<\/h1>/)?.[1].replace(/<[^>]*>/g, "").trim() ?? "";
/** @param {string} text */
const unescaped = (text) =>
  text.replace(/&(?:amp|lt|gt|quot|#39|#34);/g, (one) =>
    ({ "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#39;": "'" })[one] ?? one,
  );
/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);

/** @param {Response} answer */
const isPage = (answer) =>
  answer.ok && !answer.redirected && (answer.headers.get("Content-Type") ?? "").startsWith("text/html");

/**
 * @param {string} url
 * @param {Response} answer a copy that nobody else reads
 */
async function keep(url, answer) {
  const html = await answer.text();
  if (html.length > MOST.page) return;
  const version = versionOf(html);
  const title = unescaped(headingOf(html)).slice(0, 300);
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    [WHEN]: new Date().toISOString(),
    [TITLE]: encodeURIComponent(title.toWellFormed?.() ?? ""),
    [SIZE]: String(html.length),
    [VERSION]: version,
  };
  const cache = await caches.open(PAGES);
  await cache.delete(url); // so that it stands last
  try {
    await cache.put(url, new Response(html, { headers }));
  } catch {
    // The browser gives no more room: half of what is kept makes some.
    const all = await cache.keys();
    for (const request of all.slice(0, Math.ceil(all.length / 2))) await cache.delete(request);
    await tried(() => cache.put(url, new Response(html, { headers })));
  }
  await shrink(cache);
}

// Lets the oldest pages go where there are too many or they are too large; never the front page.
/** @param {Cache} cache */
async function shrink(cache) {
  const all = [...(await cache.keys())].reverse();
  let bytes = 0;
  let count = 0;
  for (const request of all) {
    bytes += Number((await cache.match(request))?.headers.get(SIZE) ?? MOST.bytes);
    count += 1;
    if ((bytes > MOST.bytes || count > MOST.pages) && request.url !== scope.href) await cache.delete(request);
  }
}

/** @type {string | null | undefined} */
let lost; // since when the network does not answer; undefined: not asked yet
async function since() {
  if (lost === undefined) lost = (await tried(async () => (await held(STATE, LOST))?.text())) ?? null;
  return lost;
}
/** @param {boolean} answers */
async function network(answers) {
  const before = await since();
  if (answers === !before) return;
  lost = answers ? null : new Date().toISOString();
  await tried(async () => {
    const cache = await caches.open(STATE);
    if (lost) await cache.put(LOST, new Response(lost));
    else await cache.delete(LOST);
  });
}

/** @param {string | null} iso */
const told = (iso) => {
  const when = new Date(iso ?? "");
  return Number.isNaN(when.getTime())
    ? "?"
    : when.toLocaleString(`${SITE.lang}-u-nu-latn`, { dateStyle: "long", timeStyle: "short" });
};

/**
 * A page with a line at its top.
 * @param {Response} answer
 * @param {string[]} lines
 * @param {number} status
 */
async function withLines(answer, lines, status) {
  const html = await answer.text();
  const again = `<a href="">${escaped(SITE.texts.again)}</a>`;
  const notice = `<p class="kept" role="status">${lines.map(escaped).join(" ")} ${again}</p>`;
  const body = html.replace(/<main\b[^>]*>/, (tag) => tag + notice);
  return new Response(body, { status, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

/** @param {string} url */
async function fromKept(url) {
  const kept = await held(PAGES, url);
  if (!kept?.headers.get(WHEN)) return undefined;
  const { texts } = SITE;
  const lines = [texts.lost.replace("{when}", told(await since()))];
  const title = await tried(async () => decodeURIComponent(kept.headers.get(TITLE) ?? ""));
  if (url === scope.href && title) lines.push(texts.issue.replace("{issue}", () => title));
  lines.push(texts.kept.replace("{when}", told(kept.headers.get(WHEN))));
  return withLines(kept, lines, 200);
}

/** @param {string} url */
async function notKept(url) {
  const { texts } = SITE;
  const list = await held(filesOf(SITE.version), LIST);
  const lines = [texts.missing, texts.lost.replace("{when}", told(await since()))];
  return list ? withLines(list, url === LIST ? lines.slice(1) : lines, url === LIST ? 200 : 503) : Response.error();
}

/** @param {OfflineEvent} event */
async function page(event) {
  const { request } = event;
  const url = plain(request.url);
  const home = url === scope.href;
  // The front page is asked for anew even where the browser holds it: it may be of yesterday.
  const asked = home
    ? fetch(request.url, { cache: "no-cache", credentials: "same-origin", redirect: "manual" })
    : fetch(request);
  const answered = asked.then(async (answer) => {
    event.waitUntil(network(true));
    if (isPage(answer)) event.waitUntil(tried(keep.bind(null, url, answer.clone())));
    return answer;
  });
  const late = Symbol("late");
  /** @type {Promise<typeof late>} */
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE[home ? "home" : "page"], late));
  event.waitUntil(answered.then(() => {}, () => {}));
  try {
    const first = await Promise.race([answered, patience]);
    if (first !== late) return first;
    await network(false);
    return (await fromKept(url)) ?? (await answered);
  } catch {
    await network(false);
    return (await tried(() => fromKept(url))) ?? notKept(url);
  }
}

// ---- search --------------------------------------------------------------------------------------

/** @param {URL} url */
async function searchFile({ href, pathname }) {
  const changes = pathname.endsWith("manifest.json");
  if (!changes) {
    const kept = await held(SEARCH, href);
    if (kept) return kept;
  }
  try {
    const answer = await fetch(href, changes ? { cache: "no-cache" } : {});
    if (answer.ok && Number(answer.headers.get("Content-Length") ?? 0) <= MOST.file) {
      const copy = answer.clone();
      await tried(async () => {
        const cache = await caches.open(SEARCH);
        await cache.put(href, copy);
        const all = await cache.keys();
        for (const request of all.slice(0, Math.max(0, all.length - MOST.search))) await cache.delete(request);
      });
    }
    return answer;
  } catch (error) {
    const kept = await held(SEARCH, href);
    if (kept) return kept;
    throw error;
  }
}

// ---- events --------------------------------------------------------------------------------------

// What the page script asks to be kept beside what is opened.
/** @param {unknown} urls */
async function keepAlso(urls) {
  if (!Array.isArray(urls)) return;
  for (const address of urls.slice(0, 10)) {
    const url = plain(String(address));
    if (!url.startsWith(scope.href) || (await held(PAGES, url))) continue;
    const answer = await tried(() => fetch(url));
    if (answer && isPage(answer)) await tried(() => keep(url, answer));
  }
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("message", (event) => event.waitUntil(keepAlso(event.data?.keep)));
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(scope.href)) return;
  const path = url.pathname.slice(scope.pathname.length);
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (path.startsWith("theme/") && url.searchParams.has("v")) event.respondWith(file(url));
  else if (/^search\/.+\.\w+$/.test(path)) event.respondWith(searchFile(url));
});
