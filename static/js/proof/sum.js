// A form that asks for a small sum (altcha's proof of work): the browser does it while somebody types, and sends it along.
// Where it cannot, the form goes without, and the server makes of that what it will.
const LASTS = 15 * 60_000;
const PATIENCE = 20_000;

const solve = (challenge, script) =>
  new Promise((done) => {
    const worker = new Worker(script);
    const end = (found) => {
      clearTimeout(timer);
      worker.terminate();
      done(found && !found.error ? found : null);
    };
    const timer = setTimeout(end, PATIENCE);
    worker.onmessage = ({ data }) => end(data);
    worker.onerror = () => end();
    worker.postMessage({ type: "work", challenge });
  });

const answer = async ({ proof, worker, plain }) => {
  try {
    const said = await fetch(proof, { headers: { Accept: "application/json" } });
    const challenge = said.ok && (await said.json());
    const solution = challenge && (await solve(challenge, isSecureContext ? worker : plain));
    return solution ? btoa(JSON.stringify({ challenge, solution })) : "";
  } catch {
    return "";
  }
};

const begin = (box) => {
  if ("begun" in box.dataset) return;
  box.dataset.begun = "";
  const form = box.closest("form");
  const field = box.querySelector("[name=altcha]");
  let work = null;
  let since = 0;
  let waits = false;
  let goes = false;

  const start = () => {
    if (!work || Date.now() - since > LASTS) {
      since = Date.now();
      field.value = "";
      work = answer(box.dataset).then((value) => (field.value = value));
    }
    return work;
  };

  const send = async (by) => {
    waits = true;
    form.setAttribute("aria-busy", "true");
    const value = await start();
    waits = false;
    form.removeAttribute("aria-busy");
    if (!form.isConnected || (!value && by === undefined)) return;
    goes = true;
    form.requestSubmit(by?.isConnected ? by : null);
    goes = false;
  };

  form.addEventListener("focusin", start, { once: true });
  form.addEventListener(
    "submit",
    (event) => {
      if (goes || (field.value && Date.now() - since < LASTS)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!waits) send(event.submitter);
    },
    { capture: true },
  );
  // Back from the next page: what was reckoned counts only once.
  addEventListener("pageshow", (event) => {
    if (event.persisted) [work, field.value] = [null, ""];
  });
  if ("go" in box.dataset) send();
};

const look = () => document.querySelectorAll("[data-proof]").forEach(begin);
look();
document.addEventListener("htmx:load", look);
