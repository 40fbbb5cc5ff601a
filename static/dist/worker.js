/* offline.js */
{
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
}
/* push.js */
{
const read = (data) => {
try {
return data.json();
} catch {
return {};
}
};
self.addEventListener("push", (event) => {
const said = event.data ? read(event.data) : {};
event.waitUntil(self.registration.showNotification(said.title || SHELL.name, {
body: said.body || "",
tag: said.tag || "",
renotify: Boolean(said.tag),
lang: said.lang || "",
dir: said.dir || "auto",
icon: SHELL.icon,
badge: SHELL.badge || undefined,
data: { url: said.url || "/notifications/" },
}));
});
const go = async (url) => {
const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
const there = open.find((one) => one.url === url);
if (there) return there.focus();
try {
return await self.clients.openWindow(url);
} catch {
return open[0]?.navigate(url);
}
};
self.addEventListener("notificationclick", (event) => {
event.notification.close();
const url = new URL(event.notification.data?.url || "/notifications/", location.origin);
event.waitUntil(go(url.origin === location.origin ? url.href : location.origin));
});
}
/* signout.js */
{
const leave = async () => {
const subscription = await self.registration.pushManager.getSubscription();
await subscription?.unsubscribe();
for (const notice of await self.registration.getNotifications()) notice.close();
};
self.addEventListener("fetch", (event) => {
const { method, url } = event.request;
if (method === "POST" && new URL(url).pathname === SHELL.signOut) event.waitUntil(leave());
});
}
