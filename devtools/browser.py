"""The browser that walks through the pages, and the engine that judges what it finds there."""

import hashlib
import os
import shutil
import tarfile
from pathlib import Path

from devtools.machine import (
    TOOLS,
    Missing,
    install_with_apt,
    quiet_outcome,
    say,
    temporary_folder,
)

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

HTML_VALIDATE_VERSION = "10.9.0"
HTML_VALIDATE = TOOLS / f"html-validate-{HTML_VALIDATE_VERSION}"

AXE_VERSION = "4.14.1"
AXE = TOOLS / f"axe-core-{AXE_VERSION}.min.js"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"


def chromium() -> str:
    """Return the path of a Chromium, installing Debian's where we may."""
    found = os.environ.get("HANDRAIL_CHROMIUM") or _find_chromium()
    if not found and install_with_apt("chromium"):
        found = _find_chromium()
    if not found:
        raise Missing(
            "The tests walk through the pages in Chromium, and there is none here.\nOn Debian: "
            "apt-get install chromium. Elsewhere install Chromium or Chrome, and where it is not "
            "on PATH name it: HANDRAIL_CHROMIUM=/path/of/it python3 dev.py test"
        )
    return found


def axe() -> Path:
    """Return the path of axe-core, fetched once by npm and checked by its digest."""
    if not _is_axe(AXE):
        _fetch_axe()
    return AXE


def html_validate() -> Path:
    """Return the program that reads HTML as the standard does, fetched once by npm."""
    program = HTML_VALIDATE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    if not program.exists():
        _require_npm("The pages are checked by html-validate")
        say(f"Fetching html-validate {HTML_VALIDATE_VERSION} (once) …")
        fetch = ["npm", "install", f"html-validate@{HTML_VALIDATE_VERSION}", "--prefix"]
        calm = ["--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--silent"]
        if not quiet_outcome([*fetch, HTML_VALIDATE, *calm]) or not program.exists():
            raise Missing("npm could not fetch html-validate. Is the network there?")
    return program


def _find_chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def _fetch_axe() -> None:
    _require_npm("The accessibility tests need axe-core")
    say(f"Fetching axe-core {AXE_VERSION} (once) …")
    with temporary_folder() as folder:
        pack = ["npm", "pack", f"axe-core@{AXE_VERSION}", "--silent", "--pack-destination", folder]
        if not quiet_outcome(pack):
            raise Missing("npm could not fetch axe-core. Is the network there?")
        script = Path(folder, "axe.min.js")
        with tarfile.open(Path(folder, f"axe-core-{AXE_VERSION}.tgz")) as package:
            inside = package.extractfile("package/axe.min.js")
            script.write_bytes(inside.read() if inside else b"")
        if not _is_axe(script):
            raise Missing(f"What npm fetched is not axe-core {AXE_VERSION}: its digest differs.")
        TOOLS.mkdir(exist_ok=True)
        shutil.copyfile(script, AXE)


def _require_npm(reason: str) -> None:
    if not shutil.which("npm") and not install_with_apt("npm"):
        raise Missing(
            f"{reason}, fetched by npm, and npm is not here.\n"
            "On Debian: apt-get install npm. Elsewhere install Node.js, which brings it."
        )


def _is_axe(script: Path) -> bool:
    return script.exists() and hashlib.sha256(script.read_bytes()).hexdigest() == AXE_SHA256
