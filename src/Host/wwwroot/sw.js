// While there is no connection, the page /offline answers. Kept are that page, its style sheets and icons, and nothing else: never
// a page with somebody's data. Everything is fetched from the network first.
const version = new URL(location.href).searchParams.get("v") ?? "0";
const cacheName = `shell-${version}`;
const offline = "/offline";

const fill = async () => {
  const page = await fetch(offline, { credentials: "omit" }); // as a visitor, so that it names nobody
  const html = await page.clone().text();
  const parts = [...html.matchAll(/(?:href|src)="(\/(?:css|js)\/[^"]+|\/icons?\.svg[^"#]*)/g)].map(m => m[1]);
  const cache = await caches.open(cacheName);
  await cache.put(offline, page);
  await cache.addAll([...new Set(parts)]);
};

self.addEventListener("install", e => e.waitUntil(fill().then(() => self.skipWaiting())));

self.addEventListener("activate", e => e.waitUntil((async () => {
  for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name);
  await self.clients.claim();
})()));

self.addEventListener("fetch", e => {
  const { request } = e;
  const path = new URL(request.url).pathname;
  // What is captured is kept on the device before it is sent (capture.js): where sending fails, the page without a connection shows it.
  const captures = request.method === "POST" && request.mode === "navigate" && path === "/learning/new";
  if ((request.method !== "GET" && !captures) || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") e.respondWith(fetch(request).catch(() => caches.match(offline)));
  else if (/^\/(css|js)\/|^\/icons?\.svg$/.test(path)) e.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
});
