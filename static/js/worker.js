// The page that says there is no connection, and notices: fetched once this page has come to rest.
if ("serviceWorker" in navigator) {
  setTimeout(() => navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "all" }).catch(() => {}), 4000);
}
