"""Settings come from the environment, and those that make no sense are refused by name."""

from pathlib import Path

import pytest

from core.errors import ParameterError
from core.settings import MIB, Settings


def test_all_settings_have_defaults():
    settings = Settings.from_env({})
    assert (settings.host, settings.port, settings.workers, settings.currency) == ("127.0.0.1", 8050, 2, "GBP")
    assert settings.loopback
    settings.check_exposure()


def test_each_variable_sets_its_setting():
    settings = Settings.from_env(
        {"CLIENTELE_HOME": "~/shop", "HOST": "0.0.0.0", "PORT": "9000", "WORKERS": "4", "CLIENTELE_PASSWORD": "secret",
         "CLIENTELE_CURRENCY": "eur", "CLIENTELE_MEMORY_MIB": "512", "CLIENTELE_UPLOAD_MIB": "10"}
    )  # fmt: skip
    assert settings.home == Path.home() / "shop"
    assert (settings.host, settings.port, settings.workers, settings.password) == ("0.0.0.0", 9000, 4, "secret")
    assert (settings.currency, settings.memory_limit, settings.upload_limit) == ("EUR", 512 * MIB, 10 * MIB)


def test_an_empty_variable_is_as_good_as_none():
    assert Settings.from_env({"PORT": "", "HOST": "", "CLIENTELE_CURRENCY": ""}) == Settings.from_env({})


@pytest.mark.parametrize(
    ("name", "value"),
    [("PORT", "http"), ("PORT", "0"), ("PORT", "65536"), ("WORKERS", "-1"), ("THREADS", "1e3"),
     ("CLIENTELE_UPLOAD_MIB", "0"),
     ("CLIENTELE_MEMORY_MIB", "12"), ("CLIENTELE_NO_PASSWORD", "maybe"), ("CLIENTELE_CURRENCY", "£"),
     ("CLIENTELE_CURRENCY", "EURO")],
)  # fmt: skip
def test_a_value_that_makes_no_sense_is_refused_by_name(name, value):
    with pytest.raises(ParameterError) as caught:
        Settings.from_env({name: value})
    assert f"{name}={value}" in caught.value.message
    assert caught.value.hint.startswith("Give ")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_loopback_needs_no_password(host):
    Settings.from_env({"HOST": host}).check_exposure()


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "shop.example"])
def test_other_hosts_need_a_password_or_a_statement(host):
    with pytest.raises(ParameterError, match="CLIENTELE_PASSWORD"):
        Settings.from_env({"HOST": host}).check_exposure()
    Settings.from_env({"HOST": host, "CLIENTELE_PASSWORD": "x"}).check_exposure()
    Settings.from_env({"HOST": host, "CLIENTELE_NO_PASSWORD": "yes"}).check_exposure()


def test_an_inbox_is_a_folder_apart_from_the_store(tmp_path):
    (tmp_path / "inbox").mkdir()
    home = str(tmp_path / "home")
    settings = Settings.from_env({"CLIENTELE_HOME": home, "CLIENTELE_INBOX": str(tmp_path / "inbox")})
    assert settings.inbox == tmp_path / "inbox"
    for wrong in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(ParameterError, match="CLIENTELE_INBOX"):
            Settings.from_env({"CLIENTELE_HOME": home, "CLIENTELE_INBOX": str(wrong)})
