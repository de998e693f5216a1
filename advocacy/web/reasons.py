"""One table from a reason's code to its sentence: what happened, and what to do.

The release gate, a disabled button, a 422, the command line and the importer print these words.
A code without words fails a test. `{name}` is filled from the reason's facts.
"""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from advocacy.ground.reasons import Reason
from advocacy.web.reasons_of_files import FILES
from advocacy.web.reasons_of_following import FOLLOWING
from advocacy.web.reasons_of_outcomes import OUTCOMES
from advocacy.web.reasons_of_proofs import PROOFS
from advocacy.web.reasons_of_register import REGISTER
from advocacy.web.reasons_of_rounds import ROUNDS
from advocacy.web.reasons_of_sharing import SHARING
from advocacy.web.reasons_of_signing import SIGNING
from advocacy.web.reasons_of_texts import FOLLOWED, TEXTS
from advocacy.web.reasons_of_ties import TIES
from advocacy.web.reasons_of_views import VIEWS
from advocacy.web.words import PEOPLES, isolated, one

WORDS: dict[str, LazyString] = {
    # ground and forms
    "acts.stale": _l(
        "Somebody changed this while you had it open. Read what it says now, then decide."
    ),
    "access.denied": _l("Your seat does not allow this. Ask your organisation's focal point."),
    "form.required": _l("Write something here."),
    "form.email": _l("Write a full e-mail address, like name@example.org."),
    "form.zone": _l("Choose a time zone from the list."),
    "form.no-key": _l("This form is incomplete. Open the page again and send it from there."),
    "form.key-used": _l("This form was sent before. Open the page again to send another."),
    "form.acting-for": _l(
        "You now act for {organisation}, but this form was opened for {other}. Choose {other} "
        "in the menu with your name, open the page again, and send it from there."
    ),
    "form.acting-for-unknown": _l(
        "You now act for {organisation}, but this form was not opened for it. Open the page "
        "again, and send it from there."
    ),
    "form.too-long": _l("Shorten this to {most} characters or fewer."),
    "form.cursor": _l("This link to more of the list is damaged. Open the list again."),
    "form.choice": _l("Choose one from the list."),
    # accounts
    "accounts.password-short": _l(
        "Use at least {least} characters. A sentence you can remember works well."
    ),
    "accounts.password-long": _l("Use at most {most} characters."),
    "accounts.password-common": _l(
        "This password is easy to guess. Choose words that do not belong together."
    ),
    "accounts.password-wrong": _l("The present password is not right. Try again."),
    "accounts.email-taken": _l("Somebody has this address already. Use another one."),
    "accounts.language-unknown": _l("Choose one of the languages in the list."),
    "accounts.slow-down": _l("Too many attempts. Wait {seconds} seconds, then try again."),
    "accounts.link-spent": _l(
        "This link was used, or it is too old. Ask for a new one from the sign-in page."
    ),
    "accounts.name-empty": _l("Write your name, as colleagues know it."),
    "accounts.not-signed-in": _l("Address or password is not right. Check both and try again."),
    # organisations
    "organisations.slug-taken": _l("Another workspace has this address. Choose another."),
    "organisations.slug-shape": _l("Use small letters, digits and hyphens only."),
    "organisations.member-already": _l("This organisation is in the workspace already."),
    "organisations.link-spent": _l(
        "This invitation was used, withdrawn, or is too old. Ask for a new one from the person "
        "who invited you."
    ),
    "admissions.link-spent": _l(
        "This link was used, taken back, is too old, or went to another address than yours. Ask "
        "for a new one from the coordinator who sent it."
    ),
    "organisations.confirm-spent": _l(
        "This request was answered, withdrawn, or is too old. Nothing was changed."
    ),
    "organisations.not-for-you": _l(
        "This invitation was sent to another address than yours. Sign out, then open it again."
    ),
    "organisations.nobody-confirms": _l(
        "A signatory needs a second word: from another signatory, or from the contact given "
        "when your organisation joined. There is neither. Ask the people who run this service."
    ),
    "organisations.holds-already": _l("This person holds this seat already."),
    "organisations.last-coordinator": _l(
        "This is the last coordinating organisation. Admit another coordinator first."
    ),
    "organisations.no-signatory": _l(
        "Nobody holds the signatory seat. Invite a person who may sign for your organisation."
    ),
    "organisations.one-signatory": _l(
        "Only one person holds the signatory seat. Invite a second one, in case they leave."
    ),
    "organisations.no-focal-point": _l(
        "Nobody holds the focal point seat. Invite a person who answers for your organisation."
    ),
    "organisations.one-admin": _l(
        "Only one person can invite others. Invite a second administrator."
    ),
    # mails
    "organisations.sign-in-first": _l(
        "This invitation is for somebody who has an account. Sign in first, then open "
        "the link again."
    ),
    "organisations.last-of-seat": _l(
        "This is the last person in this seat. Invite a successor first."
    ),
    # savedviews
    "savedviews.name-taken": _l("You have a saved view with this name. Choose another name."),
    "savedviews.too-many": _l("You have %(most)s saved views, the most one can have. Delete one."),
    # threats
    "threats.survivor-place": _l(
        "For records of children or sexual violence, choose an area of the first level or the "
        "whole country, and leave the name of the place empty."
    ),
    "threats.starts-later": _l("This day is yet to come. Write the day it began, or leave it."),
    "threats.review-past": _l("This day has passed. Choose today or a later day."),
    "threats.people-low": _l("Write the lower number too, or say that it is not known."),
    "threats.people-negative": _l("Write 0 or a larger number."),
    "threats.people-order": _l("This is less than the lower number. Correct one of the two."),
    "threats.stays-own": _l(
        "Records of child separation, child marriage, child recruitment or gender-based violence "
        "stay with your own organisation until the coordinator of that area agrees. Choose Only us."
    ),
    "threats.too-wide": _l(
        "The sensitivity of this record does not allow so wide a circle. Choose a narrower one, "
        "or lower the sensitivity if that is right."
    ),
    "threats.name-somebody": _l("Choose at least one organisation, or choose Only us."),
    "threats.not-here": _l("One of these organisations is not in this workspace. Choose again."),
    "threats.observers-and-donors": _l(
        "Observers and donors never share a setting. Take out the observers or the donors."
    ),
    "threats.narrative-donor": _l("The full account is never for donors. Take the donor out."),
    "threats.narrative-unseen": _l(
        "Who reads the full account must see the record as well. Share the record with them first."
    ),
    "threats.ends-later": _l("This day is yet to come. Write the day it ended."),
    "threats.ends-before": _l("This is before the day it began. Correct the day."),
    "threats.check-late": _l(
        "The check of this protection risk is late. Look if it is still true."
    ),
    "threats.check-soon": _l("This protection risk needs a check in the next three days."),
    "drafts.open-first": _l("This is a draft. Open it first; then it can be shared."),
    # links
    "links.elsewhere": _l("These two cannot be linked. Choose something of the same workspace."),
    # files that are read, and imports
    "csv.empty": _l("This file is empty. Choose a file with a header row and rows below it."),
    "csv.not-text": _l(
        "This is not a CSV file. Open it in your spreadsheet, save it as CSV UTF-8, and send that."
    ),
    "csv.mixed-encoding": _l(
        "Line {line} holds damaged characters. Save the file again as CSV UTF-8, and send that."
    ),
    "csv.unknown-encoding": _l(
        "The letters in line {line} cannot be read for sure. Save the file again as CSV UTF-8."
    ),
    "csv.no-header": _l(
        "No row with column names was found. Put the names in the first row, and send it again."
    ),
    "csv.missing-column": _l(
        "The column {column} is missing. Add it, or correct its name, and send the file again."
    ),
    "csv.duplicate-column": _l(
        "The column {column} is there twice. Rename or remove one, and send the file again."
    ),
    "csv.truncated-quote": _l(
        "A quotation mark opens in line {line} and never closes: the file may be cut off. "
        "Make the file again."
    ),
    "csv.bad-quote": _l("A quotation mark stands in a wrong place in line {line}. Correct it."),
    "csv.field-too-long": _l(
        "A cell in line {line} is too long, or a quotation mark does not close. Check that line."
    ),
    "csv.too-large": _l("This file is larger than {limit_mb} MB. Split it, and send the parts."),
    "csv.too-many-rows": _l("This file has more than {limit_rows} rows. Split it in parts."),
    "csv.ragged-row": _l(
        "Line {line} has {cells} cells, but the header has {expected}. Correct that line."
    ),
    "csv.note-old-encoding": _l(
        "The file is in an old encoding ({encoding}); {outside_ascii} characters depended on it."
    ),
    "csv.note-mixed-line-ends": _l("The file has line ends of more than one kind."),
    "csv.note-preamble": _l("{rows} rows above the column names were left out."),
    "importing.nobody": _l("Sign in, and choose the organisation you act for, before you import."),
    "importing.other-kind": _l(
        "This check was made for another kind of list. Check the file again."
    ),
    "importing.stale-plan": _l(
        "Something changed since you checked this file. Check it again, then import."
    ),
    "importing.repeated": _l("Line {line} repeats an earlier line. Remove one of them."),
    "importing.no-run": _l("There is no such import."),
    # batches
    "batches.acted": _l("Somebody acted on one of these recommendations since. Nothing is undone."),
    "batches.json": _l("This is no list of records. Export the JSON again, and send that file."),
    "batches.no-table": _l("This Word file has no table. Paste its paragraphs instead."),
    "batches.no-text": _l("Say which column holds the words of the recommendation."),
    "batches.no-owner": _l("Say whom the rows are addressed to. No column tells it."),
    "batches.long": _l("Line {line} is longer than {most} characters. Split it."),
    "batches.concern": _l("Line {line} is a concern, not a recommendation. It is left out."),
    "batches.day": _l("Line {line}: “{words}” is no day that is over. Write it like 2026-11-22."),
    "batches.owner": _l("Line {line}: nobody said who “{name}” is. It is left out."),
    "batches.other-words": _l(
        "Line {line}: {ref} is here with other words, and they stay. Give these words a reference "
        "of their own."
    ),
    "batches.nothing": _l("There is nothing to bring in. Keep at least one record."),
    "upr.empty-cell": _l("Line {line}: the column {column} is empty. Fill it in."),
    "upr.pledge": _l("Line {line} is a voluntary pledge, not a recommendation. It is left out."),
    "upr.unknown-response": _l(
        "Line {line}: the answer \u201c{value}\u201d is not known. Use Accepted, Noted or Rejected."
    ),
    "upr.bad-specificity": _l("Line {line}: write a number from 1 to 5 in the column {column}."),
    "upr.bad-session": _l("Line {line}: write the session as a number, for example 14."),
    # what is known of a protection risk
    "analysis.survivor-place": _l(
        "Such a record shows a first-level area only: no name of a place, no point."
    ),
    "analysis.survivor-name": _l(
        "A record of a child or of sexual violence names nobody. Leave it out."
    ),
    "analysis.point-missing": _l(
        "How exact without a point? Write both numbers, or say less exact."
    ),
    "analysis.point-half": _l("Write both numbers of the point, or neither."),
    "analysis.point-range": _l("No place has this number. Latitude ends at 90, longitude at 180."),
    "analysis.point-swapped": _l("Did you swap the two numbers? The other way round it would fit."),
    "analysis.point-outside": _l("This point lies outside the country. Look at both numbers."),
    "analysis.use-psea": _l(
        "No aid workers here. Use the channel against sexual exploitation and abuse."
    ),
    "analysis.known-and-unknown": _l("Give numbers, or say that they are not known; not both."),
    "analysis.number-or-unknown": _l("Write a number, 0 for nobody, or tick that it is not known."),
    "analysis.number-range": _l("Write 0 or a larger number, below two thousand million."),
    "analysis.period-order": _l("This is before the first day. Correct one of the two."),
    "analysis.period-later": _l("This day is yet to come. Write a day until today."),
    "analysis.too-many": _l("A record holds {most} of these at most. Remove some first."),
    # lists that records point to
    "reference.no-risk": _l("There is no such protection risk. Choose one from the list."),
    "reference.no-area": _l("There is no such place. Choose one from the list."),
    "reference.no-scale": _l("There is no such list."),
    "reference.area-incomplete": _l("{place}: country, code or name is missing. Fill it in."),
    "reference.area-level": _l("{place}: the level does not fit its parent. Correct it."),
    "reference.area-dates": _l("{place} ends before it begins. Correct the dates."),
    "reference.area-twice": _l("{place} is in the list twice. Remove one."),
    "reference.unknown-parent": _l(
        "{place} lies in a place that is not known. Add that one first."
    ),
    "reference.area-unknown": _l(
        "No place of this country is called \u201c{place}\u201d. Write its P-code, or its name as "
        "the list has it."
    ),
    "reference.area-many": _l(
        "More than one place is called \u201c{place}\u201d. Write the code of the one you mean: "
        "{places}."
    ),
    "reference.area-ended": _l(
        "The code {place} ended on {day}. Choose a place that is there today."
    ),
    "reference.area-foreign": _l(
        "{place} is a code of another country ({country}). Choose a place of ours."
    ),
    "reference.pcode-line": _l(
        "Line {line}: the level is no number, or the date is none. Correct it."
    ),
    "reference.no-country": _l("No P-codes of {country} are here. First: advocacy import pcodes."),
    "reference.no-shape-fits": _l(
        "No code fits {country}. Look at the country and the code property."
    ),
    # demo
    "demo.not-empty": _l(
        "There are people in this database already. Use an empty one for the demo."
    ),
    "demo.no-logins": _l(
        "There are no demo logins here. Plant the demo in an empty database: advocacy demo"
    ),
    "demo.off": _l("This is no trial. Set DEMO=1 on your own machine, then try again."),
    **TEXTS,
    **FOLLOWED,
    **OUTCOMES,
    **FILES,
    **REGISTER,
    **PROOFS,
    **SIGNING,
    **SHARING,
    **ROUNDS,
    **VIEWS,
    **TIES,
    **FOLLOWING,
}


def say(reason: Reason) -> str:
    """The sentence of a reason, in the reader's language."""
    words = one(WORDS, reason.code)
    return words.format(
        **{key: isolated(str(v)) if key in PEOPLES else str(v) for key, v in reason.facts.items()}
    )
