"""Releases of the feed made here, in a package index on disk."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import zipfile
from pathlib import Path


def release(folder: Path, version: str, old: str = "", new: str = "") -> None:
    """A wheel of the installed feed under another version, with a text of its data changed, in a package index."""
    files: dict[str, bytes] = {}
    for path in importlib.metadata.files("genai-prices") or ():
        name = path.as_posix()
        if name.startswith("genai_prices/") and name.endswith(".py"):
            files[name] = Path(path.locate()).read_bytes()
    data = "genai_prices/data.py"
    assert old.encode() in files[data]
    files[data] = files[data].replace(old.encode(), new.encode(), 1)
    info = f"genai_prices-{version}.dist-info"
    files[f"{info}/METADATA"] = f"Metadata-Version: 2.1\nName: genai-prices\nVersion: {version}\n".encode()
    files[f"{info}/WHEEL"] = b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    digests = {name: base64.urlsafe_b64encode(hashlib.sha256(raw).digest()).rstrip(b"=") for name, raw in files.items()}
    lines = [f"{name},sha256={digests[name].decode()},{len(raw)}" for name, raw in files.items()]
    files[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,", ""]).encode()
    wheels = folder / "genai-prices"
    wheels.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheels / f"genai_prices-{version}-py3-none-any.whl", "w") as archive:
        for name, raw in files.items():
            archive.writestr(name, raw)
    links = "".join(f'<a href="{path.name}">{path.name}</a>' for path in sorted(wheels.glob("*.whl")))
    (wheels / "index.html").write_text(f"<!DOCTYPE html><html><body>{links}</body></html>")
