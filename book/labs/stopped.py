"""The one way in which a lab ends early: a line that says what is wrong and what to do, and exit code 2."""

from __future__ import annotations

import click


class Stopped(click.ClickException):
    """A lab cannot go on; the message says why and what to do about it."""

    exit_code = 2
