"""Reasons about Word files that come in: what was wrong with one, what became of each thing in it.

A part of `web.reasons`, which says them.
"""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

FILES: dict[str, LazyString] = {
    # what is wrong with a file
    "sheet.not-sheet": _l("This is not an Excel file. Save it as .xlsx or .csv, and send that."),
    "sheet.old": _l("This is an old Excel file (.xls). Save it as .xlsx, and send that."),
    "sheet.locked": _l("This file is locked with a password. Save it without one, and send that."),
    "sheet.macros": _l("This file holds macros. Save it as .xlsx without them, and send that."),
    "sheet.damaged": _l("This file is damaged. Open it in Excel, save it again, and send that."),
    "sheet.too-heavy": _l("This file unpacks to far more than a list. Nothing was read."),
    "sheet.too-long": _l("The first sheet of this file has more than {most} rows or is too wide."),
    # uploads
    "uploads.infected": _l(
        "The scanner found a virus in this file. Nothing of it was kept. Do not pass it on."
    ),
    "uploads.no-scanner": _l(
        "The virus scanner does not answer, so no file is taken now. Nothing was kept. "
        "Try again later."
    ),
    # annexes
    "annexes.empty": _l("Choose a file that is not empty."),
    "annexes.too-heavy": _l("This file is larger than {most} MB. Make it smaller, or split it."),
    "annexes.unknown": _l(
        "This is no PDF, Word, Excel, PNG or JPEG file. Save it as one of these, and send that."
    ),
    "annexes.old": _l("This is an old Word or Excel file. Save it as .docx or .xlsx, and send it."),
    "annexes.locked": _l("This file is locked with a password. Save it without one, and send it."),
    "annexes.active": _l(
        "This file can act by itself: it holds a program, another file, or a link that opens "
        "alone. Save it as a plain PDF, and send that."
    ),
    "annexes.damaged": _l("This file is damaged. Open it, save it again, and send that."),
    "annexes.bomb": _l("This file unpacks to far more than it shows. Save it as PDF, and send it."),
    "annexes.measure": _l(
        "This picture has too few dots, or too many. Save it in another size, or as JPEG."
    ),
    "annexes.title-taken": _l("Another annex has this title. Choose another one."),
    "annexes.there-already": _l("This very file is annex {number} already."),
    "annexes.too-many": _l("A text can have {most} annexes. Remove one first."),
    "annexes.too-much": _l("The annexes of a text can have {most} MB together. Remove one first."),
    "annexes.closed": _l(
        "The text is frozen, and its annexes with it. To change them, the lead opens the text "
        "again for a next version."
    ),
    "annexes.is-new": _l("Annex {number} is new."),
    "annexes.is-replaced": _l("An annex changed: annex {number} is another file."),
    "annexes.is-renamed": _l("An annex changed: annex {number} has another title."),
    "annexes.is-moved": _l("Annex {number} moved to this place."),
    "annexes.is-gone": _l("Annex {number} of the text you signed is gone."),
    "word.empty-file": _l("This file is empty. Choose the Word file again."),
    "word.not-word": _l("This is not a Word file. Save it as .docx, and send that."),
    "word.old-doc": _l("This is an old Word file (.doc). Save it as .docx, and send that."),
    "word.locked": _l("This file is locked with a password. Save it without one, and send that."),
    "word.macros": _l(
        "This file holds macros or other programs. Save it as a plain .docx, and send that."
    ),
    "word.damaged": _l("This file is damaged. Open it in Word, save it again, and send that."),
    "word.entities": _l(
        "This file holds instructions that no Word file needs. Open it in Word, save it again, "
        "and send that."
    ),
    "word.strange-names": _l(
        "This file was packed in a strange way. Open it in Word, save it again, and send that."
    ),
    "word.bomb": _l("This file unpacks to far more than a text. Nothing was read."),
    "word.too-heavy": _l(
        "This file takes too much time or memory to read. Take pictures out of it, or send it "
        "in parts."
    ),
    "word.too-long": _l("This file has more than {most} paragraphs. Send it in parts."),
    "word.no-words": _l("There are no words in this file. Choose another one."),
    "word.not-ours": _l(
        "This file does not say which text it was made from. Download the Word file of this "
        "text again, and put your changes there; or begin a new text from this file."
    ),
    "word.other-text": _l(
        "This file was made from another text. Open that text, and send it there."
    ),
    "word.sent-before": _l("Your organisation sent this very file already. See what became of it."),
    "word.too-many": _l(
        "There are {number} changes in this file; {most} can be sent at once. Send it in parts."
    ),
    "word.many-clauses": _l(
        "This file would make {number} clauses; a text can have {most}. Take some paragraphs out."
    ),
    # steps
    "word.sent-already": _l(
        "Somebody of your organisation sent this already. See what became of it."
    ),
    "word.settled": _l("Somebody of your organisation settled this already. Open the list again."),
    "word.made-already": _l("A text was begun from this file already. Open it there."),
    "word.make-first": _l("Begin the text first. Then this can be placed in it."),
    "word.nothing-to-place": _l("There are no words in this. Look at it in Word, then dismiss it."),
    "word.choose-clause": _l("Choose the clause this is about."),
    # why a person is needed
    "word.clause-gone": _l("The clause is not in the text any more."),
    "word.clause-changed": _l("Others changed the same words of this clause meanwhile."),
    "word.missing": _l("This clause is not in the file. Was it deleted?"),
    "word.unsure": _l(
        "The file no longer says which clause this was, and its words fit no clause for certain."
    ),
    "word.joined": _l(
        "The end of this clause was deleted, so that it would run into the next one."
    ),
    "word.title": _l("The title reads otherwise in the file. The lead can change it."),
    "word.line": _l("A line above the clauses reads otherwise in the file."),
    "word.in-table": _l("This stands in a table. Texts here have no tables."),
    "word.in-box": _l("This stands in a text box."),
    "word.in-picture": _l("There is a picture. Texts here have no pictures."),
    "word.in-footnote": _l("This stands in a footnote."),
    "word.in-endnote": _l("This stands in an endnote."),
    "word.in-header": _l("This stands at the head of the pages."),
    "word.in-footer": _l("This stands at the foot of the pages."),
    "word.in-elsewhere": _l(
        "Changes stand where they cannot be read. Look for them in Word, and write them here."
    ),
    "word.comment-nowhere": _l("This comment lies over no words of a clause."),
    "word.long-comment": _l("This comment is too long to be sent. Write it shorter at its clause."),
    "word.long-clause": _l("These words are longer than a clause may be. Divide them."),
    "word.of-new-text": _l("A comment in the file. Place it once the text is begun."),
    # why there is nothing to do
    "word.known": _l("It was in the file when it was downloaded."),
    "word.no-difference": _l("It changes no word of the text."),
    "word.proposed-already": _l("Your organisation proposes this already."),
    "word.proposed-by-other": _l("{organisation} proposes these words. Stand behind them there."),
    "word.taken-meanwhile": _l("The text reads so by now."),
    "word.empty-comment": _l("There are no words in this comment."),
    # signons
    "signons.kind": _l("Write a kind from the list, or leave it empty for an NGO."),
    "signons.organisation": _l("Write the name of the organisation."),
    "signons.answer": _l(
        "This answer cannot be recorded for another. Write endorse, no objection, abstain, "
        "decline or recuse, as far as the round allows it."
    ),
    "signons.signs": _l("This holds signs that cannot be shown. Type it again."),
    "signons.twice": _l("{organisation} stands in the file twice. Keep one line."),
    "signons.logo": _l("For the logo, write yes or no."),
    "signons.too-many": _l("A sheet can have {most} organisations. Divide it."),
    "signons.no-signatory": _l("Donors and observers do not sign. Take this line out."),
    "signons.address": _l(
        "Nobody here knows this organisation. Write an e-mail address at which it can confirm."
    ),
    "signons.nothing": _l("No line of this file can be used. Mend it and send it again."),
    "signons.slow-down": _l("Five codes were sent in an hour. Wait an hour, then ask again."),
    "signons.code-dead": _l("This code was tried five times. Ask for a new one."),
    "signons.code-wrong": _l("This is not the code, or it is too old. Look at the last mail."),
    "signons.person": _l("Write your name."),
    "signons.role": _l("Write what you are in your organisation."),
}
