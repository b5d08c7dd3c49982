// Fetching and decompressing files of the index.

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
export async function loadFile(url, cache, early) {
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

/** The most bytes that a file of the index has when it is inflated, as in search/index/published.py. */
const LARGEST_FILE = 1 << 28;

/**
 * A file's bytes, inflated; no more is unpacked than an index's file may have.
 * @param {ArrayBuffer} data
 * @param {URL} url
 */
export async function inflate(data, url, largest = LARGEST_FILE) {
  try {
    const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate"));
    let size = 0;
    const bounded = new TransformStream({
      transform(/** @type {Uint8Array} */ chunk, controller) {
        size += chunk.length;
        if (size > largest) throw new Error(`it has over ${largest} bytes`);
        controller.enqueue(chunk);
      },
    });
    return new Uint8Array(await new Response(stream.pipeThrough(bounded)).arrayBuffer());
  } catch (problem) {
    throw new Outdated(`${url.pathname} is not a file of this index (${messageOf(problem)})`);
  }
}

/** @param {unknown} problem */
const messageOf = (problem) => (problem instanceof Error ? problem.message : String(problem));

/**
 * What is read of the index's bytes; any error is that they aren't what the page expects.
 * @template Value
 * @param {string} name
 * @param {() => Value} read
 */
export function asOutdated(name, read) {
  try {
    return read();
  } catch (problem) {
    throw problem instanceof Outdated ? problem : new Outdated(`${name} of the index is damaged (${problem})`);
  }
}
