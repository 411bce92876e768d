"""Why an import was not applied: said to the user, and nothing is changed."""

from contracts.importing import Problem


class ImportRefused(Exception):  # noqa: N818 - says what happened
    """The import as decided cannot be applied. `problem` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))
