// Nothing personal is ever kept: only the page that says there is no connection, and what it needs to look like ours.
// SHELL = {version, offline, files, …} is written before this by the server.
const name = `shell-${SHELL.version}`;

self.addEventListener("install", (event) => {
  const keep = async () => (await caches.open(name)).addAll([SHELL.offline, ...SHELL.files]);
  event.waitUntil(keep().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    for (const old of await caches.keys()) if (old !== name) await caches.delete(old);
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

const page = async (event) => {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch {
    return (await caches.match(SHELL.offline)) ?? Response.error();
  }
};

const file = (request) => fetch(request).catch(async () => (await caches.match(request)) ?? Response.error());

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const { origin, pathname } = new URL(request.url);
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (origin === location.origin && SHELL.files.includes(pathname)) event.respondWith(file(request));
});
