"""What is wrong with a file and what to do about it, as sentences."""

from collections.abc import Mapping

from surveys.files.codes import FileProblemCode as Code

Argument = int | str

SENTENCES: Mapping[Code, str] = {
    Code.EMPTY: "The file is empty.",
    Code.FILE_TOO_LARGE: "The file is larger than {megabytes} MB; keep only what is read here.",
    Code.TOO_SLOW: (
        "The file takes more than {seconds} seconds to read; copy only the table into a new file, or save it as "
        "“CSV UTF-8”."
    ),
    Code.TOO_MUCH_MEMORY: (
        "The file needs more than {megabytes} MB of memory to be read; copy only the table into a new file, or save it "
        "as “CSV UTF-8”."
    ),
    Code.NOT_UTF_8: "The file is not in UTF-8. Choose its encoding, or save it as “CSV UTF-8”.",
    Code.NO_TEXT: "The file is not text that can be read; save it as “CSV UTF-8” or as .xlsx.",
    Code.NO_WORKBOOK: "The file is no workbook that can be read; save it again as .xlsx or as “CSV UTF-8”.",
    Code.HAS_PASSWORD: "The workbook has a password; save it without one.",
    Code.NO_VISIBLE_SHEET: "There is no visible sheet in the workbook; show the sheet of the table, and save it again.",
    Code.UNPACKED_TOO_LARGE: "The workbook unpacks to more than {megabytes} MB; keep only the sheet of the table.",
    Code.PDF: "The file is a PDF, not a table; ask for the table itself, as .xlsx or as “CSV UTF-8”.",
    Code.WEB_PAGE: "The file is a web page; open it in your spreadsheet, and save it as .xlsx or as “CSV UTF-8”.",
    Code.XML: "The file is an XML document; open it in your spreadsheet, and save it as .xlsx or as “CSV UTF-8”.",
    Code.TEXT_DOCUMENT: "The file is a text document; copy its table into your spreadsheet, and save it as .xlsx.",
    Code.ADDRESS_CARD: "The file is an address card, not a table; export the people as a table.",
    Code.OLD_EXCEL: "The file is a workbook of a very old Excel; open it in a newer one, and save it as .xlsx.",
    Code.ARCHIVE: "The file is an archive, not a table; unpack it first.",
    Code.PICTURE: "The file is a picture, not a table; ask for the table itself, as .xlsx or as “CSV UTF-8”.",
    Code.COLUMN_MISSING: "The column is missing; the first row names the columns: {columns}.",
    Code.COLUMN_TWICE: "The column is there twice; keep one of the two.",
    Code.TOO_MANY_COLUMNS: "The row has {columns} columns; at most {most} are read. Delete the others.",
    Code.TOO_MANY_CELLS: "The table has more than {most:,} cells; delete rows and columns that are not needed.",
    Code.QUOTE_NOT_CLOSED: "A quotation mark is opened and not closed here, or the cell is too long; mend this row.",
    Code.WRONG_BYTE: ("The file is in UTF-8, but the byte {byte:02X} (hexadecimal) here is not; type the text again."),
    Code.BEYOND_HEADER: (
        "The row has more cells than there are named columns; put a text that holds the separator in quotation marks, "
        "or give the column a name."
    ),
    Code.TEXT_TOO_LONG: "The text has {length} characters; shorten it to {most}.",
    Code.SPREADSHEET_ERROR: "The cell shows an error of the spreadsheet; mend its formula, or type the value.",
    Code.NOT_CALCULATED: "The formula has no result; open the file in your spreadsheet, and save it again.",
    Code.DATE_IN_CELL: "The cell holds a date or a time; make it a cell of text, and type the value again.",
    Code.LETTER_LOST: "A letter was lost when the file was saved; type the text again, and save as “CSV UTF-8”.",
    Code.MISREAD: "The letters were read wrongly before the file was saved; export it again, as “CSV UTF-8”.",
    Code.CONTROL_CHARACTER: "The text holds a control character (U+{character:04X}); type it again.",
    Code.NOT_YES_OR_NO: "Write yes or no.",
    Code.NO_PEOPLE: "There are no people in the file; each row below the first is a person.",
    Code.EMAIL_MISSING: "The mail address is missing.",
    Code.NO_EMAIL: "This is no mail address; write it like name@company.com.",
    Code.EMAIL_TOO_LONG: "The mail address is longer than {most} characters.",
    Code.EMAIL_TWICE: "The mail address is in row {first} already; keep one of the two rows.",
    Code.NAME_MISSING: "The name is missing.",
    Code.LANGUAGE_UNKNOWN: "The language is not known; write one of: {languages}.",
    Code.TIME_ZONE_UNKNOWN: (
        "The time zone is not known; write it like Europe/Berlin, or leave it empty for the company's."
    ),
    Code.ID_TWICE: "The id is in row {first} already; two people have two ids.",
    Code.ID_OF_ANOTHER_PERSON: (
        "On the roster this is another person, which the file does not rename; correct the id, or the address."
    ),
    Code.DEPARTMENT_MISSING: "The department is missing.",
    Code.NAME_HOLDS_SEPARATOR: (
        "A department's name cannot hold “{separator}”: it separates a parent from what is below it."
    ),
    Code.SPELLED_OTHERWISE: "Row {first} writes it “{spelling}”; write it the same way everywhere.",
    Code.TOO_MANY_DEPARTMENTS: "There are more than {most:,} departments; is the column the right one?",
    Code.TOO_DEEP: "“{department}” has {most} departments above it or more; a tree has at most {most} levels.",
    Code.CIRCLE: "Each of these is below the next, in a circle: {circle}. Change or empty one of their parents.",
    Code.PARENT_UNCLEAR: (
        "There are departments of this name below {parents}; name the one above it too, as in A > B."
    ),
    Code.PARENT_NEEDED: (
        "Several departments have this name: {departments}. Add the column parent_department to the file."
    ),
    Code.DEPARTMENT_ID_TWICE: (
        "“{department}” has another id in this file, or another department has this one; choose one."
    ),
    Code.ID_OF_ANOTHER_DEPARTMENT: (
        "On the roster this is another department, which the file does not rename; correct the id, or the name."
    ),
    Code.NO_COUNTERPARTS: "There are no counterparts in the file; each row below the first is a pair.",
    Code.DEPARTMENT_UNKNOWN: (
        "There is no such department; write it as in the people file, or import the people first."
    ),
    Code.OWN_COUNTERPART: "A department is no counterpart of its own; name another one.",
    Code.PAIR_TWICE: "Row {first} says the same; keep one of the two rows.",
    Code.NO_ITEMS: "No column is named after an item of the instrument; its items are: {items}.",
    Code.NO_ANSWERS: "There are no answers in the file; each row below the first is a respondent.",
    Code.TOO_MANY_PROBLEMS: "Too much is wrong to read on; rows below were not looked at.",
    Code.GROUP_MISSING: "The group is missing.",
    Code.NO_OPTION: "Write the option's number, 1 to {most}, or leave the cell empty for no answer.",
    Code.GROUP_TWICE: "Row {first} names this group already; keep one of the two rows.",
    Code.HEADCOUNT_MISSING: "The group “{group}” has answers, but no row here says how many people it had.",
    Code.NO_HEADCOUNT: "Write a whole number of people.",
    Code.HEADCOUNT_TOO_LARGE: "No group has more than {most:,} people.",
    Code.FEWER_THAN_ANSWERED: "{answered} people of this group answered, so it had at least as many.",
}


def explain_file_problem(code: Code, arguments: Mapping[str, Argument]) -> str:
    """The sentence; KeyError where an argument is missing."""
    return SENTENCES[code].format(**arguments)
