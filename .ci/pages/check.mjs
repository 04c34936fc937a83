// Holds the pages of a built site against an HTML validator, axe-core and budgets of weight, in a
// real Chromium at three widths, light and dark, with scripts and without:
//
//   node check.mjs FOLDER
import { createReadStream } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { checkAccess, checkShape, end, launched, validator } from "./page.mjs";

const root = path.resolve(process.argv[2]);
const WIDTHS = [360, 768, 1280];
/** Of an article's HTML and CSS together, compressed, in bytes. */
const ARTICLE_WEIGHT = 30_000;
const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml" };

/** Mail programs read no style sheets, and need the attributes of old. */
const MAIL = new Set(["no-inline-style", "no-deprecated-attr", "prefer-tbody"]);

const faults = [];
const fault = (page, text) => faults.push(`${page}: ${text}`);

const files = (await readdir(root, { recursive: true })).filter((name) => name.endsWith(".html")).sort();

// Every page is valid HTML.
const valid = validator();
/** Small sites are looked at page by page. */
const EVERY_PAGE = 40;
/** One page of every kind, and how many pages of that kind are valid. */
const kinds = new Map();
for (const file of files) {
  const text = await readFile(path.join(root, file), "utf8");
  const report = await valid.validateString(text, file);
  for (const { messages } of report.results) {
    const isMail = path.basename(file) === "mail.html";
    const own = messages.filter(({ ruleId }) => !(isMail && MAIL.has(ruleId)));
    for (const { line, column, message, ruleId } of own) fault(file, `${line}:${column}: ${message} (${ruleId})`);
  }
  const kind = files.length > EVERY_PAGE ? (/<body class="([^"]*)"/.exec(text)?.[1] ?? "none") : file;
  if (!kinds.has(kind)) kinds.set(kind, { file, pages: 0, weight: 0 });
  const entry = kinds.get(kind);
  entry.pages += 1;
  entry.weight = Math.max(entry.weight, gzipSync(text).length);
}

const css = gzipSync(await readFile(path.join(root, "style.css"))).length;
const article = (kinds.get("article")?.weight ?? 0) + css;
if (article > ARTICLE_WEIGHT) fault("articles", `${article} bytes of HTML and CSS, more than ${ARTICLE_WEIGHT}`);

// The site as a host would serve it.
const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  let file = path.join(root, decodeURIComponent(pathname));
  if (await stat(file).then((found) => found.isDirectory(), () => false)) file = path.join(file, "index.html");
  response.setHeader("content-type", `${TYPES[path.extname(file)] ?? "application/octet-stream"}; charset=utf-8`);
  createReadStream(file).on("error", () => response.writeHead(404).end()).pipe(response);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await launched();
const violations = new Map([...kinds.keys()].map((kind) => [kind, 0]));
for (const colorScheme of ["light", "dark"]) {
  for (const width of WIDTHS) {
    for (const javaScriptEnabled of [true, false]) {
      const context = await browser.newContext({ colorScheme, javaScriptEnabled, viewport: { width, height: 900 }, bypassCSP: true });
      const page = await context.newPage();
      let here = "";
      page.on("console", (message) => message.type() === "error" && fault(here, message.text()));
      page.on("request", (request) => request.url().startsWith(origin) || fault(here, `asks for ${request.url()}`));
      for (const [kind, { file }] of kinds) {
        // It leads elsewhere at once.
        if (kind === "redirect") continue;
        here = `${file} (${width}, ${colorScheme}${javaScriptEnabled ? "" : ", no scripts"})`;
        await page.goto(`${origin}/${file}`);
        const say = (text) => fault(here, text);
        await checkShape(page, width, say);
        if (javaScriptEnabled) violations.set(kind, violations.get(kind) + (await checkAccess(page, say)));
      }
      await context.close();
    }
  }
}
await browser.close();
server.close();

console.log("kind                           pages  largest, gzip  axe violations");
for (const [kind, { pages, weight }] of kinds) {
  console.log(`${kind.padEnd(30)} ${String(pages).padStart(5)} ${String(weight).padStart(14)} ${String(violations.get(kind)).padStart(15)}`);
}
console.log(`style.css ${css} bytes; the largest article with it ${article} bytes (gzip)`);
end(faults);
