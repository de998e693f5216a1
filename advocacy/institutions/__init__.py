"""Institutions: who can be asked. States, bodies, companies, armed groups; none needs an account.

duty-bearer: a state, or a party to a conflict under humanitarian law. addressee: everyone else
(country teams, donors, embassies, United Nations agencies, companies).

successor: what one became; asks keep the name they were put to, lists and imports find the new one.

Invariants: an institution is known to those it was made known to, so that asking an armed group
shows nobody that it was asked; a sensitive one (armed group, de facto authority, listed) is in no
donor or public view unless the ask to it was published; none is made without a person's word.
"""
