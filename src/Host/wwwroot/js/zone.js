// Tells the server the clock of this device, unless the reader chose another one.
const kept = name => document.cookie.split("; ").find(c => c.startsWith(name + "="))?.slice(name.length + 1);

if (kept("tz-chosen") !== "1") {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && decodeURIComponent(kept("tz") ?? "") !== zone) {
    const secure = location.protocol === "https:" ? "; Secure" : "";
    document.cookie = `tz=${encodeURIComponent(zone)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
  }
}
