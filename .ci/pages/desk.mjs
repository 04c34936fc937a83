// Holds the pages of the desk against axe-core and an HTML validator, in a real Chromium, light and dark, at
// 360 px, at 640 (what is left of 1280 at twice the size) and at 1280:
//
//   node desk.mjs TEARSHEET
import { spawn, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { checkAccess, checkShape, end, launched, validator } from "./page.mjs";

const program = path.resolve(process.argv[2]);
const WIDTHS = [360, 640, 1280];
/** Of all scripts of the desk together, in bytes. */
const SCRIPTS = 40_000;

const faults = [];
const fault = (page, text) => faults.push(`${page}: ${text}`);

// A site with all that a page of the desk may show: drafts, doubts, names on offer, a day to come, near ids.
const root = await mkdtemp(path.join(tmpdir(), "desk-"));
await mkdir(path.join(root, "inbox"));
await mkdir(path.join(root, "content/articles"), { recursive: true });
await writeFile(path.join(root, "tearsheet.toml"), 'title = "Desk"\n');
await writeFile(path.join(root, "inbox/pact.txt"), `Home
News
Markets
Weather
Sports
Video

Lens maker and phone maker sign a pact

By Ann Reporter

23 May 2022

Xiaomi and Leica Camera said on Monday that they will develop cameras for phones together. The two companies signed a long-term agreement in Berlin.

Zarvox Optics GmbH of Jena will supply the glass for the lenses, its chief executive told the Daily Lens. Zarvox Optics has supplied Leica Camera since 2019.

Subscribe to our newsletter and never miss a story

Copyright 2022 Daily Lens. All rights reserved.
`);
const article = (name, more, text) =>
  writeFile(path.join(root, `content/articles/${name}.md`), `---\ntitle: "${name}"\n${more}\n---\n\n${text}\n`);
await article("later", "date: 2022-05-24\npublish_date: 2990-01-02\nlang: en\ncompanies: [zarvox-optics]\nrights: excerpt", "Zarvox Optics grinds.");
await article("near", "date: 2022-05-25\nlang: en\ncompanies: [zarvox-optics-gmbh]\nrights: excerpt", "Zarvox Optics GmbH grinds.");
await article("عربي", "lang: ar\nrights: excerpt", "نص قصير من غير تاريخ.");
const imported = spawnSync(program, ["import"], { cwd: root, encoding: "utf8" });
if (imported.status !== 0) throw new Error(imported.stderr);

const server = spawn(program, ["serve", "-p", "0", "--no-import"], { cwd: root, env: { ...process.env, NO_COLOR: "1" } });
process.on("exit", () => server.kill());
const origin = await new Promise((told) => {
  let text = "";
  server.stderr.on("data", (bytes) => {
    text += bytes;
    const address = /http:\/\/[\d.]+:\d+/.exec(text);
    if (address && / in [\d.]+ m?s/.test(text)) told(address[0]);
  });
});

const valid = validator({
  "attribute-boolean-style": "off",
  // A dialog may be named so; a list without marks is one for some screen readers only by its role; and the
  // script tells the style sheet where words are selected.
  "aria-label-misuse": "off",
  "no-redundant-role": "off",
  "no-inline-style": "off",
});
const browser = await launched();

const isThere = (selector) => (page) => page.waitForSelector(selector);
const pressed = (key, selector) => async (page) => {
  await page.keyboard.press(key);
  await page.waitForSelector(selector);
};
/** What is looked at, one after the other on one page: a name and how to get there. */
const views = async (page) => {
  await page.goto(`${origin}/_desk/`);
  await page.waitForSelector(".queue a");
  const links = await page.$$eval(".queue > li > a", (all) => all.map((one) => [one.textContent, one.href]));
  const link = (words) => links.find(([text]) => text.includes(words))[1];
  const go = (address, selector) => async (page) => {
    await page.goto(address);
    await page.waitForSelector(selector);
  };
  return [
    ["queue", isThere(".queue a")],
    ["keys of the queue", pressed("?", "dialog[open]")],
    ["empty queue", go(`${origin}/_desk/?filter=disputed`, ".empty")],
    ["clip", go(`${origin}/_desk/clip`, "h1")],
    ["scheduled article", go(link("later"), ".facts")],
    ["near ids", go(link("near"), ".facts .near")],
    ["article in Arabic", go(link("عربي"), ".facts")],
    ["article", go(link("Lens maker"), ".facts")],
    ["lines folded open", (page) => page.$eval("details", (one) => (one.open = true))],
    ["words selected", async (page) => {
      await page.locator("[data-about]:has-text('Xiaomi')").first().click();
      await page.waitForSelector(".bar:not([hidden])");
    }],
    ["keys of the article", async (page) => {
      await page.keyboard.press("Escape");
      await page.$eval("h1", () => document.activeElement.blur());
      await pressed("?", "dialog[open]")(page);
    }],
    ["titles to choose", async (page) => {
      await page.keyboard.press("Escape");
      await pressed("t", "dialog[open]")(page);
    }],
  ];
};

let scripts = 0;
const loaded = new Set();
const violations = new Map();
for (const colorScheme of ["light", "dark"]) {
  for (const width of WIDTHS) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, bypassCSP: true });
    const page = await context.newPage();
    let here = "";
    page.on("console", (message) => message.type() === "error" && fault(here, message.text()));
    page.on("pageerror", (error) => fault(here, error.message));
    page.on("request", (request) => request.url().startsWith(origin) || request.url().startsWith("data:") || fault(here, `asks for ${request.url()}`));
    page.on("response", (response) => response.url().endsWith(".js") && loaded.add(response.url()));
    for (const [name, reach] of await views(page)) {
      here = `${name} (${width}, ${colorScheme})`;
      await reach(page);
      const say = (text) => fault(here, text);
      await checkShape(page, width, say);
      if (width === 1280 && colorScheme === "light") {
        const html = await page.evaluate(() => `<!doctype html>\n${document.documentElement.outerHTML}`);
        const report = await valid.validateString(html, name);
        for (const { messages } of report.results) {
          for (const { line, column, message, ruleId } of messages) say(`${line}:${column}: ${message} (${ruleId})`);
        }
      }
      violations.set(name, (violations.get(name) ?? 0) + (await checkAccess(page, say)));
    }
    await context.close();
  }
}
await browser.close();
for (const url of loaded) scripts += (await (await fetch(url)).arrayBuffer()).byteLength;
await rm(root, { recursive: true });

for (const [name, count] of violations) console.log(`${name.padEnd(24)} ${count} axe violations`);
console.log(`${scripts} bytes of scripts in ${loaded.size} files`);
if (scripts > SCRIPTS) fault("scripts", `${scripts} bytes, more than ${SCRIPTS}`);
end(faults);
