// Pages kept on this device to read without a network: for one person, who asked for it, until they sign out.
const CACHE = "reading";
const OWNER = "/reader";
const MOST = 300; // pages and their pictures; the oldest goes first
const READABLE = "X-Read-Offline";
const TITLE = "X-Kept-Title";

const path = (request) => new URL(request.url ?? request, location.origin).pathname;

/** The id of the person who wants their pages kept here; empty when nobody does. */
export const reader = async () =>
  (await (await globalThis.caches?.match(OWNER, { cacheName: CACHE }))?.text()) ?? "";

export const begin = async (person) => (await caches.open(CACHE)).put(OWNER, new Response(person));

export const forget = async () => globalThis.caches?.delete(CACHE);

/** Drops the pages, whose styles a newer version no longer has, and remembers who wants them. */
export async function renew() {
  if (!(await caches.has(CACHE))) return;
  const shelf = await caches.open(CACHE);
  for (const request of await shelf.keys()) if (path(request) !== OWNER) await shelf.delete(request);
}

/** Keeps an answer of the server if it says that it may be read later, and belongs to the reader. */
export async function keepPage(request, answer) {
  const person = await reader();
  if (!person || answer.redirected || new URL(answer.url).search) return;
  const shelf = await caches.open(CACHE);
  if ([403, 404, 410].includes(answer.status)) return void (await shelf.delete(path(request)));
  if (!answer.ok || !answer.headers.has(READABLE)) return;
  const html = await answer.text();
  if (!html.includes(`person="${person}"`)) return;
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  headers.set(TITLE, encodeURIComponent(/<title>([^<]*)/.exec(html)?.[1].split(" · ")[0].trim() ?? ""));
  const marked = html.replace(/<html\b/, `<html data-kept-at="${Date.now()}"`);
  await shelf.put(path(request), new Response(marked, { headers }));
  await prune(shelf);
}

export async function keepFile(request, answer) {
  if (answer.status !== 200 || !(await reader())) return;
  const shelf = await caches.open(CACHE);
  await shelf.put(path(request), answer);
  await prune(shelf);
}

export const find = (request) => caches.match(path(request), { cacheName: CACHE, ignoreVary: true });

/** What can be read now: { address, title } each, the last opened first. */
export async function pages() {
  if (!(await reader())) return [];
  const shelf = await caches.open(CACHE);
  const rows = [];
  for (const request of await shelf.keys()) {
    const title = (await shelf.match(request, { ignoreVary: true }))?.headers.get(TITLE);
    if (title) rows.unshift({ address: path(request), title: decodeURIComponent(title) });
  }
  return rows;
}

async function prune(shelf) {
  const kept = (await shelf.keys()).filter((request) => path(request) !== OWNER);
  for (const request of kept.slice(0, -MOST)) await shelf.delete(request);
}
