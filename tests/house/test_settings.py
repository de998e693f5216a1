"""Settings: safe on one machine without any, and every weak one is named."""

from pathlib import Path

import pytest

from advocacy.config import SAMPLE_SECRET, Config

STRONG = "k3J-9vX_q2LmZ8sT0wYbR5nC7dF1gHpA4eUi"
SOUND = {
    "SECRET_KEY": STRONG,
    "DATABASE_URL": "postgresql://advocacy_app:a@db/advocacy",
    "MIGRATE_URL": "postgresql://advocacy_owner:b@db/advocacy",
    "BASE_URL": "https://advocacy.example",
    "SMTP_URL": "smtps://mail.example",
    "MAIL_FROM": "no-reply@advocacy.example",
}


def _faulty(**changes: str) -> list[str]:
    return [name for name, _ in Config.from_environment({**SOUND, **changes}).faults()]


def test_sound_settings_have_no_fault() -> None:
    assert _faulty() == []


def test_a_trial_needs_a_secret_and_nothing_else() -> None:
    assert Config.from_environment({"SECRET_KEY": STRONG, "DEMO": "1"}).faults() == []
    assert [name for name, _ in Config.from_environment({"DEMO": "1"}).faults()] == ["SECRET_KEY"]


def test_without_settings_it_listens_on_this_machine_only(tmp_path: Path) -> None:
    config = Config.from_environment({"DATA_DIR": str(tmp_path)})
    assert (config.host, config.port, config.demo) == ("127.0.0.1", 8000, False)
    assert config.database_url == f"sqlite:///{tmp_path / 'advocacy.sqlite3'}"
    assert config.migrate_url == config.database_url
    assert config.base_url == "http://127.0.0.1:8000"
    assert config.languages == ("en", "fr", "es", "ar")
    assert config.max_request_bytes == 2_000_000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", SAMPLE_SECRET),
        ("DATABASE_URL", "mysql://db/advocacy"),
        ("MIGRATE_URL", ""),
        ("MIGRATE_URL", SOUND["DATABASE_URL"]),
        ("BASE_URL", "http://advocacy.example"),
        ("BASE_URL", "advocacy.example"),
        ("COOKIE_SECURE", "0"),
        ("COOKIE_SECURE", "perhaps"),
        ("SMTP_URL", ""),
        ("SMTP_URL", "mail.example"),
        ("MAIL_FROM", ""),
        ("CLAMAV", "clamd"),
        ("CLAMAV", "unix:clamd.ctl"),
        ("CLAMAV_REQUIRED", "perhaps"),
        ("PORT", "80a"),
        ("PORT", "70000"),
        ("THREADS", "0"),
        ("TRUSTED_PROXIES", "-1"),
    ],
)
def test_a_weak_setting_is_named(name: str, value: str) -> None:
    assert name in _faulty(**{name: value})


def test_the_sample_secret_will_do_for_a_trial() -> None:
    trial = Config.from_environment({"SECRET_KEY": SAMPLE_SECRET, "DEMO": "1"})
    assert trial.faults() == []


def test_a_demo_that_others_can_reach_is_named() -> None:
    assert "DEMO" in _faulty(DEMO="1", HOST="0.0.0.0")  # noqa: S104 - the fault we look for


def test_an_unreadable_number_falls_back_to_its_default() -> None:
    assert Config.from_environment({"PORT": "eight"}).port == 8000


def test_https_keeps_the_cookie_to_itself() -> None:
    assert Config.from_environment(SOUND).cookie_secure
    assert not Config.from_environment({}).cookie_secure


def test_the_pseudo_language_comes_only_when_asked_for() -> None:
    assert Config.from_environment({"PSEUDO_LOCALE": "1"}).languages[-1] == "en_XA"


def test_one_driver_serves_every_way_to_write_postgres() -> None:
    for scheme in ("postgres", "postgresql", "postgresql+psycopg"):
        config = Config.from_environment({"DATABASE_URL": f"{scheme}://u:p@h/d"})
        assert config.database_url == "postgresql+psycopg://u:p@h/d"
        assert config.is_postgres
