// Pickers offer what fits while one types (the pattern of a combobox with a list). Without this file, sending the form shows the choices.
const wait = 160;

for (const picker of document.querySelectorAll("[data-picker]")) {
  const [input, id] = picker.querySelectorAll("input");
  const list = picker.querySelector("[role=listbox]");
  let timer, running, at = -1;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);

  const open = shown => { list.hidden = !shown; input.setAttribute("aria-expanded", shown); if (!shown) { at = -1; input.removeAttribute("aria-activedescendant"); } };
  open(false);

  const point = to => {
    const options = list.children;
    if (options.length === 0) return;
    options[at]?.setAttribute("aria-selected", "false");
    at = (to + options.length) % options.length;
    options[at].setAttribute("aria-selected", "true");
    options[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[at].id);
  };

  const take = option => { input.value = option.dataset.text; id.value = option.dataset.id; id.disabled = false; open(false); };

  const show = async () => {
    running?.abort();
    const text = input.value.trim();
    if ([...text].length < 2) return open(false);
    running = new AbortController();
    try {
      const answer = await fetch(`${picker.dataset.picker}&q=${encodeURIComponent(text)}`, { signal: running.signal });
      if (!answer.ok) return open(false);
      list.replaceChildren(...(await answer.json()).map((offer, index) => {
        const option = Object.assign(document.createElement("div"), { id: `${list.id}-${index}` });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        Object.assign(option.dataset, { id: offer.id, text: offer.text });
        option.append(offer.text);
        if (offer.detail) option.append(Object.assign(document.createElement("small"), { textContent: offer.detail }));
        return option;
      }));
      at = -1;
      open(list.childElementCount > 0);
    } catch (e) {
      if (e.name !== "AbortError") open(false);
    }
  };

  input.addEventListener("input", () => { id.value = ""; id.disabled = false; clearTimeout(timer); timer = setTimeout(show, wait); });
  input.addEventListener("blur", () => open(false));
  list.addEventListener("mousedown", e => { e.preventDefault(); const option = e.target.closest("[role=option]"); if (option) take(option); });
  input.addEventListener("keydown", e => {
    if (list.hidden) return;
    if (e.key === "ArrowDown") point(at + 1);
    else if (e.key === "ArrowUp") point(at - 1);
    else if (e.key === "Enter" && at >= 0) take(list.children[at]);
    else if (e.key === "Escape") open(false);
    else return;
    e.preventDefault();
  });
}
