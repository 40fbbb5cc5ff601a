"""How the stack says that something is wrong: one sentence, and what cures it."""


class StackFault(Exception):
    """Something outside the code keeps Porchlight from running."""

    def __init__(self, sentence: str, cure: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.sentence}\n  {self.cure}"
