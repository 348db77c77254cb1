"""A mail server on this machine that takes a letter, refuses it, or dies, and remembers."""

import socketserver
import threading
from contextlib import contextmanager


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.taken = []
        try:
            is_over = self._talk()
        except OSError:
            is_over = False
        if self.taken and not is_over:
            self.server.cut_short.append(self.taken[-1])

    def _talk(self):
        """Say whether it came to a goodbye."""
        self._say("220 here")
        while line := self.rfile.readline().decode().strip():
            self.server.heard.append(line)
            verb = line.split()[0].upper()
            if verb == "DATA":
                if self._dies("before"):
                    return False
                self._say("354 go on")
                self._take()
                if self._dies("after"):
                    return False
                self._say("250 taken")
                if self._dies("reply"):
                    return False
            elif verb == "QUIT":
                self._say("221 goodbye")
                return True
            elif verb == "RCPT" and any(name in line for name in self.server.refused):
                self._say(f"{self.server.code} not now, or never")
            else:
                self._say("250 well")
        return False

    def _take(self):
        lines = []
        while (line := self.rfile.readline().decode()) != ".\r\n":
            if not line:
                return  # whoever wrote it died over it
            lines.append(line)
        self.taken.append("".join(lines))
        self.server.letters.append(self.taken[-1])

    def _dies(self, moment):
        """Hang up without a word at one moment of its next letters, as often as was asked."""
        if self.server.watch(moment):
            return True
        if self.server.dies.get(moment, 0) <= 0:
            return False
        self.server.dies[moment] -= 1
        return True

    def _say(self, words):
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server(refused=(), code=550):
    """Run one; it has .letters, .heard, .address, and .dies: {before, after or reply: how often}.

    It dies before DATA was answered, after the letter came but before it said so, or after that.
    At each of these moments it asks .watch, which may do worse. In .cut_short are the last letters
    of those who left without a goodbye: only these may ever come twice.
    """
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        server.daemon_threads = True
        server.letters, server.heard, server.refused, server.code = [], [], refused, code
        server.dies, server.cut_short, server.watch = {}, [], lambda _moment: False
        server.address = f"smtp://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
