"""Is the web server of this container ready? For its health check: `python -m cpdtracker.probe`."""

import os
import sys
import urllib.error
import urllib.request
from urllib.parse import urlsplit


def main() -> int:
    # Asked from inside, by the name that people use: any other host is refused.
    host = urlsplit(os.environ.get("SITE_URL", "")).netloc
    port = os.environ.get("PROBE_PORT", "8000")
    question = urllib.request.Request(f"http://127.0.0.1:{port}/readyz", headers={"Host": host})
    try:
        with urllib.request.urlopen(question, timeout=4) as answer:
            return 0 if answer.status == 200 else 1
    except (urllib.error.URLError, OSError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
