"""The addresses in a style sheet."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_QUOTED = r"""(?:"([^"]*)"|'([^']*)')"""
_ADDRESS = re.compile(rf"""url\(\s*(?:{_QUOTED}|([^'")\s]+))\s*\)|@import\s+{_QUOTED}""")


def addresses(css: str) -> list[str]:
    """What ``url(…)`` and ``@import`` of a style sheet, or of a style attribute, name."""
    return ["".join(match.groups("")) for match in _ADDRESS.finditer(_COMMENT.sub("", css))]
