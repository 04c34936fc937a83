#!/usr/bin/env python3
"""Puts packages together around a program that is compiled already.

    assemble.py packages --target TRIPLE --program FILE --out FOLDER
        a wheel, and the npm package with the program for one system
    assemble.py targets
        the systems that there are packages for
    assemble.py launcher --out FOLDER
        the npm package that people install; it asks for the one of their system
    assemble.py fill --repository ADDRESS --releases ADDRESS --sums SHA256SUMS --publisher NAME --out FOLDER
        the Homebrew formula, the manifests of winget and install.sh for one release

Nothing is sent anywhere. Name and version come from Cargo.toml; `--name` sets another name, such as one
that is free in a registry. The same program gives the same bytes.
"""

import argparse
import base64
import gzip
import hashlib
import io
import json
import re
import stat
import sys
import tarfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LICENSES = ["LICENSE-APACHE", "LICENSE-MIT"]

# What registries call the systems that a release is compiled for: npm's `os` and `cpu`, and the platform
# of a wheel. That of Linux depends on the glibc that the program was linked with.
TARGETS = {
    "x86_64-unknown-linux-gnu": ("linux", "x64", None),
    "aarch64-unknown-linux-gnu": ("linux", "arm64", None),
    "x86_64-apple-darwin": ("darwin", "x64", "macosx_10_12_x86_64"),
    "aarch64-apple-darwin": ("darwin", "arm64", "macosx_11_0_arm64"),
    "x86_64-pc-windows-msvc": ("win32", "x64", "win_amd64"),
}


def manifest():
    """The plain values of [package] in Cargo.toml."""
    text = (ROOT / "Cargo.toml").read_text(encoding="utf-8")
    package = text.split("[package]", 1)[1].split("\n[", 1)[0]
    return dict(re.findall(r'^([a-z-]+) = "(.*)"$', package, re.MULTILINE))


def described():
    """What registries show of a package."""
    return (HERE / "description.md").read_text(encoding="utf-8")


def python_version(version):
    """A version of Cargo as Python's packaging writes it: `1.0.0-rc.1` is `1.0.0rc1`."""
    match = re.fullmatch(r"(\d+\.\d+\.\d+)(?:-(alpha|beta|rc)\.?(\d+))?", version)
    if not match:
        sys.exit(f"error: a wheel cannot have the version {version}")
    release, stage, number = match.groups()
    return release + ({"alpha": "a", "beta": "b", "rc": "rc"}[stage] + number if stage else "")


def platform_tag(target, program):
    """The platform of a wheel; for Linux by the newest glibc that the program asks for."""
    known = TARGETS[target][2]
    if known:
        return known
    asked = [int(minor) for minor in re.findall(rb"GLIBC_2\.(\d+)", program)]
    if not asked:
        sys.exit(f"error: the program is not linked with glibc, as one for {target} is")
    return f"manylinux_2_{max(asked + [17])}_{target.split('-')[0]}"


