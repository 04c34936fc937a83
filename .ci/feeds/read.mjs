// Reads the feeds of a built site with feedsmith and prints what it finds, one line of JSON a feed:
//
//   node read.mjs FOLDER
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { parseFeed } from "feedsmith";

const root = process.argv[2];
const files = (await readdir(root, { recursive: true })).filter((name) => /(^|\/)feed\.(xml|json)$/.test(name)).sort();
for (const name of files) {
  const text = await readFile(path.join(root, name), "utf8");
  const { format, feed } = parseFeed(name.endsWith(".json") ? JSON.parse(text) : text);
  const entries = format === "json" ? feed.items : feed.entries;
  console.log(JSON.stringify({
    name,
    format,
    title: feed.title?.value ?? feed.title,
    entries: (entries ?? []).map((entry) => ({
      id: entry.id,
      title: entry.title?.value ?? entry.title,
      link: entry.url ?? entry.links?.find((link) => (link.rel ?? "alternate") === "alternate")?.href,
      published: (entry.published ?? entry.date_published ?? "").slice(0, 10),
    })),
  }));
}
