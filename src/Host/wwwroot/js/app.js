// Installs what answers while there is no connection. Its address changes with its content and with that of the style sheets.
if ("serviceWorker" in navigator) {
  const sheets = [...document.querySelectorAll("link[rel=stylesheet]")].map(l => new URL(l.href).searchParams.get("v")).join("");
  addEventListener("load", () => navigator.serviceWorker.register(`/sw.js?v=${sheets}`).catch(() => { /* a browser that keeps nothing */ }));
}
