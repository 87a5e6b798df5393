"""Why something about employers cannot be done. Each says it in words for the person who tried."""


class EmployerProblem(Exception):
    """`str()` of it is a sentence for the page."""


class LastOwner(EmployerProblem):
    def __init__(self) -> None:
        super().__init__("An employer needs at least one owner. Make somebody else an owner first.")


class AlreadyMember(EmployerProblem):
    def __init__(self, employer: object) -> None:
        super().__init__(f"You already work for {employer}.")


class InvitationClosed(EmployerProblem):
    """Used, declined, taken back, run out, or for another address."""

    def __init__(self) -> None:
        super().__init__("This invitation is not active.")


class NameTaken(EmployerProblem):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is already one with the name {name}.")


class StillUsed(EmployerProblem):
    def __init__(self) -> None:
        super().__init__("People are in it, or were once. Give it another name instead.")
