"""Writes ``src/data/zones.txt``: when the clocks of each time zone change, from 1900 to 2100.

The source is the time zone database of IANA (public domain), as the package tzdata carries it. A
line has the names of a zone, the seconds by which its clocks were first ahead of UTC, and its
changes: the seconds since the change before (the first: since 1970), and the seconds ahead of UTC
from then on.

    pip install tzdata==2025.2
    python tools/data/zones.py
"""

from __future__ import annotations

import struct
import zoneinfo
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from importlib import resources
from pathlib import Path

END = datetime(2101, 1, 1, tzinfo=timezone.utc)
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def listed(name: str) -> tuple[int, list[tuple[int, int]]]:
    """Read the first offset and the changes from the second half of a zone's file (RFC 8536)."""
    file = resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
    start = 0
    for size in (4, 8):
        isut, isstd, leaps, times, types, letters = struct.unpack(">6l", file[start + 20 : start + 44])
        body = start + 44
        start = body + times * (size + 1) + types * 6 + letters + leaps * (size + 4) + isstd + isut
    moments = struct.unpack(f">{times}q", file[body : body + 8 * times])
    numbers = file[body + 8 * times : body + 9 * times]
    table = file[body + 9 * times :]
    offsets = [struct.unpack(">l", table[6 * at : 6 * at + 4])[0] for at in range(types)]
    return offsets[0], [(moment, offsets[number]) for moment, number in zip(moments, numbers, strict=True)]


def offset(zone: zoneinfo.ZoneInfo, moment: datetime) -> int:
    """Return the seconds by which the clocks are ahead of UTC."""
    return int(moment.astimezone(zone).utcoffset().total_seconds())


def ruled(zone: zoneinfo.ZoneInfo, start: datetime) -> Iterator[tuple[int, int]]:
    """Find the changes after those that are listed, which follow a rule."""
    before = offset(zone, start)
    while start < END:
        following = start + timedelta(days=1)
        if (now := offset(zone, following)) != before:
            low, high = 0, 86_400
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if offset(zone, start + timedelta(seconds=middle)) == now else (middle, high)
            yield int((start - EPOCH).total_seconds()) + high, now
        start, before = following, now


def main() -> None:
    """Write the file."""
    zoneinfo.reset_tzpath(to=[])
    zones: dict[str, list[str]] = {}
    for name in sorted(zoneinfo.available_timezones()):
        first, changes = listed(name)
        last = EPOCH + timedelta(seconds=changes[-1][0]) if changes else EPOCH
        changes += ruled(zoneinfo.ZoneInfo(name), max(last, EPOCH))
        rows, moment, ahead = [], 0, first
        for change, now in changes:
            if now != ahead:
                rows.append(f"{change - moment}:{now}")
                moment, ahead = change, now
        zones.setdefault(f"{first}|{' '.join(rows)}", []).append(name)
    lines = [f"{' '.join(names)}|{changes}" for changes, names in zones.items()]
    path = Path(__file__).parents[2] / "src/data/zones.txt"
    head = "# Time zones: names | seconds ahead of UTC at first | seconds since the change before:seconds ahead from then on.\n"
    source = "# Made by tools/data/zones.py from the time zone database of IANA (public domain), see README.md.\n"
    path.write_text(head + source + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
