"""Analysis: from texts to the terms that an index holds of them (words, stems, folded forms).

Imports nothing else of `search`.
"""
