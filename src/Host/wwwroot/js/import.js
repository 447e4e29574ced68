// The import of a catalogue tells how far it is. Without this file, the page comes back when it is done.
for (const form of document.querySelectorAll("form[data-import]")) {
  const told = form.querySelector("[role=status]");
  const [file, source] = form.querySelectorAll("input[type=file], input[type=text]");
  const say = (text, ...values) => { told.hidden = false; told.textContent = values.reduce((t, v, i) => t.replace(`{${i}}`, v.toLocaleString(document.documentElement.lang)), text); };

  form.addEventListener("submit", async e => {
    if (!/\.zip$/i.test(file.files[0]?.name ?? "")) return; // the server says what is wrong
    e.preventDefault();
    form.querySelector("button").disabled = true;
    say(told.dataset.sending);
    try {
      const answer = await fetch(`${form.dataset.import}?source=${encodeURIComponent(source.value)}`, {
        method: "POST", body: file.files[0],
        headers: { "Content-Type": "application/zip", Accept: "application/x-ndjson", "Idempotency-Key": crypto.randomUUID() },
      });
      if (!answer.ok) return form.submit(); // the page says it in the reader's language
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let rest = "", part; !(part = await reader.read()).done;) {
        const lines = (rest + part.value).split("\n");
        rest = lines.pop();
        for (const line of lines.filter(l => l).map(l => JSON.parse(l))) {
          if (line.progress) say(told.dataset.read, line.progress.conceptsRead);
          if (line.report?.changes) return location.assign(`${form.dataset.reports}/${line.report.changes.import.id}`);
          if (line.report) say(told.dataset.done, line.report.accepted, line.report.alreadyThere, line.report.rejected);
        }
      }
    } catch {
      say(told.dataset.broken);
    }

    form.querySelector("button").disabled = false;
  });
}
