"""A workspace where humanitarian and human-rights organisations speak with one voice."""
