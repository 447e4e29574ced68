// Installs what answers while there is no connection. Its address changes with its content and with that of the style sheets and scripts.
if ("serviceWorker" in navigator) {
  const sheets = [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map(l => new URL(l.href ?? l.src).searchParams.get("v")).join("");
  addEventListener("load", () => navigator.serviceWorker.register(`/sw.js?v=${sheets}`).catch(() => { /* a browser that keeps nothing */ }));
}
