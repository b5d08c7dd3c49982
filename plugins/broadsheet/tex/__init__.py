"""Maths in abstracts: found again, told apart from prose, and shown.

Pure functions of text. `restore` makes Markdown of what listings give; `spans` says what is maths
in it; `mathml` is for pages; `unicode` and `plain` are for where that won't show.
"""

from broadsheet.tex.mathml import mathml as mathml
from broadsheet.tex.restore import restore as restore
from broadsheet.tex.spans import Span as Span
from broadsheet.tex.spans import spans as spans
from broadsheet.tex.unicode import plain as plain
from broadsheet.tex.unicode import unicode as unicode
