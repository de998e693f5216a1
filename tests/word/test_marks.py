"""What a file says about itself: threads of comments, lost marks, a thousand clauses."""

import time
from uuid import UUID

import pytest

from advocacy.amendments import actions as proposing
from advocacy.amendments import queries as amendments
from advocacy.discussion import actions as talking
from advocacy.discussion import queries as discussion
from advocacy.drafting import actions as drafting
from advocacy.drafting import queries as drafts
from advocacy.drafting.rules import Replace
from advocacy.formats import sandbox
from advocacy.formats.docx import Paper
from advocacy.ground.errors import Invalid
from advocacy.positions import queries as positions
from advocacy.text.anchor import Anchor
from advocacy.text.hashes import Clause
from advocacy.word.rows import Fate, What
from tests.signoff import scene
from tests.word import files
from tests.word.files import W, edited
from tests.word.test_office import as_file, found_in
from tests.word.test_return import add_up, todo, whats


@pytest.fixture
def say(text, world, writing):
    """A thread about the second clause, in which each of these speaks after the other."""

    def do(*lines: tuple[str, str]) -> UUID:
        thread_id = None
        for who, words in lines:
            actor = world.actor(who)
            with writing(actor) as session:
                if thread_id:
                    talking.reply(session, actor, thread_id, text=words)
                    continue
                of = positions.position(session, actor, text.id)
                now = drafts.clauses(session, actor, text.document_id)[1]
                thread_id = talking.say(
                    session, actor, about_id=of.id, lead_id=of.organisation_id, text=words,
                    audience_id=of.audience_id, anchor=Anchor(now.cid, now.hash, "clinics"),
                ).id  # fmt: skip
        return thread_id

    return do


@pytest.fixture
def threads(text, world, reading):
    """What stands in each thread, in the order in which they began."""

    def read(who: str = "relief") -> list[list[str]]:
        actor = world.actor(who)
        with reading(actor) as session:
            found = discussion.threads(session, actor, text.id)
        return [[said.text for said in thread.comments] for thread in found]

    return read


@pytest.fixture
def propose(text, world, writing):
    def do(who: str, wording: str) -> None:
        actor = world.actor(who)
        with writing(actor) as session:
            now = drafts.clauses(session, actor, text.document_id)[1]
            proposing.propose(
                session, actor, text.id, kind="replacement", cid=now.cid, after=None, heading="",
                wording=wording, reason="We saw it.", base_hash=now.hash,
            )  # fmt: skip

    return do


# --- threads of comments -------------------------------------------------------------------------


def test_a_thread_goes_along_as_a_thread(say, copy):
    say(("women", "Which ones?"), ("relief", "All four."), ("women", "Thank you."))
    first, *answers = files.paper(copy()).comments
    assert "Which ones?" in first.text
    assert [(said.text, said.answers) for said in answers] == [
        ("All four.", first.id),
        ("Thank you.", first.id),
    ]


def test_an_answer_in_word_goes_into_its_thread(say, copy, receive, send, threads):
    say(("women", "Which ones?"), ("relief", "All four."))
    kept = receive(files.answer(copy(), "All four.", "Three, we count."))
    (one,) = todo(kept)
    assert (one.what, one.state, one.wording) == (What.COMMENT, Fate.READY, "Three, we count.")
    add_up(kept)
    send(kept.id)
    assert threads() == [["Which ones?", "All four.", "Three, we count."]]


def test_a_new_comment_and_its_answer_become_one_thread(copy, receive, send, threads):
    data = files.comment(copy(), "clinics", "Name them.")
    kept = receive(files.answer(data, "Name them.", "Not in public."))
    add_up(kept)
    send(kept.id)
    assert threads() == [["Name them.", "Not in public."]]


def test_an_answer_to_a_thread_of_another_text_begins_one_here(
    say, copy, receive, send, threads, world, writing
):
    relief = world.actor("relief")
    with writing(relief) as session:
        other = scene.start(session, relief, world, circle=("legal",), title="Wells")
        of = positions.position(session, relief, other)
        elsewhere = talking.say(
            session, relief, about_id=of.id, lead_id=of.organisation_id,
            audience_id=of.audience_id, text="Elsewhere",
        ).id  # fmt: skip
    here = say(("women", "Which ones?"))
    data = files.answer(copy(), "Which ones?", "Three.")
    data = files.replaced(data, str(here), str(elsewhere))
    send(receive(data).id)
    assert sorted(threads()) == [["Three."], ["Which ones?"]]


# --- proposals that stand side by side -----------------------------------------------------------


