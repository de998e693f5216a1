"""Proposing and answering, by a client."""

import re

TYPED = {
    "risk": "PR15",
    "title": "Checkpoints turn back clinic teams",
    "summary": "Health teams are stopped on the valley road.",
    "severity": "2",
    "trend": "worsening",
    "people_low": "1200",
    "people_high": "1500",
    "party": "militia",
    "reason": "We drove there on Sunday",
}


def hidden(page: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page).group(1)


def test_a_proposal_is_sent_read_and_taken_over(client, report, areas):
    base = f"/threats/{report('members')}"
    legal, relief = client("legal"), client("relief")
    form = legal.get(f"{base}/propose")
    typed = {**TYPED, "area": str(areas["Blue Valley"]), "based_on": hidden(form, "based_on")}
    legal.post(f"{base}/propose", {**typed, "reason": ""}, status=422)
    assert "Nothing is changed yet" in legal.post(
        f"{base}/propose", {**typed, "severity": "4"}, status=422
    ).get_data(as_text=True)
    stale = legal.post(f"{base}/propose", {**typed, "based_on": "x"}, status=409)
    assert "We drove there" in stale.get_data(as_text=True)
    legal.post(f"{base}/propose", typed)
    assert "1 proposal waits" in relief.get(base)
    page = relief.get(f"{base}/proposals")
    assert "We drove there on Sunday" in page
    assert "Harbour Legal Aid" in page
    path = re.search(r"/threats/proposals/[0-9a-f-]{36}", page).group(0)
    answer = relief.post(f"{path}/accept", {"taken": []}, status=422)
    assert "Tick at least one" in answer.get_data(as_text=True)
    answer = relief.post(f"{path}/decline", {"reason": ""}, status=422)
    assert "Say why" in answer.get_data(as_text=True)
    relief.post(f"{path}/accept", {"taken": ["severity"]})
    assert "Accepted" in legal.get(f"{base}/proposals")
    relief.post(f"{path}/accept", {"taken": ["severity"]}, status=409)
    legal.post(f"{path}/withdraw", {}, status=409)


def test_others_do_not_learn_of_it(client, report, areas):
    base = f"/threats/{report('members')}"
    before = client("women").get(base)
    legal = client("legal")
    form = legal.get(f"{base}/propose")
    typed = {**TYPED, "area": str(areas["Blue Valley"]), "based_on": hidden(form, "based_on")}
    legal.post(f"{base}/propose", typed)
    page = legal.get(f"{base}/proposals")
    path = re.search(r"/threats/proposals/[0-9a-f-]{36}", page).group(0)
    women = client("women")
    assert "Nothing is proposed" in women.get(f"{base}/proposals")
    assert ("Read what is proposed" in before) == ("Read what is proposed" in women.get(base))
    for deed in ("accept", "decline", "withdraw"):
        women.post(f"{path}/{deed}", {"taken": ["severity"], "reason": "x"}, status=404)
    client("relief").get(f"{base}/propose", status=403)
    client("donor").get(f"{base}/propose", status=404)
