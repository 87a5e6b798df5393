"""What is asked for."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Plan:
    """Which servers to run and where their data lives.

    folder: kept between starts; None means throw-away data, without waiting for the disk.
    postgres, valkey: leave one out when another one is given by address.
    valkey_comes_back: seconds after which a kept Valkey that ended is started again.
    """

    folder: str | None = None
    postgres: bool = True
    valkey: bool = True
    valkey_comes_back: float = 30.0

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
