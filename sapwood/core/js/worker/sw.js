// The service worker: pages come from the network; without one the offline page stands in, in the language last read.
// Nothing about a person is kept here. What they wrote offline waits in the outbox and is sent when the network is back.
import { send } from "../outbox/send.js";

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
    for (const name of await caches.keys()) if (name !== CACHE && name !== "language") await caches.delete(name);
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
});

addEventListener("message", (event) => event.waitUntil(remember(event.data?.language)));

addEventListener("sync", (event) => {
  if (event.tag === "outbox") event.waitUntil(send());
});

async function page(event) {
  let answer;
  try {
    answer = await fetch(event.request);
  } catch {
    const kept = await caches.match(offline(await spoken()), { ignoreVary: true });
    return kept ?? Response.error();
  }
  event.waitUntil(remember(answer.headers.get("Content-Language")));
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
