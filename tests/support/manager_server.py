"""A manager interface that does what a test tells it to: signs clients in, keeps what they send, and misbehaves."""

from __future__ import annotations

import contextlib
import queue
import socket
import struct
import threading

BANNER = b"Asterisk Call Manager/11.0.0\r\n"
SUCCESS = b"Response: Success\r\nActionID: %s\r\n\r\n"
UNKNOWN = b"Response: Error\r\nActionID: %s\r\nMessage: Invalid/unknown command\r\n\r\n"
WAIT_SECONDS = 120


class ManagerServer:
    """`answers` are the bytes (with %s for the ActionID) for each action; an action without any stays unanswered."""

    def __init__(self, banner=BANNER, tls=None, **answers):
        self.banner = banner
        self._tls = tls
        self.answers = {"Login": SUCCESS, "ShowDialPlan": UNKNOWN, **answers}
        self.received = queue.Queue()
        self.raw = bytearray()
        self.links = queue.Queue()
        self._link = None
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._open = []
        self._readers = []
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()

    def wait_for(self, action):
        """The next action of that name, as its headers; others before it are passed over."""
        while True:
            fields = self.received.get(timeout=WAIT_SECONDS)
            if fields.get("Action") == action:
                return fields

    def next_link(self):
        """The next connection a client makes."""
        self._link = self.links.get(timeout=WAIT_SECONDS)
        return self._link

    def send(self, data):
        self._link.sendall(data)

    def tell(self, event, **fields):
        lines = [f"{key}: {value}\r\n" for key, value in {"Event": event, **fields}.items()]
        self.send("".join(lines).encode() + b"\r\n")

    def cut(self):
        """End the connection as a program that closes does."""
        self._link.shutdown(socket.SHUT_RDWR)

    def reset(self):
        """End the connection as a machine that restarts does."""
        self._link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # Ends the reading thread without a FIN; its close is the reset.
        self._link.shutdown(socket.SHUT_RD)

    def close(self):
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._acceptor.join()
        for link in self._open:
            with contextlib.suppress(OSError):
                link.shutdown(socket.SHUT_RDWR)
        for thread in self._readers:
            thread.join()

    def _accept(self):
        with contextlib.suppress(OSError):
            while True:
                link, _ = self._socket.accept()
                if self._tls:
                    link = self._tls.wrap_socket(link, server_side=True)
                link.sendall(self.banner)
                self._open.append(link)
                self._readers.append(threading.Thread(target=self._read, args=(link,), daemon=True))
                self._readers[-1].start()
                self.links.put(link)

    def _read(self, link):
        rest = b""
        with link, contextlib.suppress(OSError):
            while data := link.recv(65536):
                self.raw += data
                *packets, rest = (rest + data).split(b"\r\n\r\n")
                for packet in packets:
                    fields = dict(line.partition(": ")[::2] for line in packet.decode().split("\r\n"))
                    if fields["Action"] in self.answers:
                        link.sendall(self.answers[fields["Action"]].replace(b"%s", fields["ActionID"].encode()))
                    self.received.put(fields)
