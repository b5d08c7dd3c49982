"""The query's side: its language, what matches, ranking, correction, and the answer to a reader.

May import `analysis` and `index`. The scripts in theme/static/js do the same in the browser.
"""
