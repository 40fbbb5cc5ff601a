/* browser.js */
{
const box = document.querySelector("[data-push]");
const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const show = (state, text = "") => {
for (const part of box.querySelectorAll("[data-when]")) {
part.hidden = part.dataset.when !== state && !(text && part.dataset.when === "failed");
if (text && part.dataset.when === "failed") part.textContent = text;
}
};
const bytes = (key) => Uint8Array.from(atob(key.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const markOf = async (endpoint) => {
const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
return [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 16);
};
const worker = async () => {
await navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "all" });
return navigator.serviceWorker.ready;
};
const current = async () => {
const registration = await navigator.serviceWorker.getRegistration("/");
return registration ? registration.pushManager.getSubscription() : null;
};
const isOurs = (subscription) => {
const key = subscription.options?.applicationServerKey;
return !key || text(key) === box.dataset.key;
};
const look = async () => {
if (!able) return show("impossible");
if (Notification.permission === "denied") return show("denied");
const subscription = await current();
const row = subscription && isOurs(subscription)
? box.querySelector(`[data-mark="${await markOf(subscription.endpoint)}"]`)
: null;
if (!row) return show("off");
row.querySelector("[data-here]").hidden = false;
box.querySelector("[data-when=on] [name=endpoint]").value = subscription.endpoint;
return show("on");
};
const subscribe = async () => {
const { pushManager } = await worker();
const old = await pushManager.getSubscription();
if (old && !isOurs(old)) await old.unsubscribe();
return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(box.dataset.key) });
};
const turnOn = async (form) => {
if (await Notification.requestPermission() !== "granted") return look();
const subscription = (await subscribe()).toJSON();
form.elements.endpoint.value = subscription.endpoint;
form.elements.p256dh.value = subscription.keys.p256dh;
form.elements.auth.value = subscription.keys.auth;
return form.submit();
};
const turnOff = async (form) => {
await (await current())?.unsubscribe();
return form.submit();
};
if (box) {
box.addEventListener("submit", async (event) => {
const form = event.target.closest("[data-when]");
if (!form) return;
event.preventDefault();
try {
await (form.dataset.when === "off" ? turnOn(form) : turnOff(form));
} catch {
show(form.dataset.when, box.dataset.failed);
}
});
look();
}
}
