"""A change of the content folder: its files before they are written, the folder that an edit reads
and writes, and the last edits, kept so that they can be undone.

May import what lies below `curate`. Only `folder` and `edit_history` touch files.
"""