def test_several_proposals_for_one_clause_come_back_neither_lost_nor_doubled(
    text, copy, receive, send, propose, world, reading
):
    propose("women", "Four **clinics** have been sent away since October.")
    propose("relief", "Five **clinics** have been turned back since October.")
    data = edited(copy(), lambda root: files.track(root, "by day", "by night"))
    kept = receive(data)
    assert [one.cid for one in todo(kept)] == [text.cids[3]]
    add_up(kept)
    send(kept.id)
    with reading(world.actor("legal")) as session:
        rows = amendments.open_ones(session, world.actor("legal"), text.id)
    assert sorted(row.cid == text.cids[1] for row in rows) == [False, True, True]


# --- what a program has dropped ------------------------------------------------------------------


def test_without_the_hidden_part_nothing_of_others_becomes_ours(say, text, copy, receive, propose):
    say(("women", "Which ones?"), ("relief", "All four."))
    propose("women", "Four **clinics** have been sent away since October.")
    propose("relief", "Five **clinics** have been turned back since October.")
    data = edited(copy(), lambda root: files.track(root, "by day", "by night"))
    for bare in (files.without(data, "customXml/"), files.unmarked(data)):
        kept = receive(bare)
        assert [(one.what, one.cid) for one in todo(kept)] == [(What.REPLACEMENT, text.cids[3])]
        add_up(kept)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_clause_that_changed_since_is_proved_by_its_history_or_needs_a_person(
    is_known, text, copy, receive, world, writing
):
    data = edited(copy(), lambda root: files.track(root, "since October", "since 3 October"))
    relief = world.actor("relief")
    with writing(relief) as session:
        now = drafts.clauses(session, relief, text.document_id)[1]
        edit = Replace(now.cid, "", now.text.replace("Four", "Five"))
        drafting.change(session, relief, text.document_id, [edit], based_on=now.hash)
    if not is_known:
        data = files.replaced(data, f"{now.cid.hex}{now.hash[:6]}", f"{now.cid.hex}000000")
    kept = receive(files.without(data, "customXml/"))
    (one,) = todo(kept)
    assert one.cid == text.cids[1]
    assert one.wording == "Four **clinics** have been turned back since 3 October."
    wanted = (What.REPLACEMENT, "") if is_known else (What.WORDS, "word.unsure")
    assert (one.what, one.why) == wanted
    add_up(kept)


def test_a_file_without_any_mark_is_known_by_its_words(text, copy, receive):
    def change(root):
        files.retype(root, "back since October", "back since 3 October")
        files.insert_after(root, "by day", "Nobody is treated.", kind="")

    kept = receive(files.unmarked(edited(copy(), change)))
    assert whats(kept) == [(What.REPLACEMENT, Fate.READY), (What.WORDS, Fate.PERSON)]
    changed, new = todo(kept)
    assert changed.cid == text.cids[1]
    assert (new.why, new.wording) == ("word.unsure", "Nobody is treated.")


def test_a_file_with_other_words_is_not_ours(copy, receive):
    def change(root):
        for place in list(root.iter(f"{{{W}}}p"))[2:]:
            for node in place.iter(f"{{{W}}}t"):
                node.text = "Other words altogether."

    with pytest.raises(Invalid, match=r"word\.not-ours"):
        receive(files.unmarked(edited(copy(), change)))


# --- a thousand clauses --------------------------------------------------------------------------


def test_a_thousand_clauses_come_back_in_time_and_all_are_counted():
    count = 1_000
    clauses = [
        Clause(UUID(int=n), "paragraph", "", f"District {n}: its **wells** are dry since {n} days.")
        for n in range(1, count + 1)
    ]
    html = {one.cid: f"<p>{one.text.replace('**', '')}</p>" for one in clauses}
    html = {cid: words.replace("wells", "<strong>wells</strong>") for cid, words in html.items()}

    def change(root):
        for at, place in enumerate(list(root.iter(f"{{{W}}}p"))[2:], 1):
            if at % 3 == 0:
                new = f'<w:ins w:id="{9000 + at}" {files.WHO}>{files.typed(" Now.")}</w:ins>'
                place.findall(f"{{{W}}}r")[-1].addnext(files.node(new))

    data = edited(as_file(clauses, html), change)
    # The sandbox holds the limits of memory (256 MB) and time (10 s).
    raw = sandbox.read("advocacy.formats.docx_read", data, too_much="word.too-heavy")
    begun = time.process_time()
    paper, found = found_in(Paper.from_json(raw), clauses)
    assert time.process_time() - begun < 2
    assert len(found) == sum(one.count for one in found) == paper.count == count // 3
    assert {one.what for one in found} == {What.REPLACEMENT}
    assert found[0].wording == "District 3: its **wells** are dry since 3 days. Now."
