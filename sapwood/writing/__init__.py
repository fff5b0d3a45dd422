"""Writing: drafts that keep themselves, for every box one types in; plain words as paragraphs."""
