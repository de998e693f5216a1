"""Passkeys: a second step at sign-in, and a person's own signature.

passkey: a key that lives in a person's device and answers only after they showed themselves to it.
code app: an authenticator app with codes of six digits, for devices without passkeys.
recovery code: one of ten on paper, each good once. half-way: the right password was given, the
second step not yet; ten minutes, and no page opens to it.

Invariants: whoever has a second step begins no session by a password or a reset link without it; a
code is good once, also within its half minute; wrong codes slow the next one down; no secret of a
code app lies in the database: it is made of the server's secret and a salt.
"""
