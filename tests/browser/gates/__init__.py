"""The gates: functions from a built site to the findings in it; no pytest, no hand-made list of pages.

A gate takes a :class:`~.site.Site`, most also a browser and a :class:`~.model.View`, and returns a list of
:class:`~.model.Finding`; an empty list means that the site passes.
"""
