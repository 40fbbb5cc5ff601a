// A notice says what the server wrote into it: title, line, where a click leads. The tag lets a later one take its place.
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
  // Only pages of this site, whatever a notice says.
  event.waitUntil(go(url.origin === location.origin ? url.href : location.origin));
});
