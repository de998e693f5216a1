"""Who coordinates an area is asked, and answers, by a client."""

import re

import pytest

from advocacy.sharing import actions
from advocacy.sharing.rules import CHILDREN, VIOLENCE

HELD = {"risk_code": "PR08", "area_id": None, "sensitivity": 3}
AREAS = "/threats/in/testland/areas"


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page).group(1)


def word_of(page: str) -> str:
    return re.search(r"/threats/area-words/[0-9a-f-]{36}", page).group(0)


@pytest.fixture
def put(writing, world):
    """`put("women")`: this organisation coordinates an area from now on."""

    def made(key, area=VIOLENCE, after=None):
        lead = world.actor("cluster")
        with writing(lead) as session:
            who = world.organisations[key]
            return actions.put_lead(
                session, lead, world.workspace_id, area=area, lead_id=who, after=after
            ).id

    return made


@pytest.fixture
def ask(client, world):
    """Relief asks Women whether members may see its record; the address of the question."""

    def made(base):
        relief = client("relief")
        page = relief.get(f"{base}/area")
        typed = {
            "lead": str(world.organisations["women"]),
            "level": "members",
            "confirmed": hidden(page, "confirmed"),
        }
        shown = relief.post(f"{base}/area", typed, status=422).get_data(as_text=True)
        relief.post(f"{base}/area", {**typed, "confirmed": hidden(shown, "confirmed")})
        return word_of(client("women").get("/"))

    return made


def test_a_coordinator_says_who_coordinates_each_area(client, world, put):
    cluster, legal = client("cluster"), client("legal")
    women = str(world.organisations["women"])
    page = cluster.get(AREAS)
    typed = {"violence": women, "child": ""}
    after = {name: hidden(page, name) for name in ("after_child", "after_violence")}
    legal.post(AREAS, {**typed, **after}, status=403)
    cluster.post(AREAS, {**typed, **after, "violence": "nobody"}, status=422)
    cluster.post(AREAS, {**typed, **after})
    assert "Women" in legal.get(AREAS)
    late = cluster.post(AREAS, {**typed, **after, "violence": ""}, status=409)
    assert women not in hidden(late.get_data(as_text=True), "after_violence")
    assert "Women" in legal.get(AREAS)


def test_it_is_asked_agrees_and_a_second_person_confirms(client, report, put, ask):
    put("women")
    base = f"/threats/{report('own', **HELD)}"
    relief, women, legal = client("relief"), client("women"), client("legal")
    assert f"{base}/area" in relief.get(f"{base}/share")
    word = ask(base)
    page = women.get(word)
    assert "Checkpoints turn back clinic teams" in page
    assert "Relief Network" in page
    assert "Halloran" not in page
    legal.get(word, status=404)
    women.get(base, status=404)
    no = women.post(word, {"answer": "no", "reason": ""}, status=422).get_data(as_text=True)
    assert "Say why not" in no
    women.post(word, {"answer": "yes", "reason": ""})
    women.get(word, status=404)
    assert word not in women.get("/")
    assert "agreed" in relief.get(base)
    page = relief.get(f"{base}/area")
    said = hidden(page, "word")
    relief.post(f"{base}/area/share", {"word": "x"}, page=f"{base}/area", status=409)
    shared = relief.post(f"{base}/area/share", {"word": said}, page=f"{base}/area")
    assert shared.location.endswith(f"{base}/waiting")
    legal.get(base, status=404)


def test_a_refusal_is_read_by_who_asked_with_its_reason(client, report, put, ask):
    put("women")
    base = f"/threats/{report('own', **HELD)}"
    client("women").post(ask(base), {"answer": "no", "reason": "Too few people live there."})
    page = client("relief").get(f"{base}/area")
    assert "Too few people live there." in page
    assert 'name="word"' not in page
    client("legal").get(f"{base}/area", status=404)


def test_who_comes_new_reads_no_old_question(client, report, put, ask):
    first = put("women")
    base = f"/threats/{report('own', **HELD)}"
    word = ask(base)
    put("rights", after=first)
    for name in ("women", "rights"):
        client(name).get(word, status=404)
        assert word not in client(name).get("/")


def test_a_record_of_another_kind_asks_nobody(client, report, put):
    put("women", CHILDREN)
    base = f"/threats/{report('own')}"
    relief = client("relief")
    assert "/area" not in relief.get(base)
    assert "needs no word" in relief.get(f"{base}/area")


@pytest.mark.parametrize("who", ["donor", "observer"])
def test_who_coordinates_an_area_is_for_members_alone(client, put, who):
    put("women")
    client(who).get(AREAS, 404)
    client(who).post(AREAS, {}, page="/", status=404)
    client("legal").get(AREAS)
