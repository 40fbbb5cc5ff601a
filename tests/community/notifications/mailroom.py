"""A small mailbox on this machine that speaks IMAP4rev1 over a socket, as far as a reader of unread mail asks."""

import re
import socketserver
import threading
from typing import Any


class Room:
    """What lies in the mailbox: `put(raw)`; `seen` are the numbers of what was read."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.seen: set[int] = set()
        self.password = "a password with / and @"
        self.folders = {"INBOX"}
        self.said: list[str] = []
        self.port = 0

    def put(self, raw: bytes) -> None:
        self.mails.append(raw)


class _Talk(socketserver.StreamRequestHandler):
    room: Room

    def handle(self) -> None:
        self._say(b"* OK ready")
        for line in self.rfile:
            tag, _blank, command = line.decode().strip().partition(" ")
            self.room.said.append(command.split(" ")[0].upper())
            verb = re.sub(r"^UID ", "UID_", command.upper()).split(" ")[0]
            if verb == "LOGOUT":
                self._say(b"* BYE see you", f"{tag} OK bye".encode())
                return
            answer = getattr(self, f"do_{verb.lower()}", lambda _command: "BAD what?")(command)
            self._say(f"{tag} {answer}".encode())

    def _say(self, *lines: bytes) -> None:
        self.wfile.write(b"".join(line + b"\r\n" for line in lines))

    def do_capability(self, _command: str) -> str:
        self._say(b"* CAPABILITY IMAP4rev1")
        return "OK done"

    def do_login(self, command: str) -> str:
        return "OK done" if f'"{self.room.password}"' in command else "NO wrong password"

    def do_select(self, command: str) -> str:
        if command.split('"')[1] not in self.room.folders:
            return "NO no such folder"
        self._say(f"* {len(self.room.mails)} EXISTS".encode())
        return "OK [READ-WRITE]"

    def do_uid_search(self, _command: str) -> str:
        unread = [str(n) for n in range(1, len(self.room.mails) + 1) if n not in self.room.seen]
        self._say(f"* SEARCH {' '.join(unread)}".encode())
        return "OK done"

    def do_uid_fetch(self, command: str) -> str:
        number = int(command.split(" ")[2])
        most = int(command.rpartition("<0.")[2].partition(">")[0])
        raw = self.room.mails[number - 1][:most]
        self._say(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(raw)}}}".encode() + b"\r\n" + raw + b")")
        return "OK done"

    def do_uid_store(self, command: str) -> str:
        self.room.seen.add(int(command.split(" ")[2]))
        return "OK done"


def open_room() -> tuple[Room, Any]:
    """Open a mailbox; call `.shutdown()` on the second to close it."""
    room = Room()
    handler = type("Talk", (_Talk,), {"room": room})
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    room.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return room, server
