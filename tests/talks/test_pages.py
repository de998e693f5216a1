"""The page says who reads a remark before it is sent, and on each one that was sent."""

from advocacy.talks.schema import Remark
from tests.secrecy.worlds import WORDS


def test_one_reads_who_will_read_it_then_writes_it_and_others_read_it(report, client, world):
    threat_id, relief = report("named", to=["legal", "women"]), client("relief")
    page = f"/threats/{threat_id}/talk"
    read = relief.get(page)
    assert "Read by 3 organisations: <bdi>Relief Network</bdi>" in read
    relief.post(page, {"text": WORDS, "to": "record", "asks": ""}, page=page)
    legal = client("legal")
    assert WORDS in legal.get(page)
    assert "1 remark that you can read" in legal.get(f"/threats/{threat_id}")
    read = legal.get(page)
    assert "Only its owner knows who they are" in read
    assert "<bdi>Relief Network</bdi>" in read
    assert world.actor("women").organisation_name not in read
    client("rights").get(page, status=404)


def test_words_without_readers_are_refused_and_kept(report, client, world, reading):
    page = f"/threats/{report('members')}/talk"
    relief = client("relief")
    read = relief.post(page, {"text": WORDS, "asks": ""}, page=page, status=422)
    told = read.get_data(as_text=True)
    assert "Choose who reads it." in told
    assert WORDS in told
    with reading(world.actor("relief")) as session:
        assert session.query(Remark).count() == 0


def test_what_looks_like_a_persons_data_is_asked_about(report, client):
    page, relief = f"/threats/{report('members')}/talk", client("relief")
    said = {"text": "Call +962 79 555 0199", "to": "own", "asks": ""}
    told = relief.post(page, said, page=page, status=422).get_data(as_text=True)
    assert "looks like one person" in told


def test_a_script_gets_the_part_alone(report, client):
    page = f"/threats/{report('members')}/talk"
    part = client("relief").get(page, headers={"HX-Request": "true"})
    assert part.lstrip().startswith('<div class="stack" id="talks-talk">')


def test_one_takes_back_from_the_page_and_a_coordinator_folds(report, client, say):
    threat_id = report("members")
    page = f"/threats/{threat_id}/talk"
    first, second = say("legal", threat_id, "record"), say("legal", threat_id, "record")
    client("cluster").post(f"/threats/talk/{first}/fold", {}, page=page)
    client("legal").post(f"/threats/talk/{second}/take-back", {}, page=page)
    read = client("relief").get(page)
    assert "Folded away by a coordinator" in read
    assert str(second) not in read
    client("relief").post(f"/threats/talk/{second}/fold", {}, status=404)
