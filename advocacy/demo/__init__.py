"""The demo workspace: an invented country and a real report's recommendations, marked as sample.

It is planted by the rooms' own actions, as people would have done it, into an empty database and
only where the settings say that this is a demo. No result is claimed that did not happen.
"""
