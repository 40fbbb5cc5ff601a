// Whoever signs out here is not told here any more, however old the session was that turned it on.
const leave = async () => {
  const subscription = await self.registration.pushManager.getSubscription();
  await subscription?.unsubscribe();
  for (const notice of await self.registration.getNotifications()) notice.close();
};

self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "POST" && new URL(url).pathname === SHELL.signOut) event.waitUntil(leave());
});
