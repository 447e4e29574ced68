// Capturing what one learnt: details are suggested while one types, and what is written is kept on this device until it has arrived: without a
// connection, with a bad one, or after the sign-in has run out. Without this file the button asks for suggestions, and saving needs a connection.
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
    data.delete("Form.File");
    try {
      const page = await parsed(await fetch(form.action, { method: "POST", body: data, signal: running.signal }));
      const offered = page.querySelector("[data-suggested]");
      // Whoever is choosing meanwhile is not disturbed.
      if (offered && !place.contains(document.activeElement)) place.replaceChildren(...offered.childNodes);
    } catch { /* the button asks again */ }
  };

  if (place) form.querySelector("[value=suggest]").hidden = true; // it is done while one types
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
  get(capture) { return this.run("readonly", s => s.get(capture)); },
  async of(person) { return (await this.run("readonly", s => s.getAll())).filter(e => e.person === person).sort((a, b) => a.at - b.at); },
};

const told = document.querySelector("[data-waiting]");
// The page without a connection knows nobody: it takes whoever was signed in here last.
const person = told?.dataset.waiting || localStorage.getItem("person");
if (told?.dataset.waiting) localStorage.setItem("person", person);

const inForm = () => form?.elements["Form.Capture"]?.value;
const words = entry => new Map(entry.fields).get("Form.What");

const show = async () => {
  const mine = (await queue.of(person)).filter(entry => entry.capture !== inForm());
  told.hidden = mine.length === 0;
  told.querySelector("ul").replaceChildren(...mine.map(entry => {
    const item = Object.assign(document.createElement("li"), { textContent: `${words(entry)} ` });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: told.dataset.discard });
    button.addEventListener("click", async () => { if (confirm(told.dataset.sure)) { await queue.drop(entry.capture); await show(); } });
    if (told.dataset.waiting) item.append(Object.assign(document.createElement("a"), { href: `/learning/new#kept-${entry.capture}`, textContent: told.dataset.open }), " ");
    item.append(button);
    return item;
  }));
  return mine;
};

const send = async () => {
  if (!told.dataset.waiting || !navigator.onLine) return;
  let arrived = 0;
  for (const entry of await queue.of(person)) {
    if (entry.capture === inForm()) continue; // it is being put right here
    const fresh = (await parsed(await fetch("/learning/new"))).querySelector("form[data-capture]");
    if (fresh?.dataset.capture !== entry.person) return; // signed out, or somebody else meanwhile: it waits
    const data = new FormData(fresh);
    for (const name of new Set(entry.fields.map(([n]) => n))) data.delete(name);
    for (const [name, value] of entry.fields) data.append(name, value);
    const answer = await fetch(fresh.action, { method: "POST", body: data });
    if (answer.ok && answer.redirected) await queue.drop(entry.capture).then(() => arrived++); // a form that comes back was refused: its writer puts it right
    else if (!answer.ok) return;
  }

  await show();
  if (arrived > 0) document.querySelector("[data-sent]").hidden = false;
};

// What has arrived is named by the address of the page that says so; a form that came back holds its words itself, and everything else waits.
const settle = async () => {
  const [, recorded] = location.hash.match(/^#recorded-(.+)$/) ?? [];
  if (!recorded) return;
  await queue.drop(recorded);
  history.replaceState(history.state, "", location.pathname + location.search);
};

// One that waits is opened in the form, by the link beside it.
const reopen = async () => {
  const [, capture] = location.hash.match(/^#kept-(.+)$/) ?? [];
  const entry = form && capture && await queue.get(capture);
  if (!entry || entry.person !== form.dataset.capture) return;
  for (const [name, value] of entry.fields) if (typeof value === "string" && form.elements[name]?.value !== undefined) form.elements[name].value = value;
};

if (told && person && "indexedDB" in window) {
  addEventListener("online", () => send().catch(() => { /* the next page tries again */ }));
  settle().then(reopen).then(show).then(send).catch(() => { /* no connection, or a browser that keeps nothing */ });

  if (form) form.hidden = false;
  const blank = form?.querySelector("[data-suggested]")?.cloneNode(true); // nothing suggested for one sentence is left to the next
  let kept = false;
  form?.addEventListener("submit", async e => {
    if (e.submitter?.value === "suggest" || kept) return;
    e.preventDefault();
    const fields = [...new FormData(form)].filter(([name, value]) => !name.startsWith("_") && name !== "Form.Capture" && (typeof value === "string" || value.size > 0));
    const capture = form.elements["Form.Capture"]?.value || crypto.randomUUID();
    const now = new Date();
    if (!fields.some(([n]) => n === "Form.On")) fields.push(["Form.On", new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10)]);
    const online = navigator.onLine && form.dataset.capture;
    try {
      await queue.put({ capture, person, at: now.getTime(), fields: [...fields, ["Form.Capture", capture], ["Form.Step", "save"]] });
    } catch (failure) {
      if (!online) throw failure; // a browser that keeps nothing sends it as any form
    }

    if (online) {
      kept = true;
      form.requestSubmit(e.submitter);
      return;
    }

    form.reset();
    if (blank) {
      form.querySelector("[data-suggested]").replaceChildren(...blank.cloneNode(true).childNodes);
      form.elements["Form.Capture"].value = crypto.randomUUID();
    }

    await show();
    told.focus();
  });

  // Signing out wipes what this site keeps of one here. What somebody else wrote at this device waits for them.
  for (const leave of document.querySelectorAll("form[action='/sign-out']")) {
    let sure = false;
    leave.addEventListener("submit", async e => {
      if (sure) return;
      e.preventDefault();
      const mine = await queue.of(person);
      sure = mine.length === 0 || confirm(told.dataset.leave);
      if (!sure) return;
      for (const entry of mine) await queue.drop(entry.capture);
      localStorage.removeItem("person");
      leave.requestSubmit();
    });
  }
}
