// What the checks of pages have in common: a validator, a browser, and what every page must hold.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

import { HtmlValidate } from "html-validate";
import { chromium } from "playwright-core";

/** A validator of HTML, with rules that one check has besides. */
export const validator = (rules = {}) =>
  new HtmlValidate({
    extends: ["html-validate:recommended", "html-validate:a11y"],
    rules: {
      // These are matters of taste.
      "doctype-style": "off",
      "long-title": "off",
      "no-trailing-whitespace": "off",
      ...rules,
    },
  });

export const launched = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });

/** Says where a page is wider than the window, or has not one main heading. */
export const checkShape = async (page, width, fault) => {
  const { wide, headings } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    headings: document.querySelectorAll("h1").length,
  }));
  if (wide > width) fault(`is ${wide} wide`);
  if (headings !== 1) fault(`has ${headings} main headings`);
};

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Holds a page against axe-core; gives how many elements violate a rule. */
export const checkAccess = async (page, fault) => {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
  for (const { id, nodes } of violations) fault(`${id}: ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`);
  return violations.reduce((sum, { nodes }) => sum + nodes.length, 0);
};

/** Prints the faults and ends the program. */
export const end = (faults) => {
  for (const text of faults.slice(0, 50)) console.error(text);
  if (faults.length > 0) console.error(`${faults.length} faults`);
  process.exit(faults.length > 0 ? 1 : 0);
};
