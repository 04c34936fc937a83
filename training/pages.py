#!/usr/bin/env python3
"""Texts for `training entities` and `training relations` from saved pages of the web.

    pages.py PAGES_DIR GOLD.json LABELS.json OUT_DIR TEARSHEET

The text of a page is what `tearsheet import` reads of it; LABELS.json (`pages.json` here) tells by the page's id
which of the names that `training judge` lists are companies, and which pairs are partners. With `-` for it the
texts come without labels, which is how to get something to judge. Pages without labels are left out. Needs PyYAML.
"""
import gzip
import json
import sys
from pathlib import Path

import yaml

from unlabelled import plain, read, saved

LABELS = ("companies", "companies_optional", "partnerships", "partnerships_optional")


def main():
    pages, gold, labels, out, program = sys.argv[1:]
    labels = None if labels == "-" else json.load(open(labels))
    Path(out).mkdir(parents=True, exist_ok=True)
    count = 0
    for page in json.load(open(gold)):
        name, file = saved(pages, page)
        if not file.exists() or labels is not None and name not in labels:
            continue
        text = read(program, gzip.open(file).read(), page.get("url") or "")
        if not text:
            continue
        matter, body = yaml.safe_load(text.split("---\n")[1]), plain(text).strip()
        if len(body) < 200:
            continue
        told = (labels or {}).get(name, {})
        row = {"lang": str(matter.get("lang") or "en")[:2], "title": matter.get("title"), "body": body}
        row.update({key: told.get(key, []) for key in LABELS})
        (Path(out) / f"{name}.json").write_text(json.dumps(row, ensure_ascii=False))
        count += 1
    print(f"{count} texts")


if __name__ == "__main__":
    main()
