"""Versions side by side, and versions taken along: word by word, as a file.

Versions are made and kept by `positions`; here they are read. A version is what was frozen, or the
draft as it reads now. Files hold the words as they were written and the hash that names them.

Invariants: who does not read the text compares nothing and takes nothing; a file's name holds no
title, since names are read over shoulders and kept in logs.
"""
