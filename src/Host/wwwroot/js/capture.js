// Capturing what one learnt: details are suggested while one types, and what is written without a connection is kept on this device and sent
// later. Without this file the button asks for suggestions, and saving needs a connection.
const wait = 600;
const form = document.querySelector("form[data-capture]");
const parsed = async answer => new DOMParser().parseFromString(await answer.text(), "text/html");

if (form) {
  const what = form.querySelector("textarea");
  const place = form.querySelector("[data-suggested]");
  let timer, running;

  const suggest = async () => {
    running?.abort();
    if (what.value.trim().length < 8 || !navigator.onLine) return;
    running = new AbortController();
    const data = new FormData(form);
    data.set("Form.Step", "suggest");
    try {
      const page = await parsed(await fetch(form.action, { method: "POST", body: data, signal: running.signal }));
      const offered = page.querySelector("[data-suggested]");
      // Whoever is choosing meanwhile is not disturbed.
      if (offered && !place.contains(document.activeElement)) place.replaceChildren(...offered.childNodes);
    } catch { /* the button asks again */ }
  };

  what.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, wait); });
}

// The queue: one entry for each sentence that could not be sent, with whose it is. It is sent by a page of the same person, once: the server knows
// the capture's name.
const queue = {
  open: () => new Promise((done, failed) => {
    const asked = indexedDB.open("captures", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "capture" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  }),
  async run(mode, work) {
    const db = await this.open();
    try {
      return await new Promise((done, failed) => {
        const asked = work(db.transaction("waiting", mode).objectStore("waiting"));
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => failed(asked.error);
      });
    } finally { db.close(); }
  },
  put(entry) { return this.run("readwrite", s => s.put(entry)); },
  drop(capture) { return this.run("readwrite", s => s.delete(capture)); },
  async of(person) { return (await this.run("readonly", s => s.getAll())).filter(e => e.person === person).sort((a, b) => a.at - b.at); },
};

const told = document.querySelector("[data-waiting]");
// The page without a connection knows nobody: it takes whoever was signed in here last.
const person = told?.dataset.waiting || localStorage.getItem("person");
if (told?.dataset.waiting) localStorage.setItem("person", person);

const show = async () => {
  const mine = await queue.of(person);
  told.hidden = mine.length === 0;
  told.querySelector("ul").replaceChildren(...mine.map(entry => {
    const item = Object.assign(document.createElement("li"), { textContent: `${new Map(entry.fields).get("Form.What")} ` });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: told.dataset.discard });
    button.addEventListener("click", async () => { if (confirm(told.dataset.sure)) { await queue.drop(entry.capture); await show(); } });
    item.append(button);
    return item;
  }));
  return mine;
};

const send = async () => {
  if (!told.dataset.waiting || !navigator.onLine) return;
  for (const entry of await queue.of(person)) {
    const fresh = (await parsed(await fetch("/learning/new"))).querySelector("form[data-capture]");
    if (fresh?.dataset.capture !== entry.person) return; // signed out, or somebody else meanwhile: it waits
    const data = new FormData(fresh);
    for (const name of new Set(entry.fields.map(([n]) => n))) data.delete(name);
    for (const [name, value] of entry.fields) data.append(name, value);
    const answer = await fetch(fresh.action, { method: "POST", body: data });
    if (answer.ok && answer.redirected) await queue.drop(entry.capture); // a form that comes back was refused: its writer puts it right
    else if (!answer.ok) return;
  }

  await show();
};

if (told && person && "indexedDB" in window) {
  addEventListener("online", () => send().catch(() => { /* the next page tries again */ }));
  show().then(send).catch(() => { /* no connection, or a browser that keeps nothing */ });

  if (form) form.hidden = false;
  form?.addEventListener("submit", async e => {
    if (e.submitter?.value === "suggest" || (navigator.onLine && form.dataset.capture)) return;
    e.preventDefault();
    const fields = [...new FormData(form)].filter(([name, value]) => name.startsWith("_") === false && typeof value === "string" && name !== "Form.Capture");
    const capture = crypto.randomUUID();
    const now = new Date();
    if (!fields.some(([n]) => n === "Form.On")) fields.push(["Form.On", new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10)]);
    await queue.put({ capture, person, at: now.getTime(), fields: [...fields, ["Form.Capture", capture], ["Form.Step", "save"]] });
    form.reset();
    await show();
    told.focus();
  });

  // Signing out wipes what this site keeps here.
  for (const leave of document.querySelectorAll("form[action='/sign-out']")) {
    let sure = false;
    leave.addEventListener("submit", async e => {
      if (sure) return;
      e.preventDefault();
      sure = (await queue.of(person)).length === 0 || confirm(told.dataset.leave);
      if (sure) leave.requestSubmit();
    });
  }
}
