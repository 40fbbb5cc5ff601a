"""A deterministic synthetic community, as text files for COPY (tab separated, \\N is null, backslash escapes).

    python -m benchmarks.community --out DIR --scale 1.0    # 20 spaces, 20k members, 20k threads, 300k posts, 200k reactions

Files: categories, members, topics, posts, posts_html, likes (.tsv) and facts.json, the ids a load plan needs. The same seed
and scale give the same bytes. Every scale holds one thread of exactly 1,000 posts (the long one) and one of exactly 20.
Needs numpy (`pip install numpy`), which only this file uses.
"""

import argparse
import json
import re
import time
from pathlib import Path
from typing import Any

import numpy as np

END = 1_795_219_200  # 2026-11-21 00:00 UTC
SPAN = 3 * 365 * 86400
CONSONANTS = [
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "z",
    "br",
    "cr",
    "dr",
    "fl",
    "gr",
    "pl",
    "pr",
    "sh",
    "sl",
    "sp",
    "st",
    "tr",
    "ch",
    "th",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "ou", "io"]
ENDINGS = ["", "n", "r", "s", "t", "l", "nd", "st", "rm", "ck", "sh"]


class Words:
    """24,000 pronounceable words with the frequencies of a language (Zipf, exponent 1.05)."""

    def __init__(self, rng: Any) -> None:
        self.rng = rng
        seen: set[str] = set()
        words: list[str] = []
        while len(words) < 24000:
            syllables = int(rng.choice([1, 2, 2, 3, 3, 4]))
            word = "".join(
                CONSONANTS[rng.integers(len(CONSONANTS))] + VOWELS[rng.integers(len(VOWELS))]
                for _ in range(syllables)
            )
            word += ENDINGS[rng.integers(len(ENDINGS))]
            if 2 < len(word) < 15 and word not in seen:
                seen.add(word)
                words.append(word)
        self.words = np.array(words, dtype=object)
        share = np.cumsum(1.0 / np.arange(1, len(words) + 1) ** 1.05)
        self.share = share / share[-1]

    def draw(self, count: int) -> list[str]:
        """Return `count` words."""
        return list(self.words[np.searchsorted(self.share, self.rng.random(count))])


def escape(text: str) -> str:
    """Write text as COPY reads it."""
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")


def stamp(moment: float) -> str:
    """Write a time as Postgres reads it."""
    return time.strftime("%Y-%m-%d %H:%M:%S+00", time.gmtime(int(moment)))


def inline(text: str) -> str:
    """Render the generator's own inline marks."""
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    text = re.sub(r"`(.+?)`", r"<code>\1</code>", text)
    return re.sub(r"\[(.+?)\]\((.+?)\)", r'<a href="\2" rel="nofollow noopener">\1</a>', text)


def rendered(source: str) -> str:
    """Render the generator's own blocks. Both the floor and the product store exactly this."""
    blocks = []
    for block in source.split("\n\n"):
        if block.startswith("> "):
            blocks.append(f"<blockquote><p>{inline(block[2:])}</p></blockquote>")
        elif block.startswith("- "):
            items = "".join(f"<li>{inline(line[2:])}</li>" for line in block.split("\n"))
            blocks.append(f"<ul>{items}</ul>")
        else:
            blocks.append(f"<p>{inline(block)}</p>")
    return "".join(blocks)


