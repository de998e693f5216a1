"""A text comes back from Word: what was done to it becomes proposals and comments."""

import pytest

from advocacy.amendments import queries as amendments
from advocacy.discussion import queries as discussion
from advocacy.discussion.rules import More
from advocacy.discussion.schema import Reach
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import Remove, Replace
from advocacy.ground.errors import Conflict, Denied, Invalid, NotFound
from advocacy.positions import actions as texts
from advocacy.positions import queries as positions
from advocacy.word import actions, queries
from advocacy.word.rows import Fate, What
from tests.signoff import scene
from tests.word import files
from tests.word.files import edited


def todo(kept):
    return [one for one in kept.items if one.state is not Fate.NOTHING]


def whats(kept):
    return [(one.what, one.state) for one in todo(kept)]


def add_up(kept):
    """Counts in are counts out."""
    assert sum(one.count for one in kept.items) == kept.facts["changes"]
    comments = sum(one.what is What.COMMENT for one in kept.items)
    assert comments == kept.facts["comments"]


def test_a_file_that_nobody_touched_holds_nothing_to_do(copy, receive):
    kept = receive(copy())
    assert todo(kept) == []
    add_up(kept)


def test_the_same_text_gives_the_same_bytes(copy):
    assert copy() == copy()


def test_a_tracked_change_becomes_one_proposal_in_the_words_of_the_text(
    text, copy, receive, send, world, reading
):
    data = edited(copy(), lambda root: files.track(root, "since October", "since 3 October"))
    kept = receive(data)
    assert whats(kept) == [(What.REPLACEMENT, Fate.READY)]
    (one,) = todo(kept)
    assert one.wording == "Four **clinics** have been turned back since 3 October."
    assert (one.cid, one.count, one.is_untracked) == (text.cids[1], 2, False)
    add_up(kept)
    sent = send(kept.id)
    legal = world.actor("legal")
    with reading(legal) as session:
        (row,) = amendments.open_ones(session, legal, text.id)
        now = drafts.clauses(session, legal, text.document_id)
    assert (row.wording, row.organisation_id) == (one.wording, legal.organisation_id)
    assert "since October" in now[1].text  # never written straight into the text
    assert [i.state for i in sent.items if i.what is What.REPLACEMENT] == [Fate.SENT]


def test_what_was_typed_without_tracking_is_found_and_says_so(copy, receive):
    kept = receive(edited(copy(), lambda root: files.retype(root, "Wells are", "Six wells are")))
    (one,) = todo(kept)
    assert one.what is What.REPLACEMENT
    assert one.is_untracked
    assert one.wording == "Six wells are dry.\n\n- in Al Noor\n- in the *valley*"


def test_a_deleted_clause_and_a_new_one(text, copy, receive):
    def change(root):
        files.delete_paragraph(root, "We ask the Governor")
        files.insert_after(root, "Four ", "Nobody is treated.")

    kept = receive(edited(copy(), change))
    assert whats(kept) == [(What.INSERTION, Fate.READY), (What.DELETION, Fate.READY)]
    new, gone = todo(kept)
    assert (new.after, new.wording) == (text.cids[1], "Nobody is treated.")
    assert gone.cid == text.cids[3]
    add_up(kept)


def test_moved_text_is_a_move(text, copy, receive):
    def change(root):
        files.delete_paragraph(root, "We ask the Governor", kind="moveFrom")
        files.insert_after(
            root, "What is happening", "We ask the Governor to let clinics move by day.", "moveTo"
        )

    kept = receive(edited(copy(), change))
    assert whats(kept) == [(What.MOVE, Fate.READY)]
    (one,) = todo(kept)
    assert (one.cid, one.after) == (text.cids[3], text.cids[0])
    add_up(kept)


def test_a_clause_dragged_elsewhere_without_tracking_is_a_move(text, copy, receive):
    def change(root):
        place = files.paragraph(root, "We ask the Governor")
        files.paragraph(root, "What is happening").addnext(place)

    (one,) = todo(receive(edited(copy(), change)))
    assert (one.what, one.cid, one.after) == (What.MOVE, text.cids[3], text.cids[0])
    assert one.is_untracked