def wheel(name, cargo, target, program, out):
    """A wheel without Python in it: pip puts the program where it puts scripts."""
    version = python_version(cargo["version"])
    stem = f"{re.sub(r'[-_.]+', '_', name).lower()}-{version}"
    tag = f"py3-none-{platform_tag(target, program)}"
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {name}",
        f"Version: {version}",
        f"Summary: {cargo['description']}",
        f"License-Expression: {cargo['license']}",
        *(f"License-File: {file}" for file in LICENSES),
        "Requires-Python: >=3.8",
        "Description-Content-Type: text/markdown",
        "",
        described(),
    ]
    ending = ".exe" if "windows" in target else ""
    info = f"{stem}.dist-info"
    files = [(f"{stem}.data/scripts/tearsheet{ending}", program, 0o755)]
    files += [(f"{info}/licenses/{file}", (ROOT / file).read_bytes(), 0o644) for file in LICENSES]
    files.append((f"{info}/METADATA", "\n".join(lines).encode(), 0o644))
    about = f"Wheel-Version: 1.0\nGenerator: tearsheet\nRoot-Is-Purelib: false\nTag: {tag}\n"
    files.append((f"{info}/WHEEL", about.encode(), 0o644))
    record = ""
    for path, data, _ in files:
        digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
        record += f"{path},sha256={digest},{len(data)}\n"
    files.append((f"{info}/RECORD", f"{record}{info}/RECORD,,\n".encode(), 0o644))
    path = out / f"{stem}-{tag}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, data, mode in files:
            entry = zipfile.ZipInfo(file, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = (stat.S_IFREG | mode) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return path


def npm(name, package, files, out):
    """A package as `npm publish` takes it, from its package.json and (path, bytes, mode)."""
    files = [("package.json", (json.dumps(package, indent=2) + "\n").encode(), 0o644), *files]
    files += [(file, (ROOT / file).read_bytes(), 0o644) for file in LICENSES]
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path, data, mode in files:
            entry = tarfile.TarInfo(f"package/{path}")
            entry.size, entry.mode = len(data), mode
            archive.addfile(entry, io.BytesIO(data))
    # As npm names them: a scope becomes the beginning of the name.
    path = out / f"{name.lstrip('@').replace('/', '-')}-{package['version']}.tgz"
    path.write_bytes(gzip.compress(tar.getvalue(), mtime=0))
    return path


def npm_about(name, cargo):
    """What each package.json says."""
    about = {"name": name, "version": cargo["version"], "description": cargo["description"]}
    about["license"] = f"({cargo['license']})"
    if "repository" in cargo:
        about["repository"] = cargo["repository"]
    return about


def npm_program(name, cargo, target, program, out):
    """The npm package with the program for one system."""
    system, cpu, _ = TARGETS[target]
    own = f"{name}-{system}-{cpu}"
    package = {**npm_about(own, cargo), "os": [system], "cpu": [cpu], "preferUnplugged": True}
    if system == "linux":
        package["libc"] = ["glibc"]
    ending = ".exe" if system == "win32" else ""
    about = f"The program of the package `{name}` for {target}.\n".encode()
    files = [(f"bin/tearsheet{ending}", program, 0o755), ("README.md", about, 0o644)]
    return npm(own, package, files, out)


def npm_launcher(name, cargo, out):
    """The npm package that people install."""
    systems = [f"{name}-{system}-{cpu}" for system, cpu, _ in TARGETS.values()]
    package = {
        **npm_about(name, cargo),
        "bin": {"tearsheet": "bin/tearsheet.js"},
        "engines": {"node": ">=18"},
        "optionalDependencies": {system: cargo["version"] for system in systems},
    }
    launcher = (HERE / "npm" / "tearsheet.js").read_bytes()
    files = [("bin/tearsheet.js", launcher, 0o755), ("README.md", described().encode(), 0o644)]
    return npm(name, package, files, out)


def fill(options, cargo, out):
    """The files that lead package managers to one release."""
    sums = {}
    for line in options.sums.read_text(encoding="utf-8").splitlines():
        checksum, name = line.split(maxsplit=1)
        sums[name.lstrip("*")] = checksum
    values = {
        "version": cargo["version"],
        "description": cargo["description"],
        "repository": options.repository.rstrip("/"),
        "releases": options.releases.rstrip("/"),
        "publisher": options.publisher,
    }

    def value(match):
        key, *archive = match[1].split()
        if key != "sha256":
            return values[key]
        name = archive[0].replace("VERSION", cargo["version"])
        if name not in sums:
            sys.exit(f"error: {options.sums} has no checksum of {name}")
        return sums[name]

    templates = [HERE / "homebrew" / "tearsheet.rb", *sorted((HERE / "winget").glob("*.yaml"))]
    for template in templates:
        text = re.sub(r"\{\{(.+?)\}\}", value, template.read_text(encoding="utf-8"))
        name = template.name.replace("Publisher", options.publisher)
        yield written(out / name, text)
    script = (HERE / "install.sh").read_text(encoding="utf-8")
    yield written(out / "install.sh", script.replace('\nfrom=""\n', f'\nfrom="{values["releases"]}"\n'))


def written(path, text):
    """Writes a text with the same line ends on every system."""
    path.write_bytes(text.encode())
    return path


def arguments():
    """What stands on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("targets", help="the systems that there are packages for")
    packages = commands.add_parser("packages", help="a wheel and an npm package")
    packages.add_argument("--target", required=True, choices=TARGETS)
    packages.add_argument("--program", required=True, type=Path)
    launcher = commands.add_parser("launcher", help="the npm package that people install")
    filled = commands.add_parser("fill", help="formula, manifests and install.sh")
    filled.add_argument("--repository", required=True, help="the address of the source")
    filled.add_argument("--releases", required=True, help="the address of the folder of this release")
    filled.add_argument("--sums", required=True, type=Path, help="the file SHA256SUMS of the release")
    filled.add_argument("--publisher", required=True, help="whose package it is at winget")
    for command in (packages, launcher, filled):
        command.add_argument("--out", required=True, type=Path)
    for command in (packages, launcher):
        command.add_argument("--name", help="what the registries call it")
    return parser.parse_args()


def main():
    """Runs one command and prints the paths of what it wrote."""
    options = arguments()
    cargo = manifest()
    if options.command == "targets":
        print("\n".join(TARGETS))
        return
    options.out.mkdir(parents=True, exist_ok=True)
    if options.command == "fill":
        made = list(fill(options, cargo, options.out))
    elif options.command == "launcher":
        made = [npm_launcher(options.name or cargo["name"], cargo, options.out)]
    else:
        name = options.name or cargo["name"]
        program = options.program.read_bytes()
        # A scope is npm's; Python's registry has none.
        bare = name.rsplit("/", 1)[-1]
        made = [
            wheel(bare, cargo, options.target, program, options.out),
            npm_program(name, cargo, options.target, program, options.out),
        ]
    for path in made:
        print(path)


if __name__ == "__main__":
    main()
