"""Summaries: what a model of anybody's choice says of a paper, asked for by `broadsheet summarize`.

Owns the question, the judging of answers, and a run within its budget. May import fetch for the
wire, and what is below; never content, curation or the command. docs/summaries.md is for users.

    model     the model that is asked, a question's kind, what an answer comes to
    prompts   a paper as a question: the request's body
    answers   an answer as plain text within bounds, or why it is none
    settings  the model from the settings, its key from the environment
    run       a run: budget, retries, progress

A paper's text is a stranger's and may hold instructions; what comes back is as hostile. Nothing but
a text can come of either: the model is given no tools, and its answer is never read as markup.
"""
