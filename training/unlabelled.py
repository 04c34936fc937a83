#!/usr/bin/env python3
"""Raw texts from saved pages whose body nobody labelled: what `tearsheet import` reads with the markup is
taken for the body.

    unlabelled.py FLATTEN.PY PAGES_DIR GOLD.json OUT_DIR TEARSHEET

FLATTEN.PY takes the markup away; OUT_DIR gets a folder for each of its three ways. A page is left out where
its labelled snippets contradict what was read. Needs lxml, PyYAML and Babel.
"""
import datetime
import gzip
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

WAYS = ("blocks", "nodes", "line")


def load(path):
    """The module in a file, without its command line."""
    source = Path(path).read_text().replace("\nmain()\n", "\n")
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("flatten", None))
    exec(compile(source, path, "exec"), module.__dict__)
    return module


def plain(markdown):
    """The words of a Markdown file's body."""
    body = markdown.split("---\n", 2)[2]
    body = re.sub(r"!\[[^\]]*\]\([^)]*\)", "", body)
    body = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", body)
    body = re.sub(r"<[^>]+>", "", body)
    return re.sub(r"[*#>`\\|]|^- ", "", body, flags=re.M)


def read(program, raw, address=""):
    """The Markdown that the program makes of a page, told the address that it was saved from; empty where it refuses."""
    address = address.encode()
    remark = b"<!-- saved from url=(%04d)%s -->\n" % (len(address), address) if address else b""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_bytes(remark + raw)
        done = subprocess.run([program, "import", "--print", str(file)], cwd=folder, capture_output=True, text=True)
    return done.stdout if done.stdout.count("---\n") >= 2 else ""


def saved(pages, page):
    """A page's name, and the file that has it."""
    name = page["id"].removesuffix(".html")
    return name.replace("/", "_"), Path(pages) / f"{name}.html.gz"


def main():
    sys.setrecursionlimit(20000)
    flatten_file, pages, gold, out, program = sys.argv[1:]
    flatten, names = load(flatten_file), load(flatten_file).months()
    rows = {way: [] for way in WAYS}
    for page in json.load(open(gold)):
        name, file = saved(pages, page)
        if page.get("body") or not file.exists():
            continue
        raw = gzip.open(file).read()
        markdown = read(program, raw)
        body = plain(markdown) if markdown else ""
        words = flatten.normal(body)
        kept = all(flatten.normal(part) in words for part in page.get("with") or [])
        clean = not any(flatten.normal(part) in words for part in page.get("without") or [] if len(part) > 12)
        if len(body) < 200 or not kept or not clean:
            continue
        for way in WAYS:
            text = flatten.flatten(raw, way)
            if not 300 < len(text) < 900_000:
                continue
            shown = f" {flatten.normal(text)} "
            titles = page.get("title") or []
            titles = [titles] if isinstance(titles, str) else titles
            day = page.get("date")
            if day and not flatten.shows_date(text, datetime.date.fromisoformat(day[:10]), names):
                day = None
            rows[way].append({
                "id": name, "body": body, "dataset": page["dataset"], "date": day and day[:10],
                "titles": [title for title in titles if f" {flatten.normal(title)} " in shown],
                "authors": [a for a in page.get("authors") or [] if f" {flatten.normal(a)} " in shown],
                "any_date": page.get("date"), "any_authors": page.get("authors") or [],
            })
            folder = Path(out) / way
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{name}.txt").write_text(text + "\n")
    for way in WAYS:
        (Path(out) / way / "gold.json").write_text(json.dumps(rows[way], ensure_ascii=False))
        print(f"{way}: {len(rows[way])} texts")


if __name__ == "__main__":
    main()
