"""Starts the built program on a free port, as any user would, and stops it."""

import os
import re
import subprocess
import threading
from pathlib import Path

BINARY = os.environ.get("LIKSOM_BIN") or Path(__file__).parents[3] / "bin" / "liksom"
PATIENCE = 20  # seconds to stop; it takes a fraction of one


class Sandbox:
    """A running sandbox; base is its address without a slash at the end."""

    def __init__(self, *flags):
        # The program reads LIKSOM_*; a setting of the person who tests must not leak in.
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LIKSOM_")}
        self.process = subprocess.Popen(
            [BINARY, "serve", "--addr", "127.0.0.1:0", *flags],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            text=True,
        )
        self.log = []
        threading.Thread(target=self.log.extend, args=(self.process.stderr,), daemon=True).start()
        self.base = self._address()

    def _address(self):
        for line in self.process.stdout:  # the card, which is printed when it is ready
            if found := re.search(r"http://127\.0\.0\.1:\d+", line):
                return found[0]
        self.process.wait(PATIENCE)
        raise RuntimeError("the sandbox ended before it was ready:\n" + "".join(self.log))

    def stop(self):
        """Stops it; a log with an error in it is a fault too."""
        self.process.terminate()
        self.process.stdout.close()
        assert self.process.wait(PATIENCE) == 0, "".join(self.log[-50:])
        assert not [line for line in self.log if "level=ERROR" in line]
