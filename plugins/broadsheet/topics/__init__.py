"""Topics and tags: which a paper has, found by the words of topics.yml and tags.yml.

Pure: the files' texts in, values out. `parse_vocabulary` reads the two files, `Classifier` gives a
paper its topic and tags, and says which words led there.
"""

from .classify import Classification, Classifier, Explanation, Reason
from .vocabulary import (
    CONTENT_VERSION,
    KINDS,
    OTHER,
    Tag,
    Topic,
    Vocabulary,
    parse_tags,
    parse_topics,
    parse_vocabulary,
)

__all__ = [
    "CONTENT_VERSION",
    "KINDS",
    "OTHER",
    "Classification",
    "Classifier",
    "Explanation",
    "Reason",
    "Tag",
    "Topic",
    "Vocabulary",
    "parse_tags",
    "parse_topics",
    "parse_vocabulary",
]
