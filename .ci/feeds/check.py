"""Holds the feeds of a built site against two readers that others wrote: feedparser reads the Atom feeds
itself, and what feedsmith has read of all of them comes on standard input:

    node read.mjs FOLDER | python3 check.py FOLDER
"""

import json
import sys
from pathlib import Path
from urllib.parse import urlparse

import feedparser

root = Path(sys.argv[1])
faults = []
seen = {}


def fault(name, text):
    faults.append(f"{name}: {text}")


def read(name):
    """A feed as feedparser reads it."""
    feed = feedparser.parse((root / name).read_bytes())
    if feed.bozo:
        fault(name, feed.bozo_exception)
    if feed.version != "atom10":
        fault(name, f"read as {feed.version or 'nothing'}")
    entries = [
        {
            "id": entry.get("id"),
            "title": entry.get("title"),
            "link": entry.get("link"),
            "published": entry.get("published", "")[:10],
        }
        for entry in feed.entries
    ]
    for entry in feed.entries:
        if not entry.get("updated_parsed"):
            fault(name, f"{entry.get('id')} was never updated")
        if "content" in entry and not entry.content[0].value.strip():
            fault(name, f"{entry.get('id')} has nothing in it")
    return entries


for line in sys.stdin:
    other = json.loads(line)
    name, entries = other["name"], other["entries"]
    if not other["title"]:
        fault(name, "has no title")
    ids = [entry["id"] for entry in entries]
    if len(set(ids)) < len(ids) or not all(ids):
        fault(name, "entries have no ids of their own")
    for entry in entries:
        if not entry["title"] or not urlparse(entry["link"] or "").scheme:
            fault(name, f"{entry['id']} has no title or no whole address")
        if entry["published"].startswith("1970"):
            fault(name, f"{entry['id']} has a day that nobody told")
    seen[name] = entries
    if name.endswith(".xml") and read(name) != entries:
        fault(name, "two readers do not read the same")

for name, entries in seen.items():
    if name.endswith(".json") and seen.get(name[:-4] + "xml") != entries:
        fault(name, "says other things than the Atom feed beside it")

if not seen or not any(seen.values()):
    fault(root, "there are no feeds, or nothing is in them")
print(f"{len(seen)} feeds with {sum(map(len, seen.values()))} entries read by two readers")
if faults:
    sys.exit("\n".join(faults))