class Community:
    """One community being made. Attributes are numpy arrays, one entry a post unless named otherwise."""

    def __init__(self, out: Path, scale: float, seed: int) -> None:
        self.out, self.scale = out, scale
        self.rng = np.random.default_rng(seed)
        self.words = Words(self.rng)
        self.spaces = 20
        self.members, self.threads = int(20000 * scale), int(20000 * scale)
        self.posts, self.likes = int(300000 * scale), int(200000 * scale)
        self.long, self.short = self.threads // 2, self.threads // 2 + 1
        self.facts: dict[str, Any] = {}

    def open(self, name: str) -> Any:
        """Open one of the files."""
        return (self.out / f"{name}.tsv").open("w", encoding="utf-8")

    def make(self) -> None:
        """Write everything."""
        self.out.mkdir(parents=True, exist_ok=True)
        self.make_spaces()
        self.make_members()
        self.count_posts()
        self.time_posts()
        self.give_authors()
        self.write_topics()
        self.write_posts()
        self.write_likes()
        (self.out / "facts.json").write_text(json.dumps(self.facts, indent=1))

    def make_spaces(self) -> None:
        """Write the spaces."""
        with self.open("categories") as file:
            for number in range(1, self.spaces + 1):
                name = " ".join(word.capitalize() for word in self.words.draw(2))
                about = escape(" ".join(self.words.draw(14)))
                file.write(f"{number}\t{name} {number}\tcategory-{number}\t{about}\n")

    def make_members(self) -> None:
        """Write the members, the first joined earliest."""
        start = END - SPAN
        joined = np.sort(self.rng.integers(start - SPAN, start + SPAN // 2, self.members))
        self.names = [f"{word}{n}" for n, word in enumerate(self.words.draw(self.members), 1)]
        with self.open("members") as file:
            for n, name in enumerate(self.names):
                file.write(f"{n + 1}\t{name}\t{name}@example.test\t{stamp(joined[n])}\n")

    def count_posts(self) -> None:
        """Spread the posts over threads: Zipf 0.85, capped at 2,000 × √scale, at least one each."""
        weight = 1.0 / np.arange(1, self.threads + 1) ** 0.85
        count = np.ones(self.threads, dtype=np.int64)
        drawn = self.rng.multinomial(self.posts - self.threads, weight / weight.sum())
        count += np.minimum(drawn, int(2000 * self.scale**0.5))
        count = count[self.rng.permutation(self.threads)]
        count[self.long], count[self.short] = 1000, 20
        rest = self.posts - int(count.sum())
        others = [n for n in self.rng.permutation(self.threads) if n not in (self.long, self.short)]
        turn = 0
        while rest:
            thread = others[turn % len(others)]
            turn += 1
            if rest > 0:
                count[thread] += 1
                rest -= 1
            elif count[thread] > 1:
                count[thread] -= 1
                rest += 1
        self.count = count

    def time_posts(self) -> None:
        """Give each post its time, its place in the thread and, in the order of time, its number."""
        rng, count = self.rng, self.count
        self.began = np.sort(rng.integers(END - SPAN, END - 86400, self.threads))
        thread = np.repeat(np.arange(self.threads), count)
        heads = np.concatenate([[0], np.cumsum(count)[:-1]])
        first = np.zeros(self.posts, dtype=bool)
        first[heads] = True
        life = np.minimum(END - self.began - 3600, 86400 * rng.integers(2, 90, self.threads))
        moment = self.began[thread] + (rng.random(self.posts) ** 2 * life[thread]).astype(np.int64) + 60
        moment[first] = self.began
        order = np.lexsort((moment, thread))
        self.thread, self.moment, self.first = thread[order], moment[order], first[order]
        by_time = np.lexsort((np.arange(self.posts), self.moment))
        self.number = np.empty(self.posts, dtype=np.int64)
        self.number[by_time] = np.arange(1, self.posts + 1)
        self.place = np.arange(self.posts) - np.repeat(heads, count) + 1

    def give_authors(self) -> None:
        """Let few write much: Zipf 0.7 over a random order of members."""
        share = np.cumsum(1.0 / np.arange(1, self.members + 1) ** 0.7)
        self.share = share / share[-1]
        self.order = self.rng.permutation(self.members) + 1
        self.author = self.people(self.posts)
        weights = np.cumsum(1 / np.arange(1, self.spaces + 1) ** 0.6)
        self.space = np.searchsorted(weights / weights[-1], self.rng.random(self.threads)) + 1

    def people(self, count: int) -> Any:
        """Return `count` members, the busy ones often."""
        drawn = np.searchsorted(self.share, self.rng.random(count))
        return self.order[np.minimum(drawn, self.members - 1)]

    def write_topics(self) -> None:
        """Write the threads."""
        starter = self.author[self.first]
        views = self.count * self.rng.integers(8, 60, self.threads)
        pinned = {int(n) for n in self.rng.choice(self.threads, 6, replace=False)} - {self.long, self.short}
        with self.open("topics") as file:
            for n in range(self.threads):
                title = " ".join(self.words.draw(int(self.rng.integers(4, 10))))
                title = title[0].upper() + title[1:]
                file.write(
                    f"{n + 1}\t{self.space[n]}\t{starter[n]}\t{title}\t{stamp(self.began[n])}\t{views[n]}\t"
                    f"{'t' if n in pinned else 'f'}\n"
                )

    def body(self, length: int) -> tuple[list[str], str]:
        """Return the words of a post and its text with some marks, paragraphs, quotes and lists."""
        rng = self.rng
        words = self.words.draw(length)
        said = list(words)
        chance = rng.random(8)
        if chance[0] < 0.35:
            at = int(chance[1] * (length - 4))
            said[at] = "**" + said[at]
            said[at + 2] += "**"
        if chance[2] < 0.20:
            at = int(chance[3] * (length - 2))
            said[at] = "`" + said[at] + "`"
        if chance[4] < 0.12:
            at = int(chance[5] * (length - 2))
            said[at] = f"[{said[at]}](https://example.test/{said[at]})"
        blocks, at = [], 0
        while at < length:
            end = min(length, at + int(rng.integers(25, 70)))
            text = " ".join(said[at:end])
            blocks.append(text[0].upper() + text[1:] + ".")
            at = end
        if chance[6] < 0.10:
            blocks.insert(0, "> " + " ".join(self.words.draw(12)))
        if chance[7] < 0.12:
            blocks.append("\n".join("- " + " ".join(self.words.draw(5)) for _ in range(4)))
        return words, "\n\n".join(blocks)

    def write_posts(self) -> None:
        """Write the posts in the order of their numbers, and count where the two search words stand."""
        needles = (self.words.words[420], self.words.words[760])
        common = (self.words.words[0], self.words.words[1])
        one = two = both = 0
        lengths = self.rng.integers(40, 201, self.posts)
        with self.open("posts") as file, self.open("posts_html") as html:
            for n in np.argsort(self.number):
                words, text = self.body(int(lengths[n]))
                here = (needles[0] in words, needles[1] in words)
                one, two, both = one + here[0], two + here[1], both + all(here)
                number = self.number[n]
                file.write(
                    f"{number}\t{self.thread[n] + 1}\t{self.author[n]}\t{self.place[n]}\t{stamp(self.moment[n])}\t"
                    f"{escape(text)}\n"
                )
                html.write(f"{number}\t{escape(rendered(text))}\n")
        by_author = np.bincount(self.author)
        busiest = int(by_author.argmax())
        self.facts = {
            "scale": self.scale,
            "members": self.members,
            "threads": self.threads,
            "posts": self.posts,
            "long_thread": self.long + 1,
            "short_thread": self.short + 1,
            "long_space": int(self.space[self.long]),
            "busiest_member": busiest,
            "busiest_name": self.names[busiest - 1],
            "rare_words": list(needles),
            "rare_word_posts": [int(one), int(two)],
            "rare_both_posts": int(both),
            "common_words": list(common),
        }

    def write_likes(self) -> None:
        """Write the reactions: unique by post and member, busy members react more."""
        posts = self.rng.integers(1, self.posts + 1, self.likes * 2)
        pairs = np.unique(posts * 10_000_000 + self.people(self.likes * 2))
        self.rng.shuffle(pairs)
        moments = np.empty(self.posts + 1, dtype=np.int64)
        moments[self.number] = self.moment
        with self.open("likes") as file:
            for pair in pairs[: self.likes]:
                post, member = divmod(int(pair), 10_000_000)
                file.write(f"{post}\t{member}\t{stamp(min(END, moments[post] + 3600))}\n")
        self.facts["likes"] = int(min(len(pairs), self.likes))


def main() -> None:
    """Make a community from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=20251121)
    options = parser.parse_args()
    Community(options.out, options.scale, options.seed).make()


if __name__ == "__main__":
    main()
