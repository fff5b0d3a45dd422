// Copies of what is being written, in this browser, each under its writer: draft:<person>:<form>.
const KEPT = /(?:^|; )kept=([\w:-]+)/;

export const shelf = {
  read: (key) => JSON.parse(localStorage.getItem(key) ?? "null"),
  /** False where the browser has no room or may not keep anything. */
  write(key, copy) {
    try {
      localStorage.setItem(key, JSON.stringify(copy));
    } catch {
      return false;
    }
    return true;
  },
  remove: (key) => localStorage.removeItem(key),
  keys: () => Object.keys(localStorage).filter((key) => key.startsWith("draft:")),
};

// The server names what it has kept for good in a cookie: the copy here is no longer needed.
function forget() {
  const kept = KEPT.exec(document.cookie)?.[1];
  if (!kept) return;
  for (const key of shelf.keys()) if (key.endsWith(`:${kept}`)) shelf.remove(key);
  document.cookie = "kept=; path=/; max-age=0; samesite=lax";
  document.dispatchEvent(new CustomEvent("draft:kept", { detail: kept }));
}
forget();
document.addEventListener("htmx:after:request", forget);
