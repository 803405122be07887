"""What whoever marks an open answer needs to see, as HTML: the rubric, the model answer and the scored samples."""

from __future__ import annotations

from markupsafe import Markup

from costbook.export.prose import flow
from costbook.export.rendering import render
from costbook.quizzes.resolved import OpenBody


def sheet(body: OpenBody) -> str:
    """The sheet of an open question."""
    columns = sorted({points for criterion in body.rubric.criteria for points, _ in criterion.levels}, reverse=True)
    return render(
        "graders.xml.j2",
        rubric=body.rubric,
        columns=columns,
        model=Markup(flow(body.model_answer)),
        samples=[(sample, Markup(flow(sample.text))) for sample in body.samples],
    ).decode()
