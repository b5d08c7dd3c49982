"""Topics and tags: the vocabulary of topics.yml and tags.yml, and the classifier of papers.

Texts in, values out: `parse_vocabulary` parses the two files, `Classifier` assigns topic and tags
and explains them. May import tex, text, slugs and errors.
"""

from typing import TYPE_CHECKING

from ..exports import exported

if TYPE_CHECKING:
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
else:
    __getattr__ = exported(
        __name__,
        {
            "classify": "Classification Classifier Explanation Reason",
            "vocabulary": "CONTENT_VERSION KINDS OTHER Tag Topic Vocabulary "
            "parse_tags parse_topics parse_vocabulary",
        },
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
