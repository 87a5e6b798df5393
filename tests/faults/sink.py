"""A mail server that takes everything and can be told to misbehave. Standard library only; a process of its own.

    python tests/faults/sink.py          prints {"smtp": PORT, "http": PORT} and runs until its input closes

It keeps a ledger of what it took, by Message-ID, which is what a test compares with the rows. Over HTTP:
`/taken?id=...` answers 200 or 404 as a mail server's log would; `/ledger` gives the whole ledger; `/say` with a JSON
list of scripted answers replaces the script: each {"at": stage, "do": what, "times": n}, where the stage is connect,
mail, rcpt, data or dot and what to do is a reply to give, or "stall", "trickle", "drop" (before taking the mail) or
"take and drop" (after it).
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections import Counter
from typing import Any
from urllib.parse import parse_qs, urlsplit

_ID = re.compile(rb"^Message-ID:\s*(<[^>]+>)", re.IGNORECASE | re.MULTILINE)
_STALL = 3600.0


class Sink:
    """What was taken, and how to misbehave."""

    def __init__(self) -> None:
        self.ledger: Counter[str] = Counter()
        self.to: dict[str, str] = {}
        self.script: list[dict[str, Any]] = []
        self.delay = 0.0
        self.refused = 0

    def scripted(self, stage: str) -> str:
        """What to do at this stage, or "" for what is usual."""
        for line in self.script:
            if line["at"] == stage and line.get("times", 1) > 0:
                line["times"] = line.get("times", 1) - 1
                self.refused += 1
                return str(line["do"])
        return ""

    async def smtp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One session."""
        try:
            await _Session(self, reader, writer).run()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    async def http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One question about the ledger, or a new script."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"(?i)content-length: (\d+)", head)
        body = await reader.readexactly(int(length[1])) if length else b""
        path = urlsplit(head.split()[1])
        status, answer = "200 OK", "{}"
        if path.path == "/taken":
            wanted = parse_qs(path.query)["id"][0]
            status = "200 OK" if self.ledger[wanted] else "404 Not Found"
        elif path.path == "/say":
            told = json.loads(body)
            self.script, self.delay = told.get("script", []), told.get("delay", 0.0)
            if told.get("forget"):
                self.ledger.clear()
                self.to.clear()
        else:
            answer = json.dumps({"ledger": self.ledger, "to": self.to, "refused": self.refused})
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Length: {len(answer)}\r\nConnection: close\r\n\r\n{answer}".encode()
        )
        await writer.drain()
        writer.close()


class _Session:
    def __init__(self, sink: Sink, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.sink, self.reader, self.writer = sink, reader, writer
        self.to = ""

    async def run(self) -> None:
        if not await self.answer("connect", "220 sink"):
            return None
        while line := await self.reader.readline():
            verb = line[:4].upper().strip()
            if verb == b"QUIT":
                return await self.say("221 bye")
            if verb == b"MAIL":
                going = await self.answer("mail", "250 ok")
            elif verb == b"RCPT":
                self.to = line.decode().partition("<")[2].partition(">")[0]
                going = await self.answer("rcpt", "250 ok")
            elif verb == b"DATA":
                going = await self.data()
            else:
                going = await self.say("250 ok") or True
            if not going:
                return None
        return None

    async def data(self) -> bool:
        told = self.sink.scripted("data")
        if told:
            return await self.misbehave(told)
        await self.say("354 go on")
        body = b""
        while not body.endswith(b"\r\n.\r\n"):
            part = await self.reader.read(65536)
            if not part:
                return False
            body += part
        found = _ID.search(body)
        told = self.sink.scripted("dot")
        if told and told != "take and drop":
            return await self.misbehave(told)
        name = found[1].decode() if found else "none"
        self.sink.ledger[name] += 1
        self.sink.to[name] = self.to
        if told:
            return False
        if self.sink.delay:
            await asyncio.sleep(self.sink.delay)
        await self.say("250 taken")
        return True

    async def answer(self, stage: str, usual: str) -> bool:
        told = self.sink.scripted(stage)
        if told:
            return await self.misbehave(told)
        await self.say(usual)
        return True

    async def misbehave(self, told: str) -> bool:
        """Whether the session goes on."""
        if told == "drop":
            return False
        if told == "stall":
            await asyncio.sleep(_STALL)
        elif told == "trickle":
            for _ in range(3600):
                self.writer.write(b"2")
                await self.writer.drain()
                await asyncio.sleep(1)
        else:
            await self.say(told)
        return not told.startswith("421")

    async def say(self, text: str) -> None:
        self.writer.write(text.encode() + b"\r\n")
        await self.writer.drain()


async def main() -> None:
    sink = Sink()
    smtp = await asyncio.start_server(sink.smtp, "127.0.0.1", 0)
    http = await asyncio.start_server(sink.http, "127.0.0.1", 0)
    ports = {name: server.sockets[0].getsockname()[1] for name, server in (("smtp", smtp), ("http", http))}
    print(json.dumps(ports), flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
