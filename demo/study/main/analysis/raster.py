"""A picture of dots, with rectangles and text, written as PNG."""

import struct
import zlib
from pathlib import Path

import letters


def rgb(colour):
    return bytes.fromhex(colour.lstrip("#"))


class Picture:
    def __init__(self, width, height, paper="#ffffff"):
        self.width, self.height = width, height
        self.rows = [bytearray(rgb(paper) * width) for _ in range(height)]
        self.letters = letters.load()

    def rectangle(self, x, y, width, height, colour):
        x, y, width, height = (round(value) for value in (x, y, width, height))
        for row in self.rows[y : y + height]:
            row[3 * x : 3 * (x + width)] = rgb(colour) * width

    def text(self, x, y, text, colour, anchor="start", bold=False):
        """Text on the base line y; anchor says which part of it x is."""
        size = sum(self.letters[letter][0] for letter in text)
        x = round(x - {"start": 0, "middle": size / 2, "end": size}[anchor])
        ink = rgb(colour)
        for letter in text:
            width, dots = self.letters[letter]
            # Drawn twice, one dot apart, a letter looks bold.
            for shift in (0, 1) if bold else (0,):
                for index, dot in enumerate(dots):
                    if dot:
                        self._blend(x + shift + index % width, round(y) - letters.ASCENT + index // width, ink, dot / 15)
            x += width + bold

    def _blend(self, x, y, ink, strength):
        row = self.rows[y]
        for channel in range(3):
            old = row[3 * x + channel]
            row[3 * x + channel] = round(old + (ink[channel] - old) * strength)

    def write(self, path):
        def chunk(kind, data):
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        dots = b"".join(b"\0" + bytes(row) for row in self.rows)
        path.write_bytes(
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(dots, 9)) + chunk(b"IEND", b""))
        print(f"Wrote {path}")
