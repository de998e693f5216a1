"""The policy: permission -> rows of named predicates.

Any row grants; a row holds when all of its predicates hold; an absent permission denies. Whether
a record may be *seen* is not asked here: that is its audience, held by the guard.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from advocacy.access.actor import MANDATED, Actor, Delegated, Seat, Standing
from advocacy.ground.errors import Denied
from advocacy.ground.reasons import Reason


@dataclass(frozen=True)
class About:
    """What a permission is asked about.

    organisation_id: whose record it is (of a position: the lead). party_ids: organisations that
    take part (participants of a position, invited to a round). doer_ids: organisations whose own
    work is being judged (claimant, owner, minder): they may not confirm it.
    """

    organisation_id: UUID | None = None
    workspace_id: UUID | None = None
    party_ids: frozenset[UUID] = field(default_factory=frozenset)
    doer_ids: frozenset[UUID] = field(default_factory=frozenset)
    person_id: UUID | None = None


NOTHING = About()
Predicate = Callable[[Actor, About], bool]


def actor_is_signed_in(actor: Actor, _about: About) -> bool:
    return actor.is_signed_in


def actor_is_of_the_owner(actor: Actor, about: About) -> bool:
    return actor.organisation_id is not None and actor.organisation_id == about.organisation_id


def actor_is_the_person(actor: Actor, about: About) -> bool:
    return actor.person_id is not None and actor.person_id == about.person_id


def actor_is_a_party(actor: Actor, about: About) -> bool:
    return actor.organisation_id is not None and actor.organisation_id in about.party_ids


def actor_did_not_do_it(actor: Actor, about: About) -> bool:
    return actor.organisation_id is not None and actor.organisation_id not in about.doer_ids


def actor_edits(actor: Actor, _about: About) -> bool:
    return actor.holds(Seat.FOCAL_POINT, Seat.ALTERNATE, Seat.DRAFTER, Seat.COORDINATOR)


def actor_leads(actor: Actor, _about: About) -> bool:
    return actor.holds(Seat.FOCAL_POINT, Seat.ALTERNATE, Seat.COORDINATOR)


def actor_signs(actor: Actor, _about: About) -> bool:
    return actor.holds(*MANDATED, Delegated.PRIVATE, Delegated.PUBLIC)


def actor_has_the_mandate(actor: Actor, _about: About) -> bool:
    return actor.holds(*MANDATED)


def actor_comments_for_another(actor: Actor, _about: About) -> bool:
    return actor.holds(*Delegated)


def actor_speaks(actor: Actor, _about: About) -> bool:
    return actor.holds(Seat.FOCAL_POINT, Seat.ADMIN)


def actor_administers(actor: Actor, _about: About) -> bool:
    return actor.holds(Seat.ADMIN)


def organisation_is_member(actor: Actor, about: About) -> bool:
    return actor.stands_as(
        about.workspace_id, Standing.COORDINATOR, Standing.CO_COORDINATOR, Standing.MEMBER
    )


def organisation_coordinates(actor: Actor, about: About) -> bool:
    return actor.stands_as(about.workspace_id, Standing.COORDINATOR, Standing.CO_COORDINATOR)


def organisation_is_in_workspace(actor: Actor, about: About) -> bool:
    return actor.stands_as(about.workspace_id, *Standing)


def actor_coordinates(actor: Actor, _about: About) -> bool:
    return actor.holds(Seat.COORDINATOR)


_OWN_EDITOR = (actor_is_of_the_owner, actor_edits)
_OWN_LEAD = (actor_is_of_the_owner, actor_leads)
_MEMBER_EDITOR = (organisation_is_member, actor_edits)
_COORDINATOR = (organisation_coordinates, actor_coordinates)

PERMISSIONS: dict[str, tuple[tuple[Predicate, ...], ...]] = {
    # accounts and organisations
    "session:end": ((actor_is_the_person,),),
    "organisation:administer": ((actor_is_of_the_owner, actor_administers),),
    "organisation:join": ((actor_is_of_the_owner, actor_speaks),),
    "seat:hand-over": ((actor_is_of_the_owner, actor_administers),),
    # a delegate signs, and lends nothing
    "delegation:give": ((actor_is_of_the_owner, actor_has_the_mandate),),
    "delegation:end": (
        (actor_is_of_the_owner, actor_has_the_mandate),
        (actor_is_of_the_owner, actor_administers),
    ),
    "logo:put": ((actor_is_of_the_owner, actor_speaks),),
    "workspace:read": ((organisation_is_in_workspace,),),
    "workspace:coordinate": (_COORDINATOR,),
    "protocol:accept": ((organisation_is_in_workspace, actor_has_the_mandate),),
    "ring:make": ((organisation_is_member, actor_leads),),
    "ring:extend": (_OWN_LEAD, (actor_is_a_party, actor_leads)),
    "ring:keep": (_OWN_LEAD,),
    "ring:leave": (_OWN_LEAD,),
    # threats
    "threat:report": (_MEMBER_EDITOR,),
    "threat:edit": (_OWN_EDITOR,),
    "threat:share": (_OWN_LEAD,),
    # what organisations say of a threat; the coordinator records what was agreed
    "assessment:give": (_MEMBER_EDITOR,),
    "exhibit:add": (_MEMBER_EDITOR,),
    "exhibit:withdraw": (_OWN_EDITOR,),
    "severity:agree": (_COORDINATOR,),
    # talk about a threat; a coordinator folds away what does not belong there
    "talk:write": (_MEMBER_EDITOR,),
    "talk:withdraw": (_OWN_EDITOR,),
    "talk:fold": (_COORDINATOR,),
    "proposal:make": (_MEMBER_EDITOR,),
    "proposal:withdraw": (_OWN_EDITOR,),
    "threat:confirm": (_OWN_LEAD, (actor_is_of_the_owner, actor_has_the_mandate)),
    "area:agree": (_OWN_LEAD,),
    # links between records that both sides see
    "link:make": (_MEMBER_EDITOR,),
    "link:end": (_OWN_EDITOR, (actor_is_a_party, actor_edits)),
    # positions and their text
    "position:start": (_MEMBER_EDITOR,),
    "position:lead": (_OWN_LEAD,),
    "clause:edit": (_OWN_EDITOR, (actor_is_a_party, actor_edits)),
    "comment:write": (
        _OWN_EDITOR,
        (actor_is_a_party, actor_edits),
        (actor_is_a_party, actor_signs),
        (actor_is_a_party, actor_comments_for_another),
    ),
    "comment:resolve": (_OWN_EDITOR, (actor_is_a_party, actor_edits)),
    "comment:submit": (_OWN_LEAD, (actor_is_a_party, actor_leads)),
    "comment:dispose": (_OWN_LEAD,),
    # wording proposed for a clause: also by who may sign but not type
    "amendment:propose": (
        _OWN_EDITOR,
        (actor_is_a_party, actor_edits),
        (actor_is_a_party, actor_signs),
    ),
    "amendment:decide": (_OWN_LEAD,),
    # files that go with a text: by who writes for its lead
    "annex:change": (_OWN_EDITOR,),
    "redline:keep": (_OWN_EDITOR,),
    "redline:show": (_OWN_LEAD,),
    # sign-off and release
    "round:open": (_OWN_LEAD,),
    "answer:give": ((actor_is_a_party, actor_signs),),
    "answer:lower": ((actor_is_of_the_owner, actor_signs),),
    "clearance:record": (_OWN_EDITOR, (actor_is_of_the_owner, actor_signs)),
    "clearance:tell": ((actor_is_of_the_owner, actor_signs),),
    "objection:say": ((actor_is_of_the_owner, actor_signs), (actor_is_a_party, actor_leads)),
    "objection:clear": ((actor_is_of_the_owner, actor_signs),),
    # what an organisation can show for its answer: its own people, the signature the signer alone
    "proof:erase": ((actor_is_of_the_owner, actor_signs),),
    "proof:sign": ((actor_is_the_person,),),
    "answer:void": (
        (actor_is_of_the_owner, actor_has_the_mandate),
        (actor_is_of_the_owner, actor_administers),
    ),
    "adoption:record": (_OWN_LEAD,),
    "harm:check": (_OWN_LEAD,),
    "release:publish": (_OWN_LEAD,),
    "release:end": (_OWN_LEAD,),
    "delivery:record": (_OWN_LEAD,),
    # recommendations
    "recommendation:add": (_MEMBER_EDITOR,),
    "recommendation:edit": (_OWN_EDITOR,),
    "recommendation:import": (_COORDINATOR,),
    "ask:record": (_MEMBER_EDITOR,),
    "ask:confirm": ((organisation_is_member, actor_edits, actor_did_not_do_it),),
    "ask:close": (_COORDINATOR, (organisation_is_member, *_OWN_LEAD)),
    "ask:reopen": (_MEMBER_EDITOR,),
    # who follows it up, who leads it, who coordinates; a person of one's own: who follows it up
    "ask:hand-over": (
        (organisation_is_member, *_OWN_LEAD),
        (organisation_is_member, actor_is_a_party, actor_leads),
        _COORDINATOR,
    ),
    "ask:assign": ((organisation_is_member, *_OWN_LEAD),),
    "ask:reply": ((actor_is_a_party, actor_is_signed_in),),
    # what changed in the world
    "outcome:record": (_MEMBER_EDITOR,),
    "outcome:edit": (_OWN_EDITOR,),
    "outcome:share": (_OWN_LEAD,),
    "outcome:second": ((organisation_is_member, actor_edits, actor_did_not_do_it),),
    # donors
    "donor-page:publish": (_COORDINATOR,),
}


def allows(actor: Actor, permission: str, about: About = NOTHING) -> bool:
    """True when a row of the permission holds. An unknown permission denies."""
    rows = PERMISSIONS.get(permission, ())
    return any(all(predicate(actor, about) for predicate in row) for row in rows)


def require(actor: Actor, permission: str, about: About = NOTHING) -> None:
    """Raises Denied unless `allows`."""
    if not allows(actor, permission, about):
        raise Denied(Reason("access.denied", facts={"permission": permission}))
