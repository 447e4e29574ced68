// The search box answers while one types. Without this file, Enter leads to the page of results.
const wait = 160;

const links = items => {
  const list = Object.assign(document.createElement("ul"), { className: "links" });
  for (const item of items) {
    const link = Object.assign(document.createElement("a"), { href: `/skills?uri=${encodeURIComponent(item.uri)}` });
    const words = Object.assign(document.createElement("span"), { textContent: item.label });
    if (item.matchedLabel !== item.label) words.append(Object.assign(document.createElement("small"), { textContent: item.matchedLabel }));
    link.append(words);
    list.appendChild(document.createElement("li")).append(link);
  }
  return list;
};

for (const form of document.querySelectorAll("[data-search]")) {
  const input = form.querySelector("input");
  const list = form.appendChild(Object.assign(document.createElement("div"), { className: "suggestions", hidden: true }));
  const told = form.appendChild(Object.assign(document.createElement("span"), { className: "visually-hidden" }));
  told.setAttribute("role", "status");
  let timer, running;

  const close = () => { list.hidden = true; running?.abort(); clearTimeout(timer); };

  const show = async () => {
    running?.abort();
    const text = input.value.trim();
    if ([...text].length < 2) return close();
    running = new AbortController();
    try {
      // A box of its own names where its answers come from, as JSON; the box of the frame gets a piece of page.
      const source = form.dataset.search;
      const answer = await fetch(`${source || "/search/suggestions"}?q=${encodeURIComponent(text)}`, { signal: running.signal, headers: { Accept: source ? "application/json" : "text/html" } });
      if (answer.status !== 200) return close();
      if (source) list.replaceChildren(links((await answer.json()).items.slice(0, 8)));
      else list.innerHTML = await answer.text(); // the server has escaped what people typed
      list.hidden = false;
      told.textContent = `${list.querySelectorAll("li").length}`;
    } catch (e) {
      if (e.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, wait); });
  input.addEventListener("focus", () => { if (input.value.trim() && list.childElementCount) list.hidden = false; });
  form.addEventListener("focusout", e => { if (!form.contains(e.relatedTarget)) close(); });
  list.addEventListener("mousedown", e => e.preventDefault()); // the box keeps the focus, so that the click arrives
  form.addEventListener("keydown", e => {
    const stops = [input, ...(list.hidden ? [] : list.querySelectorAll("a"))];
    const at = stops.indexOf(document.activeElement);
    if (e.key === "Escape" && !list.hidden) { input.focus(); close(); e.preventDefault(); } // in this order: the focus would open the list again
    else if (e.key === "ArrowDown" && stops.length > 1) { stops[Math.min(at + 1, stops.length - 1)].focus(); e.preventDefault(); }
    else if (e.key === "ArrowUp" && at > 0) { stops[at - 1].focus(); e.preventDefault(); }
  });
}

// "/" leads to the search from anywhere but a field.
document.addEventListener("keydown", e => {
  if (e.key !== "/" || e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select, [contenteditable]")) return;
  const box = [...document.querySelectorAll("[role=search] input")].find(i => i.checkVisibility());
  if (box) { box.focus(); e.preventDefault(); }
});
