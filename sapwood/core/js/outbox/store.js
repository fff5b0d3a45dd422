// What was written without a network, in this browser's own database until it is sent: a row a form, under its owner.
const NAME = "sapwood";
const ROWS = "waiting";

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function rows(mode, work) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () =>
    opening.result.createObjectStore(ROWS, { keyPath: "key" }).createIndex("person", "person");
  const database = await done(opening);
  try {
    return await work(database.transaction(ROWS, mode).objectStore(ROWS));
  } finally {
    database.close();
  }
}

const told = new BroadcastChannel("outbox");

/** Calls `hear` whenever another page, or the worker, changed what waits. */
export const onChange = (hear) => told.addEventListener("message", hear);
const tell = () => told.postMessage("changed");

/** What waits for this person, oldest first. */
export async function waiting(person) {
  const found = await rows("readonly", (store) => done(store.index("person").getAll(person)));
  return found.sort((a, b) => a.at - b.at);
}

export const find = (key) => rows("readonly", (store) => done(store.get(key)));

/** Keeps a row: { key, person, url, fields: [[name, value], …], title, at }; the same key replaces it. */
export const put = (row) => rows("readwrite", (store) => done(store.put(row))).then(tell);

export const drop = (key) => rows("readwrite", (store) => done(store.delete(key))).then(tell);

export async function wipe(person) {
  for (const row of await waiting(person)) await drop(row.key);
}
