"""One JSON object a line, from known fields only, so that no personal text slips into a log."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

FIELDS = ("method", "route", "status", "ms", "job", "job_id", "count", "code", "path")


class JsonFormatter(logging.Formatter):
    """Writes time, level, logger, message and the known extra fields; JSON escapes CR and LF."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._message(record),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = self._places(record)
        return json.dumps(line, ensure_ascii=False, default=str)

    def _message(self, record: logging.LogRecord) -> str:
        """What happened. Django names the address of a request; it may hold a token or words."""
        request = getattr(record, "request", None)
        if request is None:
            return record.getMessage()
        match = getattr(request, "resolver_match", None)
        record.method, record.route = request.method, match.route if match else "-"
        record.status = getattr(record, "status_code", "-")
        words = str(record.msg).partition("%s")[0].strip(" :(")
        return words or (str(record.args[0]) if isinstance(record.args, tuple) else record.name)

    def _places(self, record: logging.LogRecord) -> list[str]:
        """File, line and function of each frame: no values, so no one's words."""
        places, frame = [], record.exc_info[2] if record.exc_info else None
        while frame is not None:
            code = frame.tb_frame.f_code
            places.append(f"{code.co_filename.rsplit('/', 2)[-1]}:{frame.tb_lineno} {code.co_name}")
            frame = frame.tb_next
        return places[-12:]
