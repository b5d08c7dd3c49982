"""Maths in abstracts: found again, told apart from prose, and shown.

Pure functions of text. `restore` makes Markdown of what listings give; `spans` says what is maths
in it; `mathml` is for pages; `unicode` and `plain` are for where that won't show.
"""

from .mathml import mathml as mathml
from .restore import restore as restore
from .spans import Span as Span
from .spans import spans as spans
from .unicode import plain as plain
from .unicode import unicode as unicode
