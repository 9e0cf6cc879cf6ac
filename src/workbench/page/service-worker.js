/*
 * Keeps the workbench usable without a network once it has been opened: every file of the site is put by, and Office.js as
 * it was last loaded. What the network can give goes first, but for files with a hash in their name, which never change; so
 * nobody works with yesterday's program or rules because of this. Taken as it stands; the build fills in the two lists.
 */
const FILES = JSON.parse("%FILES%");
const CACHE = "tiaoli-%VERSION%";
const OFFICE = "%OFFICE%";
const NEVER_CHANGES = /\.[0-9a-f]{8,}\.\w+$/;

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(FILES))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => name.startsWith("tiaoli-") && name !== CACHE).map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  const isOwn = origin === self.location.origin;
  if (request.method !== "GET" || !(isOwn || origin === OFFICE)) return;
  event.respondWith(isOwn && NEVER_CHANGES.test(pathname) ? keptFirst(request) : networkFirst(request));
});

/* The page names what it had loaded of Office.js before anybody listened. */
self.addEventListener("message", (event) => {
  const wanted = event.data.filter((url) => [OFFICE, self.location.origin].includes(new URL(url).origin));
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) =>
        Promise.all(wanted.map((url) => fetch(url, { mode: "no-cors" }).then((response) => cache.put(url, response)))),
      )
      .catch(() => undefined),
  );
});

async function keptFirst(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function networkFirst(request) {
  try {
    const response = await fetch(request);
    if (response.ok || response.type === "opaque") {
      const cache = await caches.open(CACHE);
      await cache.put(request, response.clone());
    }
    return response;
  } catch (error) {
    const kept = await caches.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw error;
  }
}
