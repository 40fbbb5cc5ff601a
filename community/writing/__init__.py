"""Writing: Markdown to safe HTML, HTML to Markdown, mentions, uploads and drafts.

`links`, `syntax`, `sanitise`, `markdown`, `html_to_markdown` and `limited_worker` import nothing of Django: they also
run in small worker processes that start in a fraction of a second and hold no secrets.
"""
