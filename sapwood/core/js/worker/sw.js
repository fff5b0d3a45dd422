// The service worker: pages come from the network; without one the offline page stands in, in the language last read.
// A person's pages are kept only where they asked for it. What they wrote offline waits in the outbox until it is sent.
// Notices that a push service brings are shown; a press on one opens its page.
import { send } from "../outbox/send.js";
import { open, show } from "../pushed/show.js";
import { find, keepFile, keepPage, renew } from "../reading/shelf.js";

const CACHE = `sapwood-${VERSION}`;
const LANGUAGES = ["en", "pt"];
const offline = (language) => `/offline/?lang=${language}`;
let language;

addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...LANGUAGES.map(offline), ...PRECACHE])));
  skipWaiting();
});

addEventListener("activate", (event) => {
  const forget = async () => {
    for (const name of await caches.keys()) if (![CACHE, "language", "reading"].includes(name)) await caches.delete(name);
    await renew();
    await clients.claim();
  };
  event.waitUntil(forget());
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (PRECACHE.includes(address.pathname))
    event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
  else if (address.pathname.startsWith("/static/") || request.destination === "image") event.respondWith(file(event));
});

addEventListener("message", (event) => event.waitUntil(remember(event.data?.language)));

addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(send());
});

addEventListener("push", (event) => event.waitUntil(show(event)));
addEventListener("notificationclick", (event) => event.waitUntil(open(event)));

async function page(event) {
  const { request } = event;
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    return (await find(request)) ?? (await standIn()) ?? Response.error();
  }
  event.waitUntil(remember(answer.headers.get("Content-Language")));
  event.waitUntil(keepPage(request, answer.clone()));
  return answer;
}

async function standIn() {
  return caches.match(offline(await spoken()), { ignoreVary: true });
}

/** A style, script or picture: from the network, so that a right to see it that ended has ended. */
async function file(event) {
  const { request } = event;
  let answer;
  try {
    answer = await fetch(request);
  } catch {
    return (await find(request)) ?? Response.error();
  }
  event.waitUntil(keepFile(request, answer.clone()));
  return answer;
}

async function remember(spoken) {
  if (!LANGUAGES.includes(spoken) || spoken === language) return;
  language = spoken;
  await (await caches.open("language")).put("/language", new Response(spoken));
}

async function spoken() {
  const kept = language ?? (await (await caches.match("/language"))?.text());
  const own = navigator.language.slice(0, 2);
  return [kept, own].find((one) => LANGUAGES.includes(one)) ?? LANGUAGES[0];
}
