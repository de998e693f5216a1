"""Reasons about texts, rounds, releases and asks: the rest of `web.reasons`, which says them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

TEXTS: dict[str, LazyString] = {
    # drafting
    "drafting.closed": _l(
        "The text is frozen and takes no more changes. Copy what you typed: the lead can open "
        "the text again for a next version."
    ),
    "drafting.clause-gone": _l(
        "Somebody removed this clause while you had it open. What you typed is still below: "
        "add it as a new clause if it is needed."
    ),
    "drafting.no-edit": _l("Nothing was changed. Change something, then save."),
    "drafting.after-itself": _l("A clause cannot stand after itself. Choose another place."),
    "drafting.too-many": _l("A text can have {most} clauses. Join or remove some first."),
    # live
    "live.broken": _l("What your browser sent could not be read. Load the page again, then go on."),
    "live.not-yet": _l(
        "Your words build on others that have not reached us yet. They are kept and sent again."
    ),
    "live.too-large": _l("This is too much to save at once. Paste it in parts."),
    "live.full": _l("Many people have a text open. Yours is brought up to date now and then."),
    "live.too-fast": _l("That was too much in a short time. Your words are kept and sent again."),
    # redlines
    "redlines.no-word": _l("Write a word or a few words."),
    "redlines.twice": _l("You keep this word already, perhaps in another form."),
    "redlines.too-many": _l("An organisation can keep {most} words. Remove some first."),
    # renderings
    "renderings.no-heading": _l("The clause has a heading. Translate it too."),
    "renderings.no-text": _l("Write what the clause says in the other language."),
    "renderings.other-words": _l(
        "Somebody else translated or checked this clause while you had it open. What you typed is "
        "still below."
    ),
    "renderings.source-moved": _l(
        "The clause itself was changed while you translated it. Read it again below, then save."
    ),
    "renderings.outdated": _l(
        "The clause was changed since this was translated. Bring the translation up to date first."
    ),
    "renderings.nothing-to-check": _l("There is nothing to check: it was checked already."),
    "renderings.own-words": _l(
        "You translated this yourself. Ask another person who knows both languages to check it."
    ),
    # citations
    "links.no-label": _l("Write what readers will see, without brackets."),
    # discussion
    "discussion.already-resolved": _l("Somebody has settled this already. Read it again."),
    "discussion.already-open": _l("Somebody has opened this again already. Read it again."),
    "discussion.mentioned": _l("A comment asks for your attention"),
    "discussion.not-mentionable": _l(
        "One of those you chose does not read this comment. Take the tick away, or choose more "
        "readers."
    ),
    "discussion.too-many": _l("Mention {most} at most."),
    "discussion.say-why": _l("Write why. Those who wrote the comment will read it."),
    "discussion.internal": _l(
        "This comment is among your own organisation only. Send it to all first, then answer it."
    ),
    # consultations
    "consultations.none-chosen": _l("Choose at least one comment to send."),
    "consultations.sent-already": _l(
        "Somebody sent or settled one of these comments meanwhile. Read the list again, then send."
    ),
    # positions
    "positions.freeze-first": _l("Freeze the text first. Then it can be signed."),
    "positions.other-stage": _l(
        "This position is at another stage now. Open it again to see what can be done."
    ),
    "positions.round-first": _l("End the sign-off first. Then the text can be opened again."),
    "positions.frozen": _l(
        "The text is frozen and takes no more changes. Open it again for a next version."
    ),
    "positions.draft-moved": _l(
        "Somebody changed the text after you opened this page. Read it again, then freeze it."
    ),
    "positions.no-clauses": _l("The text has no clause. Add one, then freeze it."),
    "positions.empty-clause": _l("Clause {number} has no words. Write them, or remove the clause."),
    "positions.no-audience": _l("Write who will read this text. It is part of what is signed."),
    "positions.no-attribution": _l(
        "Write whose names stand under this text. It is part of what is signed."
    ),
    "positions.private-letter": _l(
        "A private letter is never published. Choose private, or start an open letter."
    ),
    "positions.invited-already": _l("This organisation takes part already. Choose another."),
    "positions.not-a-member": _l(
        "Only members of the workspace can take part. Choose an organisation from the list."
    ),
    "positions.not-invited": _l("This organisation does not take part. Open the list again."),
    "positions.comment-open": _l("A comment waits for your answer"),
    "positions.reply-waiting": _l("There is a reply to your comment"),
    # amendments
    "amendments.no-words": _l("Write the wording you propose."),
    "amendments.same-words": _l("These are the words of the clause. Change something, then send."),
    "amendments.no-reason": _l("Write the reason. Everybody who takes part in the text reads it."),
    "amendments.too-many": _l(
        "{most} proposals of your organisation wait already. Take some back first."
    ),
    "amendments.text-is-out": _l("This text is out or was stopped. It takes no more proposals."),
    "amendments.own": _l("This is your own proposal. Support counts from other organisations."),
    "amendments.day-to-come": _l("This date is in the future. Write the day it was decided."),
    "amendments.decided": _l(
        "Somebody has decided about this proposal meanwhile. Read below what became of it."
    ),
    "amendments.not-now": _l("This cannot be done with the proposal as it stands now. Read it."),
    "amendments.conflict": _l(
        "Others changed the same words meanwhile. Read both below, then offer one wording of both."
    ),
    "amendments.orphaned": _l(
        "The clause is no longer in the text. The proposal can be read, but not taken."
    ),
    "amendments.to-decide": _l("Proposed wording waits for your decision: {number}"),
    "amendments.offer-waits": _l("The lead offers other wording for your proposal"),
    # versions
    "versions.draft-moved": _l(
        "Somebody changed the text after you opened this page. Read what would change now."
    ),
    "versions.same": _l("The draft reads as this version does. There is nothing to bring back."),
    # signoff
    "signoff.answer-asked": _l("An answer is asked of your organisation"),
    "signoff.round-is-open": _l("A round is open for this position. End it, then open another."),
    "signoff.version-had-round": _l(
        "This version had its round. Freeze a new version to ask again."
    ),
    "signoff.version-moved": _l(
        "A newer version was frozen meanwhile. Open this page again, and ask about that one."
    ),
    "signoff.no-such-time": _l(
        "There is no such time in that zone. Choose another hour, or another zone."
    ),
    "signoff.closes-in-the-past": _l("This day is over. Choose a later one."),
    "signoff.roster-empty": _l("Choose at least one organisation."),
    "signoff.not-a-participant": _l(
        "Only organisations that take part in the text can be asked. Invite them first."
    ),
    "signoff.answers-need-endorse": _l(
        "Leave “Endorse” among the answers, and choose the others from the list."
    ),
    "signoff.note-needs-clause": _l("Choose the clauses your note is about."),
    "signoff.note-needs-words": _l("Write your note. It stands beside your name."),
    "signoff.change-needs-words": _l("Write what would have to change."),
    "signoff.name-needed": _l("Write the name as it is to be shown."),
    "signoff.only-lower": _l("This can only be lowered here. Choose the same or less."),
    "signoff.reason-needed": _l("Write why. Everybody in this text will read it."),
    "signoff.round-closed": _l("This round has closed. Nothing was recorded."),
    "signoff.round-broken": _l(
        "Somebody holds this text back, so silence no longer lets it pass. Nothing was recorded."
    ),
    "signoff.round-abandoned": _l("The lead gave this round up. Nothing was recorded."),
    "signoff.text-changed": _l(
        "This is not the text you were shown. Nothing was recorded. Read it again."
    ),
    "signoff.answered-meanwhile": _l(
        "Somebody of your organisation answered after you opened this page. Nothing was "
        "recorded. See that answer first."
    ),
    "signoff.close-too-early": _l(
        "You cannot see an answer from everybody yet. Wait for the deadline."
    ),
    "signoff.no-answer-shown": _l("{name}: no answer that you can see"),
    "signoff.all-recused": _l(
        "Everybody asked not to be counted. Nobody is left who could endorse: give the round up, "
        "or ask others."
    ),
    "signoff.change-asked": _l("{name} asks for a change, and stays away until then"),
    "signoff.change-blocks": _l("{name} asks for a change: the text cannot go out"),
    # clearances
    "clearances.too-many": _l("A ladder can have {most} steps. Join some."),
    "clearances.twice": _l("Two steps have the same name. Give each its own."),
    "clearances.who": _l("Write who said so."),
    "clearances.later": _l("This day has not come yet. Choose the day it was said."),
    "clearances.past": _l("This day is over. Choose a later one, or leave it empty."),
    # mandates
    "mandates.who-decided": _l("Write who of the members decided it, and how."),
    "mandates.when": _l("Choose the day of the decision."),
    "mandates.later": _l("This day has not come yet. Choose the day of the decision."),
    # channels
    "channels.everybody-first": _l(
        "Everybody reads the public page, donors and observers too. Leave your name out for "
        "everybody as well."
    ),
    # objections
    "objections.fix-needed": _l("Write what would settle it, or the wording you would endorse."),
    "objections.clause-needed": _l("Choose the clause that is to read so."),
    "objections.reads-so": _l("The clause reads so already. You can endorse the text."),
    "objections.say-something": _l("Write your reply."),
    "objections.cleared": _l("This request was settled meanwhile. Nothing was recorded."),
    "objections.spoken-meanwhile": _l(
        "Somebody replied while you had this open. Nothing was recorded. Read that reply first; "
        "your words are still below."
    ),
    "objections.wait": _l("The lead replied to the change you asked for"),
    "objections.open": _l("A change is asked for in a text you lead"),
    "signoff.guess-few-unnamed": _l(
        "Our pages alone do not reveal you. But of {invited} organisations asked, fewer than "
        "{smallest} are not named: readers can guess."
    ),
    "signoff.guess-some-named": _l(
        "Our pages alone do not reveal you. But {named} of {invited} organisations are named: "
        "readers can guess."
    ),
    "signoff.guess-not-known": _l(
        "Our pages alone do not reveal you. {invited} organisations are asked; when most of "
        "them are named, readers can guess the others."
    ),
    # releases
    "releases.round-over": _l("The round is not over. Wait for its deadline."),
    "releases.recalls-over": _l(
        "The spelling was corrected less than 24 hours ago. Until they are over, organisations "
        "can take themselves out. Wait."
    ),
    "releases.someone-endorses": _l(
        "Nobody is known to endorse the text yet, or to have let it pass."
    ),
    "releases.adopted": _l(
        "A body that was asked has not adopted the text. Record what it decided."
    ),
    "releases.nothing-blocks": _l(
        "Whether a change holds the text back is known when the round is over. Who asked for it "
        "settles it, or is asked again about a version that reads otherwise."
    ),
    "releases.adopted-by-body": _l(
        "A body that was asked has not adopted this text as it is. Write down what it decided."
    ),
    "releases.harm-checked": _l("The harm check is missing. Write it first."),
    "releases.no-version": _l("There is no frozen version yet. Freeze the text first."),
    "releases.consent": _l("Say whether testimony is used, and with consent."),
    "releases.checked-later": _l("This day has not come yet. Choose today or earlier."),
    "releases.delivered-to-whom": _l("Write to whom it was given, and how."),
    "releases.private-has-no-embargo": _l(
        "A private text has no embargo: only those who took part read it here."
    ),
    "releases.no-such-zone": _l(
        "There is no time zone of this name. Write it as in Asia/Amman or Europe/Paris."
    ),
    "releases.no-such-time": _l("There is no such time in this time zone. Choose another."),
    "releases.embargo-past": _l("This time has passed. Choose a later one, or leave it empty."),
    "releases.opens-after-public": _l(
        "Everybody reads it before this time. Choose an earlier one, or leave it empty."
    ),
    "releases.ended-already": _l("This text was withdrawn or corrected already."),
    # counterparts
    "counterparts.begun-already": _l("The other edition of this text has begun already."),
    # deliveries
    "deliveries.not-yet": _l("This day has not come yet. Choose today or earlier."),
    "deliveries.before-given": _l("This is before the copy was given. Choose a later day."),
    "deliveries.address": _l("This is not a mail address. Check it, or leave it empty."),
    "deliveries.nothing-to-tell": _l("The text stands as it is: there is nothing to tell."),
    # files that are drawn
    "pdf.letters": _l(
        "Our PDF has no sign for some letters of this text. Take the Word file instead."
    ),
    "pdf.too-much": _l("This text is too long for a PDF. Take the Word file instead."),
}

FOLLOWED: dict[str, LazyString] = {
    # institutions
    "institutions.circle": _l(
        "The one you chose became this one, or is this one. Choose another one."
    ),
    "institutions.narrower": _l(
        "Not everybody who knows of this one knows of the other. Choose one that all of them know."
    ),
    "institutions.no-successor": _l("Choose what it became."),
    "institutions.known": _l("This institution is in the list already. Choose it there."),
    # recommendations
    "recommendations.not-out": _l(
        "This text is not out. Follow up its recommendations once it is published or delivered."
    ),
    "recommendations.ref-taken": _l("Another recommendation has this reference. Change it."),
    "recommendations.asked-already": _l("This institution is asked already. Choose another."),
    "recommendations.task-late": _l("This is late. Ask where it stands."),
    "recommendations.task-soon": _l("This is due soon. Ask where it stands."),
    "recommendations.task-reply": _l("You were asked. Say what you will do."),
    "recommendations.task-confirm": _l("This was reported done. Check it, then confirm or refuse."),
    "recommendations.task-reversal": _l("Somebody says this was reversed. Check it, then confirm."),
    "recommendations.task-close": _l("It was proposed to close this. Agree, or keep it open."),
    # raisings
    "raisings.task-again": _l("The day has come to raise this again."),
    "raisings.say-where": _l("Write where it was raised."),
    "raisings.next-first": _l(
        "The next date comes after the day it was raised. Choose a later one."
    ),
    # asks
    "asks.not-yours": _l(
        "This step is for another organisation, or for another time. Read where the ask stands."
    ),
    "asks.own-report": _l("You reported this yourself. Somebody else has to confirm it."),
    "asks.open-evidence": _l("Open the evidence, then tick this box."),
    "asks.nothing-to-open": _l("There is no evidence left to confirm this by. Ask for some."),
    "asks.no-evidence": _l("Give a link or a few words that show it."),
    "asks.no-source": _l("Give the source: a link, or words on how you know."),
    "asks.not-a-link": _l("Write a full link that begins with https://."),
    "asks.evidence-date": _l("Write the date of the evidence."),
    "asks.evidence-old": _l("This evidence is older than the recommendation. Give a later one."),
    "asks.must-contradict": _l("Choose “speaks against it”: this evidence shows the reversal."),
    "asks.say-why": _l("Write the reason. Others will read it."),
    "asks.say-when": _l("Write the date."),
    "asks.say-newer": _l("Write which newer recommendation takes its place."),
    "asks.no-newer": _l(
        "There is no such recommendation here. Copy its reference, or its address, from its page."
    ),
    "asks.newer-circle": _l("This would lead back to the same recommendation. Choose another."),
    "asks.in-future": _l("This date is in the future. Write the day it happened."),
}
