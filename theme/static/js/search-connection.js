// The page's end of the search engine (search-worker.js), in a worker where workers are available.

const ofPage = new URL(import.meta.url).search;

/** @type {Promise<Service> | undefined} */
let engine;

/** @returns {Promise<Service>} */
function connect() {
  const url = new URL(`search-worker.js${ofPage}`, import.meta.url);
  return new Promise((resolve, reject) => {
    const inPage = () => import(url.href).then(({ service }) => resolve(service()), reject);
    /** @type {Worker} */
    let worker;
    try {
      worker = new Worker(url, { type: "module" });
    } catch {
      inPage();
      return;
    }
    /** @type {Map<number, (answer: { value?: unknown, problem?: Reported }) => void>} */
    const waiting = new Map();
    let id = 0;
    worker.onerror = () => {
      worker.terminate();
      inPage();
    };
    worker.onmessage = ({ data }) => {
      if (!data.ready) {
        waiting.get(data.id)?.(data);
        waiting.delete(data.id);
        return;
      }
      resolve(
        (message) =>
          new Promise((answered) => {
            waiting.set(++id, answered);
            worker.postMessage({ id, ...message });
          }),
      );
    };
  });
}

export class Problem extends Error {
  /** @param {Reported} problem */
  constructor({ name, message, said, values, shards }) {
    super(said ? gettext(said, values) : message);
    this.kind = name;
    this.shards = shards;
  }
}

/** @type {Ask} */
export async function ask(message) {
  engine ??= connect();
  const { value, problem } = await (await engine)(message);
  if (problem) throw new Problem(problem);
  return /** @type {any} */ (value);
}
