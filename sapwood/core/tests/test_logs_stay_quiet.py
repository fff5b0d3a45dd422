"""Logs carry known fields only: no address of a request, no text of an error."""

import json
import logging
import sys
from types import SimpleNamespace

import pytest
from django.test import Client

from sapwood.core.logs import JsonFormatter


def line(record: logging.LogRecord) -> dict[str, object]:
    text = JsonFormatter().format(record)
    assert "\n" not in text
    return dict(json.loads(text))


def test_an_address_that_failed_is_not_logged(
    cast: SimpleNamespace, caplog: pytest.LogCaptureFixture
) -> None:
    Client().get("/calendar/very-secret-token.ics")
    Client().get("/no-such-page/Ana-wrote-this/?q=private")
    said = [JsonFormatter().format(record) for record in caplog.records]
    assert not any("secret" in text or "Ana" in text or "private" in text for text in said)
    assert any('"Not Found"' in text and '"status": 404' in text for text in said)


def test_an_error_keeps_its_places_and_not_its_words() -> None:
    try:
        raise ValueError("Ana wrote this")
    except ValueError:
        record = logging.LogRecord("sapwood", 40, __file__, 1, "failed", (), sys.exc_info())
    found = line(record)
    assert found["error"] == "ValueError"
    assert "test_an_error_keeps" in str(found["trace"])
    assert "Ana" not in json.dumps(found)


def test_unknown_fields_are_left_out_and_lines_stay_lines() -> None:
    record = logging.LogRecord("sapwood", 20, __file__, 1, "one\r\ntwo", (), None)
    record.title, record.status = "Ana's private title", 200
    found = line(record)
    assert found["status"] == 200
    assert "title" not in found
