"""Reasons in words: who follows asks up, and what is due of them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

FOLLOWING: dict[str, LazyString] = {
    # recommendations
    "recommendations.task-unproven": _l(
        "The evidence of your report was withdrawn, so it is not confirmed any more. Report it"
        " again with other evidence."
    ),
    "recommendations.task-unconfirmed": _l(
        "The evidence that you confirmed this by was withdrawn. Say what is missing."
    ),
    # bodies and commitments
    "bodies.ends-first": _l("It cannot leave before it came. Change one of the two days."),
    "bodies.circle": _l("A body does not belong to itself or to its own member. Choose another."),
    "commitments.say-what": _l("Write what it will do, or why it will not."),
    "commitments.say-source": _l("Give a link or the words that show that it said so."),
    "commitments.commit-first": _l("Only a member that committed itself can have begun."),
    "commitments.link": _l("Begin the link with https://"),
    "commitments.task-reply": _l("A body that you belong to was asked. Say what you will do."),
    # milestones
    "milestones.task-late": _l("A milestone is late. Say whether it is reached: {title}"),
    "milestones.task-soon": _l("A milestone is near. Ask where it stands: {title}"),
    # runs: what stands beneath records that came in, so that nothing is undone
    "runs.asks": _l("Somebody else was asked of these since: {refs}"),
    "runs.steps": _l("Steps were written down of these since: {refs}"),
    "runs.commitments": _l("Members said what they will do of these since: {refs}"),
    "runs.evidence": _l("Evidence was added to these since: {refs}"),
    "runs.people": _l("These were put into one person's hands since: {refs}"),
    "runs.handed-over": _l("These were handed over since: {refs}"),
    "runs.raised": _l("These were raised since: {refs}"),
    "runs.snoozed": _l("Reminders of these were put off since: {refs}"),
    "runs.milestones": _l("Milestones were set for these since: {refs}"),
    "runs.windows": _l("Windows were chosen for these since: {refs}"),
    "runs.ties": _l("These were linked with others since: {refs}"),
    "runs.wordings": _l("Wordings in other languages were added to these since: {refs}"),
    "runs.subjects": _l("What these are about was changed since: {refs}"),
    # feeds
    "feeds.too-many": _l("You have {most} feeds, the most one can have. End one first."),
    # together
    "together.none": _l("Choose at least one."),
    "together.too-many": _l("Choose {most} at the most. Change the others after that."),
    "together.moved": _l("{count} of them changed meanwhile. Nothing was written."),
    # assignments
    "assignments.none": _l("Choose what you hand over."),
    "assignments.too-many": _l("Choose {most} at the most. Hand the others over after that."),
    "assignments.say-why": _l("Write what they need to know to go on."),
    "assignments.not-yours": _l(
        "Only the organisation that follows it up, the one that leads it and the coordinator hand"
        " it over."
    ),
    "assignments.addressee": _l("It was asked of this organisation itself. Choose another one."),
    "assignments.has-it": _l("This organisation follows one of them up already. Choose another."),
    "assignments.confirmed-it": _l(
        "This organisation confirmed one of them, so it cannot follow it up. Choose another one."
    ),
    "assignments.reads-first": _l(
        "This organisation cannot read all that you marked. Let it read them first, or leave these"
        " out: {count}."
    ),
    "assignments.give-back": _l(
        "Who reads one of these is not shown to you. Hand it to the organisation that recorded it,"
        " which knows who can take it."
    ),
    # dues
    "dues.say-why": _l("Write why it can wait."),
    "dues.until": _l("Choose a day that comes, within {most} days."),
    "dues.task-review": _l("This goes on. Look at it again, and note what you find."),
    "dues.task-unanswered": _l("Asks that you follow up, without a reply after a month: {count}"),
    "dues.task-stale": _l("Asks that you follow up, not looked at for three months: {count}"),
    "dues.task-passed-on": _l("This has been late for four weeks. Ask who takes it up."),
}
