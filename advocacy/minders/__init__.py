"""Minders: who follows up what an institution is asked from now on, unless somebody says otherwise.

default: an organisation of the workspace, set on the institution's page with a note; empty takes it
back, and whoever puts an ask follows it up.

Invariants: nobody comes to read more by it: an ask goes to the default only where that organisation
reads it anyway; nothing that was asked before changes hands; setting one tells nothing of who reads
what; each is a row, the last one counts.
"""
