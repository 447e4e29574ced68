// Dragging over free time in a calendar leads to the form that books it. Without this, and on a phone, every free time has a link.
const rowMinutes = 15;

for (const day of document.querySelectorAll("[data-book]")) day.addEventListener("pointerdown", begin);

function begin(down) {
  const free = down.target.closest(".free[data-row]");
  if (!free || down.pointerType !== "mouse" || down.button !== 0) return;
  down.preventDefault();
  const day = down.currentTarget;
  const [first, count] = [Number(free.dataset.row), Number(free.dataset.rows)];
  const box = free.getBoundingClientRect();
  const rowAt = y => first + Math.min(count - 1, Math.max(0, Math.floor((y - box.top) / box.height * count)));
  const from = rowAt(down.clientY);
  let to = from;
  const mark = Object.assign(document.createElement("li"), { className: "cal-item drag" });
  mark.setAttribute("aria-hidden", "true");
  mark.style.gridColumn = "1 / -1";
  const ended = new AbortController();

  addEventListener("pointermove", move => {
    to = rowAt(move.clientY);
    if (to === from && !mark.isConnected) return;
    const shift = 1 - Number(day.dataset.first);
    mark.style.gridRow = `${Math.min(from, to) + shift} / ${Math.max(from, to) + 1 + shift}`;
    if (!mark.isConnected) day.append(mark);
  }, { signal: ended.signal });
  addEventListener("keydown", key => { if (key.key === "Escape") end(); }, { signal: ended.signal });
  addEventListener("pointerup", () => {
    const dragged = mark.isConnected;
    end();
    if (!dragged) return; // a click: the link leads there
    addEventListener("click", click => click.preventDefault(), { capture: true, once: true });
    location.assign(`${day.dataset.book}&start=${clock(Math.min(from, to))}&end=${clock(Math.max(from, to) + 1)}#book`);
  }, { signal: ended.signal });

  function end() {
    ended.abort();
    mark.remove();
  }
}

function clock(row) {
  const minutes = Math.min(row * rowMinutes, 24 * 60 - 1); // the day's last minute stands for its end
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
