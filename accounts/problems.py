"""Why something about employers or roles cannot be done. Each says it in words for the person who tried."""

from accounts.models.employers import MOST_MAILS


class EmployerProblem(Exception):
    """`str()` of it is a sentence for the page."""


class LastOwner(EmployerProblem):
    def __init__(self) -> None:
        super().__init__("An employer needs at least one owner. Make somebody else an owner first.")


class NotAMember(EmployerProblem):
    def __init__(self, user: object) -> None:
        super().__init__(f"{user} does not work there any more, or the account is closed.")


class AlreadyMember(EmployerProblem):
    def __init__(self, employer: object) -> None:
        super().__init__(f"You already work for {employer}.")


class InvitationClosed(EmployerProblem):
    """Used, declined, taken back, run out, or for another address."""

    def __init__(self) -> None:
        super().__init__("This invitation is not active.")


class MailedEnough(EmployerProblem):
    """`again` says when another mail to this address is possible."""

    def __init__(self, address: str, again: str) -> None:
        super().__init__(
            f"{address} was mailed {MOST_MAILS} times within a day, and the last link works. "
            f"Send it again from {again} on."
        )


class NameTaken(EmployerProblem):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is already one with the name {name}.")


class PlaceGone(EmployerProblem):
    def __init__(self, place: object) -> None:
        super().__init__(f"{place} was removed a moment ago. Choose another, or none.")


class StillUsed(EmployerProblem):
    def __init__(self) -> None:
        super().__init__("People are in it, or were once. Give it another name instead.")


class RoleProblem(Exception):
    """Why a role or an account stays as it is. `str()` of it is a sentence for the page."""


class OwnRole(RoleProblem):
    def __init__(self) -> None:
        super().__init__("Nobody changes their own roles. Another site admin can.")


class OwnAccount(RoleProblem):
    def __init__(self) -> None:
        super().__init__("Nobody closes their own account here. Another site admin can.")


class ClosedAccount(RoleProblem):
    def __init__(self, user: object) -> None:
        super().__init__(f"The account of {user} is closed. Reopen it first.")


class LastSiteAdmin(RoleProblem):
    def __init__(self) -> None:
        super().__init__("A site needs at least one site admin. Make somebody else one first.")
