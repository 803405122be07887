"""What stands in data files is text: markup in it is shown, and never becomes markup of a page."""

from __future__ import annotations

from pathlib import Path

from scripts.generated_book import Plan
from tests.sphinx_ext.building import generated

HOSTILE = "<script>alert(1)</script> & <b>bold</b>"
PAGE = """\
---
model: example-small
---

# Page

{name}`example-small`, {bill}`letter`, {price}`write on example-small`, {tokens}`order`.

```{price-table} example
```

```{scenario-table} letter
:on: example-small example-large
:show: bill
```

```{bill} letter
```

```{price-history} output
```

```{ratio-table} example-small
```

```{paths}
```
"""


def test_markup_in_data_is_text(tmp_path: Path) -> None:
    book = generated(tmp_path, Plan(1, figures=3, asking=1, paragraphs=3, theme="basic"))
    (book.root / "book/page.md").write_text(PAGE, encoding="utf-8")
    book.replace("index.md", "book/01-chapter-1\n", "book/01-chapter-1\nbook/page\n")
    book.replace("book/data/prices/example.yaml", "name: Example small", f"name: '{HOSTILE}'")
    book.replace("book/data/prices/example.yaml", "name: Example\n", f"name: '{HOSTILE}'\n")
    book.replace("book/data/scenarios.yaml", "{name: Letter,", f"{{name: '{HOSTILE}',")
    book.replace("book/data/contents.yaml", "title: A short path", f"title: '{HOSTILE}'")
    book.replace("book/data/contents.yaml", "What does kind 1 cost?", HOSTILE)
    book.replace("assessments/objectives.yaml", "Given a workload of kind 1 explain its two halves", f"'{HOSTILE}'")
    book.replace("assessments/lessons/chapter-1.yaml", "do: Read the first page.", f"do: '{HOSTILE}'")
    book.replace("assessments/lessons/chapter-1.yaml", "audience: Anybody", f"audience: '{HOSTILE}'")
    book.replace("assessments/reviews/generated.yaml", "{name: Nobody,", f"{{name: '{HOSTILE}',")
    book.replace("assessments/reviews/generated.yaml", "verdict: It can be built.", f"verdict: '{HOSTILE}'")
    built = book.build()
    assert built.warnings == ()
    for page in ("book/page", "book/01-chapter-1", "assessments/lessons/chapter-1", "assessments/reviews/generated"):
        html = built.page(page)
        assert "alert(1)</script>" not in html
        assert "<b>bold" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;bold&lt;/b&gt;" in html
