"""What the ids of a people file say by themselves: which department has another name now, and who another address."""

from surveys.files.codes import FileProblemCode
from surveys.files.problems import FileProblem, UnusableFileError
from surveys.roster.known import Roster
from surveys.roster.people_file import PeopleFile


def identify_departments(file: PeopleFile, roster: Roster) -> dict[str, str]:
    """The file's name by the roster's, where one id has two. Raises UnusableFileError where the name is another's."""
    by_id = {stable_id: name for name, stable_id in roster.ids.items()}
    renamed = {
        by_id[stable_id]: name
        for name, stable_id in file.ids.items()
        if stable_id in by_id and by_id[stable_id] != name
    }
    taken = [name for name in renamed.values() if name in roster.parents and name not in renamed]
    _refuse(taken, "department_id", FileProblemCode.ID_OF_ANOTHER_DEPARTMENT)
    return renamed


def identify_people(file: PeopleFile, roster: Roster) -> dict[str, str]:
    """The roster's address by the file's, where an id has two. Raises UnusableFileError where one is another's."""
    everybody = [*roster.former.values(), *roster.active.values()]
    by_id = {person.employee_id: person.email for person in everybody if person.employee_id}
    earlier = {
        person.email: by_id[person.employee_id]
        for person in file.people
        if person.employee_id in by_id and by_id[person.employee_id] != person.email
    }
    given_up = set(earlier.values())
    taken = [email for email in earlier if (email in roster.active or email in roster.former) and email not in given_up]
    _refuse(taken, "employee_id", FileProblemCode.ID_OF_ANOTHER_PERSON)
    return earlier


def _refuse(values: list[str], column: str, code: FileProblemCode) -> None:
    if values:
        raise UnusableFileError([FileProblem(code, None, column, value) for value in values])
