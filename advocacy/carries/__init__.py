"""What an answer is worth when the text is put again, and when it is found to be worth nothing.

carried: the same text and terms, hash for hash, are put again, and endorsing them was the last
thing an organisation did; or only spelling differs and it asked not to be asked about that. Then
its answer stands in the new round as it stood. Everything else is asked again, with the reasons in
words. choice: what an organisation ticked when it endorsed; both ticks are off unless it sets them.
void: an answer that was taken out: recalled, or given by somebody without a mandate.

Invariants: nothing that is not endorsement is carried; a spelling is carried on the word of two
people of the lead, after the machine's, and the organisation can take itself out; the lead learns
from none of this who ticked what; a void answer is in no list, number or category, and its rows
stay.
"""
