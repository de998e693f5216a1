"""Home: "What needs you today", put together from what each room says.

A task comes from its room with a reason in words; home only sorts and lists. Each count opens
exactly the items it counts. Beside them stands what others moved since the reader's last session:
threats, texts, and recommendations that a second organisation confirmed.
"""
