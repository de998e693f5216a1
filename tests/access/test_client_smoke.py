def test_nobody_is_led_to_sign_in(client):
    answer = client("").client.get("/positions/in/testland")
    assert answer.status_code in (303, 404)


def test_the_health_page_answers(client):
    assert client("").client.get("/healthz").status_code == 200