def test_a_change_in_a_table_needs_a_person_and_keeps_its_words(copy, receive):
    cell = f'<w:tc><w:p><w:ins w:id="9" {files.WHO}>{files.typed("Six wells")}</w:ins></w:p></w:tc>'

    def change(root):
        table = files.node(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")
        files.paragraph(root, "Four ").addnext(table)

    kept = receive(edited(copy(), change))
    (one,) = todo(kept)
    assert (one.state, one.why, one.wording) == (Fate.PERSON, "word.in-table", "Six wells")
    add_up(kept)


def test_a_deleted_paragraph_mark_needs_a_person(text, copy, receive):
    change = edited(
        copy(), lambda r: files.mark_end(files.paragraph(r, "What is happening"), "del")
    )
    kept = receive(change)
    assert [(one.why, one.cid) for one in todo(kept)] == [("word.joined", text.cids[0])]
    assert "What is happening Four clinics" in todo(kept)[0].wording
    add_up(kept)


def test_comments_go_to_their_clause_with_the_words_they_lie_over(
    text, copy, receive, send, world, reading
):
    data = files.comment(copy(), "clinics", "Name them.")
    kept = receive(data)
    (one,) = todo(kept)
    assert (one.what, one.cid, one.quote) == (What.COMMENT, text.cids[1], "clinics")
    send(kept.id)
    with reading(world.actor("women")) as session:
        (thread,) = discussion.threads(session, world.actor("women"), text.id)
    assert thread.comments[0].text == "Name them."
    assert thread.anchor.quote == "clinics"


def test_a_comment_on_inserted_words_takes_them_along(text, copy, receive):
    data = edited(copy(), lambda root: files.track(root, "since October", "since last spring"))
    kept = receive(files.comment(data, "since last spring", "Ask the director."))
    said = next(one for one in todo(kept) if one.what is What.COMMENT)
    assert (said.cid, said.quote) == (text.cids[1], "")
    assert said.wording == "> since last spring\n\nAsk the director."
    add_up(kept)


def test_everything_accepted_before_it_came_back_is_still_found(text, copy, receive):
    def change(root):
        files.retype(root, "since October", "since 3 October")
        files.insert_after(root, "Four ", "Nobody is treated.", kind="")

    kept = receive(edited(copy(), change))
    assert kept.facts["changes"] == 0
    assert whats(kept) == [(What.REPLACEMENT, Fate.READY), (What.INSERTION, Fate.READY)]
    assert all(one.is_untracked for one in todo(kept))


def test_a_clause_that_is_gone_from_the_file_needs_a_person(text, copy, receive, world, writing):
    def change(root):
        place = files.paragraph(root, "We ask the Governor")
        place.getparent().remove(place)

    kept = receive(edited(copy(), change))
    (one,) = todo(kept)
    assert (one.what, one.why, one.cid) == (What.MISSING, "word.missing", text.cids[3])
    legal = world.actor("legal")
    with writing(legal) as session:
        actions.place(session, legal, one.id, how=What.DELETION, cid=one.cid)
        (row,) = amendments.open_ones(session, legal, text.id)
        assert row.cid == text.cids[3]
        assert queries.item(session, legal, one.id).state is Fate.PLACED
    with writing(legal) as session, pytest.raises(Conflict):
        actions.dismiss(session, legal, one.id)


def test_proposals_of_others_come_back_without_being_taken_for_the_senders(
    text, copy, receive, send, world, reading
):
    first = receive(edited(copy("women"), lambda r: files.track(r, "dry", "empty")), "women")
    send(first.id, "women")
    data = copy()
    found = files.paper(data)
    assert found.count == 2
    assert {mark.author for mark in found.marks} == {"Blue Valley Women’s Association"}
    kept = receive(edited(data, lambda root: files.track(root, "by day", "by night")))
    assert [one.cid for one in todo(kept)] == [text.cids[3]]
    assert [one.why for one in kept.items if one.state is Fate.NOTHING] == ["word.known"]
    add_up(kept)


def test_a_second_proposal_for_a_clause_goes_along_as_a_comment(copy, receive, send):
    for who, words in (("women", ("dry", "empty")), ("legal", ("Al Noor", "Al Bahr"))):
        data = edited(copy(who), lambda r, w=words: files.track(r, *w))
        send(receive(data, who).id, who)
    found = files.paper(copy("relief"))
    assert len({mark.author for mark in found.marks}) == 1
    (told,) = found.comments
    assert {told.author, found.marks[0].author} == {
        "Blue Valley Women’s Association",
        "Harbour Legal Aid",
    }
    assert ("in Al Bahr" in told.text) or ("Wells are empty" in told.text)


def test_a_program_that_drops_the_hidden_part_loses_nothing(text, copy, receive):
    data = edited(copy(), lambda root: files.track(root, "since October", "since 3 October"))
    kept = receive(files.without(data, "customXml/"))
    assert (What.REPLACEMENT, Fate.READY) in whats(kept)
    assert next(o.cid for o in todo(kept) if o.what is What.REPLACEMENT) == text.cids[1]


def test_a_program_that_drops_the_bookmarks_finds_the_clauses_by_their_words(text, copy, receive):
    def change(root):
        for mark in list(root.iter(f"{{{files.W}}}bookmarkStart", f"{{{files.W}}}bookmarkEnd")):
            mark.getparent().remove(mark)
        files.track(root, "since October", "since 3 October")

    kept = receive(edited(copy(), change))
    assert whats(kept) == [(What.REPLACEMENT, Fate.READY)]
    assert todo(kept)[0].cid == text.cids[1]


def test_the_draft_moved_on_and_the_change_is_joined_with_it(
    text, copy, receive, send, world, writing, reading
):
    kept = receive(edited(copy(), lambda root: files.track(root, "Four ", "Five ")))
    relief = world.actor("relief")
    with writing(relief) as session:
        now = drafts.clauses(session, relief, text.document_id)[1]
        words = now.text.replace("October", "May")
        drafting.change(
            session, relief, text.document_id, [Replace(now.cid, "", words)], based_on=now.hash
        )
    send(kept.id)
    with reading(relief) as session:
        (row,) = amendments.open_ones(session, relief, text.id)
    assert row.wording == "Five **clinics** have been turned back since May."


@pytest.mark.parametrize("how", ["changed", "gone"])
def test_what_cannot_be_joined_waits_for_a_person_with_its_words(
    how, text, copy, receive, send, world, writing
):
    kept = receive(edited(copy(), lambda root: files.track(root, "October", "June")))
    relief = world.actor("relief")
    with writing(relief) as session:
        now = drafts.clauses(session, relief, text.document_id)[1]
        words = now.text.replace("October", "May")
        edit = Replace(now.cid, "", words) if how == "changed" else Remove(now.cid)
        drafting.change(session, relief, text.document_id, [edit], based_on=now.hash)
    sent = send(kept.id)
    (one,) = [one for one in sent.items if one.state is Fate.PERSON]
    assert one.why == f"word.clause-{how}"
    assert one.wording == "Four **clinics** have been turned back since June."


def test_a_file_is_sent_once(copy, receive, send):
    data = edited(copy(), lambda root: files.track(root, "October", "June"))
    kept = receive(data)
    send(kept.id)
    with pytest.raises(Conflict):
        send(kept.id)
    with pytest.raises(Invalid, match=r"word\.sent-before"):
        receive(data)


def test_what_is_proposed_already_is_not_proposed_again(copy, receive, send):
    def change(root):
        files.track(root, "October", "June")

    data = copy()
    send(receive(edited(data, change)).id)
    again = receive(
        edited(files.edited(data, lambda r: files.retype(r, "Clinics", "Clinics ")), change)
    )
    assert "word.proposed-already" in {one.why for one in again.items}
    assert todo(again) == []


def test_a_file_of_another_text_or_of_none_is_refused(text, copy, world, writing, reading, receive):
    relief = world.actor("relief")
    with writing(relief) as session:
        other = scene.start(session, relief, world, circle=("legal",), title="Wells")
        data = files.exported(session, relief, other)
    with pytest.raises(Invalid, match=r"word\.other-text"):
        receive(data)
    bare = edited(
        files.without(data, "customXml/"),
        lambda r: [m.getparent().remove(m) for m in list(r.iter(f"{{{files.W}}}bookmarkStart"))],
    )
    with pytest.raises(Invalid, match=r"word\.not-ours"):
        receive(bare)


def test_only_the_circle_sends_and_only_the_sender_sees(copy, receive, world, reading, writing):
    data = edited(copy(), lambda root: files.track(root, "October", "June"))
    kept = receive(data)
    for who in ("relief", "women", "rights", "donor", "cluster"):
        with reading(world.actor(who)) as session:
            with pytest.raises(NotFound):
                queries.file(session, world.actor(who), kept.id)
            with pytest.raises(NotFound):
                queries.item(session, world.actor(who), kept.items[0].id)
    with pytest.raises(NotFound):
        receive(data, "rights")
    with pytest.raises(Denied):
        receive(data, "legal.admin")


def test_a_comment_for_some_of_the_circle_never_goes_along(text, copy, world, writing):
    legal = world.actor("legal")
    with writing(legal) as session:
        of = positions.position(session, legal, text.id)
        for reach in Reach:
            actions.discussion.say(
                session, legal, about_id=of.id, lead_id=of.organisation_id,
                audience_id=of.audience_id, text=f"for {reach.value}", more=More(reach=reach),
            )  # fmt: skip
    for who in ("legal", "relief", "women"):
        assert [said.text for said in files.paper(copy(who)).comments] == ["for circle"]


def test_a_file_of_an_older_version_is_proposed_on_that_version(
    text, copy, receive, send, world, writing, reading
):
    relief, legal = world.actor("relief"), world.actor("legal")
    with writing(relief) as session:
        now = drafts.clauses(session, relief, text.document_id)
        made = texts.freeze(session, relief, text.id, based_on=drafts.order_hash(now))
        version = positions.version(session, relief, made.id)
        texts.reopen(session, relief, text.id)
    data = edited(copy("legal", version), lambda root: files.track(root, "October", "June"))
    with writing(relief) as session:
        now = drafts.clauses(session, relief, text.document_id)[1]
        words = now.text.replace("Four", "Five")
        drafting.change(
            session, relief, text.document_id, [Replace(now.cid, "", words)], based_on=now.hash
        )
    kept = receive(data)
    assert kept.version_number == 1
    send(kept.id)
    with reading(legal) as session:
        (row,) = amendments.open_ones(session, legal, text.id)
    assert row.made_from == version.id
    assert row.wording.startswith("Four")
    assert row.outcome.wording == "Five **clinics** have been turned back since June."
