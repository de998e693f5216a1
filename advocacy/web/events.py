"""One table from an event's name to its words, for the activity of a record.

`{number}` and the like are filled from the event's detail. An event without words is not shown.
"""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

WORDS: dict[str, LazyString] = {
    # drafting
    "drafting.changed.added": _l("Added clause {number}"),
    "drafting.changed.changed": _l("Changed clause {number}"),
    "drafting.changed.moved": _l("Moved a clause to place {number}"),
    "drafting.changed.removed": _l("Removed a clause"),
    # annexes
    "annexes.added": _l("Added an annex"),
    "annexes.brought-back": _l("Brought the annexes of an earlier version back"),
    "annexes.changed": _l("Changed annex {number}"),
    "annexes.removed": _l("Removed annex {number}"),
    # renderings
    "renderings.written": _l("Translated a clause"),
    "renderings.checked": _l("Checked a translated clause"),
    # discussion
    "discussion.said": _l("Wrote a comment"),
    "discussion.resolved": _l("Settled a comment"),
    "discussion.reopened": _l("Opened a comment again"),
    "discussion.disposed.accepted": _l("Accepted a comment"),
    "discussion.disposed.changed": _l("Accepted a comment with a change"),
    "discussion.disposed.noted": _l("Noted a comment"),
    "discussion.disposed.rejected": _l("Rejected a comment, with the reason"),
    # positions
    "positions.started": _l("Started the text"),
    "positions.described": _l("Changed title, purpose or terms"),
    "positions.invited": _l("Invited an organisation"),
    "positions.uninvited": _l("Took an organisation out"),
    "positions.frozen": _l("Froze version {number}"),
    "positions.moved.drafting": _l("Opened the text again"),
    "positions.moved.consultation": _l("Asked for comments"),
    "positions.moved.frozen": _l("Ended the sign-off"),
    "positions.moved.signoff": _l("Opened the sign-off"),
    "positions.moved.published": _l("Published the text"),
    "positions.moved.delivered": _l("Delivered the text"),
    "positions.moved.cancelled": _l("Stopped the text"),
    "positions.moved.withdrawn": _l("Withdrew the text"),
    # amendments
    "amendments.acted.proposed": _l("Proposed other wording"),
    "amendments.acted.supported": _l("Supported a proposed wording"),
    "amendments.acted.unsupported": _l("Ended the support of a proposed wording"),
    "amendments.acted.offered": _l("Offered other wording in answer to a proposal"),
    "amendments.acted.agreed": _l("Agreed to the wording that was offered"),
    "amendments.acted.refused": _l("Did not agree to the wording that was offered"),
    "amendments.acted.rejected": _l("Did not take a proposed wording"),
    "amendments.acted.withdrawn": _l("Took a proposed wording back"),
    "amendments.acted.accepted": _l("Took a proposed wording into the text"),
    "amendments.acted.applied": _l("Put the agreed wording into the text"),
    # versions
    "versions.restored": _l("Brought version {number} back as the draft"),
    # signoff
    "signoff.round-opened": _l("Asked organisations for their answer"),
    "signoff.round-ended": _l("Ended the round"),
    "adoptions.planned": _l("Asked a body to adopt the text"),
    "adoptions.recorded": _l("Wrote down what a body decided"),
    "adoptions.body-changed": _l("Changed the roster or chair of a body"),
    "rounds.extended": _l("Kept the round open longer"),
    "rounds.roster-changed": _l("Changed whom the round asks"),
    "sharing.widening-asked": _l("Asked a second person to confirm a wider audience"),
    "sharing.widening-ended": _l("Ended a question about a wider audience"),
    "sharing.area-put": _l("Changed which organisation coordinates an area"),
    "sharing.area-said": _l("Said something about sharing a record of an area"),
    "retention.erased": _l("Erased the full account of a closed record"),
    "handovers.said": _l("Handed a record over, or said something about that"),
    "rings.made": _l("Made a sharing circle"),
    "rings.changed": _l("Changed who is in a sharing circle"),
    "protocols.put": _l("Put version {number} of the protocol in place"),
    "protocols.accepted": _l("Accepted version {number} of the protocol"),
    "calendars.changed": _l("Changed the weekend or the time zone"),
    "calendars.days-changed": _l("Changed the days off"),
    "disclosure.limit-changed": _l("Changed the smallest number that is told outside"),
    "extracts.taken": _l("Took the register out as a file"),
    "reports.taken": _l("Took the list of recommendations out as a file"),
    "intake.brought-in": _l("Brought {new} records in from a sheet"),
    "intake.taken-back": _l("Took a sheet of records back"),
    "reminders.called": _l("Asked that those who have not answered be reminded"),
    # objections
    "objections.said": _l("Replied about a request for change"),
    "objections.cleared": _l("Settled a request for change"),
    # releases
    "releases.harm-checked": _l("Checked who could be hurt"),
    "releases.released": _l("Let the text out"),
    "lists.name-joined": _l("Our name joined a text that had gone out"),
    "releases.ended.correcting": _l("Began to correct the text that went out"),
    "releases.ended.corrected": _l("Put the corrected text in its place"),
    "releases.ended.withdrawn": _l("Withdrew the text that went out"),
    # counterparts
    "counterparts.begun": _l("Began it as the other edition of a text"),
    # deliveries
    "deliveries.given": _l("Wrote down who got a copy"),
    "deliveries.followed.reply": _l("Wrote down an answer to the text"),
    "deliveries.followed.told": _l("Noted who was told of the change"),
    # asks, by the kind of step
    "asks.acted.response": _l("Recorded a reply"),
    "asks.acted.update": _l("Reported progress"),
    "asks.acted.no_change": _l("Checked: nothing has changed"),
    "asks.acted.claim": _l("Reported it done"),
    "asks.acted.verify": _l("Confirmed it"),
    "asks.acted.refuse_verify": _l("Said what is missing"),
    "asks.acted.reverse": _l("Said that it was reversed"),
    "asks.acted.confirm_reverse": _l("Confirmed that it was reversed"),
    "asks.acted.withdraw_evidence": _l("Withdrew evidence"),
    "asks.acted.date_change": _l("Set or moved the date"),
    "asks.acted.raised": _l("Noted that it was raised"),
    "asks.acted.cannot_assess": _l("Looked, and could not tell"),
    "asks.acted.dispute": _l("Disputed it"),
    "asks.acted.answer_dispute": _l("Said how they see it"),
    "asks.acted.settle": _l("Settled the dispute"),
    "asks.acted.propose_close": _l("Proposed to close it"),
    "asks.acted.keep_open": _l("Asked to keep it open"),
    "asks.acted.close": _l("Closed it"),
    "asks.acted.reopen": _l("Opened it again"),
    "asks.acted.publish": _l("Published an ask that was kept from donors"),
    "feeds.made": _l("Made a private feed"),
    "feeds.ended": _l("Ended a private feed"),
    "dues.put-off": _l("Put a reminder off"),
    "dues.taken-up": _l("Took up what was put off"),
    "assignments.handed-over": _l("Gave the follow-up to another organisation"),
    "bodies.belongs": _l("Said what belongs to this body"),
    "minders.minded": _l("Said who follows up what comes"),
    # recommendations
    "recommendations.added": _l("Recorded the recommendation"),
    "wordings.worded": _l("Wrote it in another language"),
    "recommendations.shared": _l("Changed who can read it"),
    "batches.taken-back": _l("Took {records} imported recommendations back"),
    "recommendations.imported": _l("Imported {new} new and {changed} changed recommendations"),
    # shares
    "grants.set": _l("Set the last day of a donor"),
    "shares.issued": _l("Made a link for donors"),
    "shares.ended": _l("Ended a link for donors"),
    "embeds.made": _l("Made an embed of a link for donors"),
    "embeds.ended": _l("Ended an embed of a link for donors"),
    "shares.renewed": _l("Gave a view another link"),
    # outcomes
    "outcomes.recorded": _l("Recorded the outcome"),
    "outcomes.worded": _l("Put it into other words"),
    "outcomes.told": _l("Told what happened"),
    "outcomes.contributed": _l("Changed what our organisation says it did"),
    "outcomes.seconded": _l("Looked as a second organisation"),
    "outcomes.shared": _l("Changed who can read it"),
    "institutions.added": _l("Added an institution"),
    "institutions.succeeded": _l("Said what an institution became"),
}

# The details that tell events of one name apart.
_KINDS = ("what", "stage")


def say(name: str, detail: Mapping[str, Any]) -> str:
    """What happened, in the reader's language; empty for an event that is not shown."""
    key = ".".join([name, *(str(detail[kind]) for kind in _KINDS if kind in detail)])
    words = WORDS.get(key) or WORDS.get(f"{name}.{detail.get('kind')}") or WORDS.get(name)
    return str(words).format(**{k: str(v) for k, v in detail.items()}) if words else ""
