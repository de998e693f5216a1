"""How an organisation is shown: in every output alike, and in none once it says so."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest

from advocacy.carries import actions as carries
from advocacy.drafting import queries as drafting
from advocacy.logos import actions as logos
from advocacy.logos import queries as of_logos
from advocacy.positions import queries as positions
from advocacy.renderings import actions as renderings
from advocacy.signoff import actions as signoff
from tests.browser import Browser
from tests.editions.conftest import Files, Make, Over
from tests.logos.test_logos import png
from tests.signoff import scene

WAYS = ("pdf", "word", "html")
NOTE = "By night too, and by river."
HOSTILE = '<b onclick="x()">Æsop & "Sons"</b>'
ARABIC = "منظمة الميناء القانونية"
NAMES = {"legal": HOSTILE, "women": ARABIC, "rights": "Rights\n\u202eWatch {{ 1+1 }}"}


def named(over: Make, translations: bool = False, **about: object) -> Over:
    """Legal by name, with a printed note and a logo; Women by name."""
    done = over({"women": {"outside": "named", "inside": "all"}}, **about)
    legal = done.world.actor("legal")
    clause = done.scene.version.clauses[2].cid
    with done.database.writing(legal) as session:
        made = scene.reply(
            session, legal, done.round_, "reservation", outside="named", inside="all", logo=True,
            shown_name="Harbour Lawyers", note=NOTE, printed=True, clauses=(clause,),
        )  # fmt: skip
        carries.choose(session, legal, made, spelling=False, translations=translations)
        logos.put(session, legal, png(), after=None)
    done.check()
    return done


def translate(done: Over, language: str = "fr") -> None:
    """One writes the second clause in another language, another checks it."""
    relief, women = done.world.actor("relief"), done.world.actor("women")
    position_id = done.scene.position_id
    with done.database.writing(relief) as session:
        of = positions.position(session, relief, position_id)
        clause = drafting.clauses(session, relief, of.document_id)[1]
        head = renderings.write(
            session, relief, position_id, language, clause.cid, heading="",
            text="Quatre cliniques ont été refoulées.", source_hash=clause.hash, based_on=None,
        )  # fmt: skip
    with done.database.writing(women) as session:
        renderings.check(session, women, position_id, language, clause.cid, based_on=head)


def french(files: Files) -> Files:
    return replace(files, query="?language=fr")


def lower(done: Over, key: str = "legal") -> None:
    actor = done.actor(key)
    with done.database.writing(actor) as session:
        signoff.lower(session, actor, done.round_.id, outside="private", inside="nobody")


def logo_of(done: Over, key: str = "legal") -> UUID:
    actor = done.actor(key)
    with done.database.reading(actor) as session:
        found = of_logos.mine(session, actor)
        assert found is not None
        return found.id


def test_who_lowers_is_in_no_page_file_or_feed_from_that_moment(
    over: Make, files: Callable[..., Files], client: Callable[[str], Browser]
) -> None:
    done = named(over, translations=True)
    translate(done)
    release = done.publish()
    got, ours = files(release), french(files(release, "women"))
    logo = f"/logos/{logo_of(done)}/under/{release}"
    outside = [f"/releases/{release}", "/editions/in/testland", "/editions/in/testland/feed"]

    def everything() -> dict[str, str]:
        """Every output, by who reads it; files with their properties and their name."""
        found = {way: got.words(way) for way in WAYS}
        found |= {f"{way} in French": ours.words(way) for way in WAYS}
        for who in ("", "donor", "women", "relief"):
            reader = client(who)
            found |= {f"{who} {path}": reader.client.get(path).get_data(True) for path in outside}
        found["donor desk"] = client("donor").get("/donors/in/testland")
        women = client("women")
        pack = Files(women, done.round_.id, at="/editions/packs")
        found |= {f"pack {way}": pack.words(way) for way in ("pdf", "word")}
        found["roster"] = women.client.get(f"/signoff/{done.round_.id}").get_data(True)
        return found

    before = everything()
    shown = [at for at, words in before.items() if "Harbour" in " ".join(words.split())]
    assert {"pdf", "word", "html", "html in French", " " + outside[0]} <= set(shown)
    assert client("").client.get(logo).status_code == 200
    lower(done)
    for at, words in everything().items():
        flat = " ".join(words.split())
        for trace in ("Harbour Lawyers", "by river", "Logo of", str(logo_of(done))):
            assert trace not in flat, (at, trace)
        assert str(done.world.organisations["legal"]) not in words, at
    assert client("").client.get(logo).status_code == 404


def test_a_name_is_shown_as_its_organisation_wrote_it_and_does_nothing(
    over: Make, files: Callable[..., Files], client: Callable[[str], Browser]
) -> None:
    done = over({key: {"outside": "named", "shown_name": name} for key, name in NAMES.items()})
    done.check()
    got = files(done.publish())
    page = client("").get(f"/releases/{got.release_id}")
    for words in (page, got.words("html"), got.words("word")):
        assert "<b onclick" not in words
        assert "&lt;b onclick=" in words
        assert ARABIC in words
        assert "Rights Watch {{ 1+1 }}" in words
        assert "\u202e" not in words
    assert f"<bdi>{ARABIC}</bdi>" in page
    drawn = " ".join(got.words("pdf").split())
    assert 'onclick="x()"' in drawn
    assert "Rights Watch {{ 1+1 }}" in drawn
    assert "القانونية" in drawn


def test_a_translation_names_only_who_let_its_name_stand_under_one(
    over: Make, files: Callable[..., Files], client: Callable[[str], Browser]
) -> None:
    done = named(over, translations=True)
    translate(done)
    release = done.publish()
    page = client("legal").get(f"/releases/{release}")
    assert f"/editions/{release}/pdf?language=fr" in page
    got = french(files(release, "legal"))
    for way in WAYS:
        words = " ".join(got.words(way).split())
        assert "Quatre cliniques ont été refoulées" in words
        assert "let clinics move by day" in words, "not translated: as it was signed"
        assert "that one is signed" in words
        assert "Harbour Lawyers" in words
        assert "by river" in words
        assert "Blue Valley Women" not in words
        assert "2 organisations" in words, "who stands behind it is no secret"
        assert "-fr." in got.name
    assert "Blue Valley Women" in " ".join(files(release).words("html").split())


@pytest.mark.parametrize("who", ["", "donor"])
def test_a_translation_is_read_by_those_who_read_its_work_alone(
    over: Make, client: Callable[[str], Browser], who: str
) -> None:
    done = named(over)
    translate(done)
    release = done.publish()
    client(who).get(f"/editions/{release}/html?language=fr", 404)
    client("women").get(f"/editions/{release}/html?language=es", 404)
    client("women").get(f"/editions/{release}/html?language=xx", 404)
    assert "In another language" not in client(who).get(f"/releases/{release}")
