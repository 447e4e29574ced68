// Makes one file of the icons that icons.txt names, for <svg><use href="/icons.svg#name"/></svg>.
// Usage: node icons.mjs <names> <set> <sprite>
import { readFileSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";

const [names, set, sprite] = process.argv.slice(2);
const wanted = readFileSync(names, "utf8").split(/\s+/).filter(Boolean);
const missing = wanted.filter(name => !existsSync(join(set, `${name}.svg`)));
if (missing.length > 0) {
  console.error(`icons.txt names what the set does not have: ${missing.join(", ")}`);
  process.exit(1);
}

const symbols = wanted.map(name => {
  const shapes = readFileSync(join(set, `${name}.svg`), "utf8").replace(/^[\s\S]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${shapes.replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>")}</symbol>`;
});
writeFileSync(sprite, `<svg xmlns="http://www.w3.org/2000/svg" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">\n${symbols.join("\n")}\n</svg>\n`);
