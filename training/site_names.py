#!/usr/bin/env python3
"""Labels who published the flattened pages of some folders, by what their markup says of the site.

    site_names.py PAGES_DIR FOLDER...

FOLDER/gold.json has the rows of pages without markup, FOLDER/NAME.txt their texts. A row gets `source` where
the page names its site and the text shows that name; the domain is as right. Needs lxml.
"""
import gzip
import json
import re
import sys
import unicodedata
from pathlib import Path

NAMES = ("og:site_name", "application-name", "publisher", "dc.publisher", "apple-mobile-web-app-title")


def normal(text):
    return re.sub(r"\W+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()


def publishers(data):
    """The names of publishers in JSON-LD."""
    if isinstance(data, list):
        return [name for one in data for name in publishers(one)]
    if not isinstance(data, dict):
        return []
    own = data.get("publisher")
    own = own if isinstance(own, list) else [own]
    names = [one.get("name") if isinstance(one, dict) else one for one in own]
    names += [data.get("name")] if data.get("@type") in ("WebSite", "NewsMediaOrganization") else []
    return [name for name in names if isinstance(name, str)] + publishers(data.get("@graph") or [])


def names_of(raw):
    """What a page says its site is called: the surest name first, and its domains."""
    from lxml import html
    document = html.fromstring(raw, parser=html.HTMLParser(encoding="utf-8"))
    names, addresses = [], []
    for meta in document.iter("meta"):
        key = (meta.get("property") or meta.get("name") or "").lower()
        if key in NAMES and meta.get("content"):
            names.append((NAMES.index(key), meta.get("content").strip()))
        if key == "og:url" and meta.get("content"):
            addresses.append(meta.get("content"))
    addresses += [link.get("href") or "" for link in document.iter("link") if link.get("rel") == "canonical"]
    names = [name for _, name in sorted(names)]
    for script in document.iter("script"):
        if script.get("type") == "application/ld+json":
            try:
                names += publishers(json.loads(script.text or ""))
            except ValueError:
                continue
    hosts = [re.match(r"https?://(?:www\.)?([^/:]+)", address) for address in addresses]
    return names, [host.group(1) for host in hosts if host]


def forms(name):
    """A name, without a slogan, an article and an ending of a company."""
    parts = {name, *re.split(r"\s+[-–—|:•·]\s+", name)[:1]}
    parts |= {re.sub(r"^(the|le|la|el|die|der|das) ", "", part, flags=re.I) for part in parts}
    parts |= {re.sub(r"[,.]? (inc|ltd|llc|gmbh|ag|media|news|online|s\.?a)\.?$", "", part, flags=re.I) for part in parts}
    parts |= {re.sub(r"\.(com|de|org|net|co\.uk|fr|pl|ru|at|ch)$", "", part, flags=re.I) for part in parts}
    return {part for part in parts if 1 < len(part) <= 40 and not part.startswith(("@", "http"))}


def is_shown(name, text):
    """Whether a text has a name as words of its own; scripts without spaces have none."""
    name = normal(name)
    return bool(name) and (f" {name} " in text or not name.isascii() and not re.search(r"[a-zа-я]", name) and name in text)


def main():
    sys.setrecursionlimit(20000)
    pages, *folders = sys.argv[1:]
    known = {}
    for folder in map(Path, folders):
        rows = json.loads((folder / "gold.json").read_text())
        told = 0
        for row in rows:
            page = row["id"]
            if page not in known:
                files = [Path(pages) / f"{name}.html.gz" for name in (page, page.replace("_", "/"))]
                file = next((file for file in files if file.exists()), None)
                known[page] = names_of(gzip.open(file).read()) if file else ([], [])
            names, hosts = known[page]
            row.pop("source", None)
            shown = f" {normal((folder / f'{page}.txt').read_text())} "
            right = [form for name in [*names, *hosts] for form in sorted(forms(name) | {name})]
            right = [form for form in dict.fromkeys(right) if is_shown(form, shown)]
            if names and right:
                row["source"], row["source_alternatives"] = right[0], right[1:]
                told += 1
        (folder / "gold.json").write_text(json.dumps(rows, ensure_ascii=False))
        print(f"{folder}: {told} of {len(rows)} texts show their site's name")


main()
