"""What spreadsheets call the columns of a people file, in English, German, Russian, French and Spanish.

The best names of a column come first. Names that often hold something else (a manager's name) are left out.
"""

ALIASES = {
    "email": (
        *("work email", "business email", "company email", "email address", "mail", "mail address", "work mail"),
        *("dienstliche E-Mail", "geschäftliche E-Mail", "E-Mail-Adresse", "Mailadresse"),
        *("рабочая почта", "корпоративная почта", "электронная почта", "адрес электронной почты", "эл. почта"),
        *("почта", "емейл", "имейл"),
        *("email professionnel", "mail professionnel", "adresse email", "adresse mail", "adresse électronique"),
        *("courriel", "correo corporativo", "email corporativo", "correo electrónico", "correo"),
    ),
    "name": (
        *("full name", "display name", "employee name", "employee"),
        *("vollständiger Name", "Vor- und Nachname", "Mitarbeitername", "Mitarbeiter", "Mitarbeiterin"),
        *("ФИО", "Ф. И. О.", "фамилия имя отчество", "фамилия имя", "имя и фамилия", "полное имя", "сотрудник", "имя"),
        *("nom complet", "nom et prénom", "prénom et nom", "salarié", "employé", "collaborateur", "nom"),
        *("nombre completo", "nombre y apellidos", "nombre y apellido", "empleado", "trabajador", "nombre"),
    ),
    "first_name": ("given name", "forename", "Vorname", "имя сотрудника", "prénom", "nombre de pila"),
    "last_name": (
        *("surname", "family name", "Nachname", "Familienname", "фамилия", "nom de famille", "apellidos", "apellido"),
    ),
    "department": (
        *("department name", "dept", "org unit", "organizational unit", "organisational unit", "team", "unit"),
        *("Abteilung", "Organisationseinheit", "Team-Name"),
        *("отдел", "подразделение", "департамент", "команда"),
        *("département", "service", "équipe", "unité"),
        *("departamento", "área", "equipo", "unidad"),
    ),
    "parent_department": (
        *("parent", "parent unit", "parent org unit", "division", "business unit"),
        *("übergeordnete Abteilung", "Hauptabteilung", "Bereich", "Geschäftsbereich"),
        *("вышестоящее подразделение", "вышестоящий отдел", "родительское подразделение", "дирекция", "блок"),
        *("département parent", "service supérieur", "direction", "pôle"),
        *("departamento superior", "área superior", "dirección", "división"),
    ),
    "site": (
        *("location", "office", "work location", "workplace", "city"),
        *("Standort", "Arbeitsort", "Büro", "Niederlassung", "Ort"),
        *("площадка", "место работы", "местоположение", "локация", "офис", "город"),
        *("lieu de travail", "lieu", "bureau", "ville"),
        *("sede", "centro de trabajo", "ubicación", "oficina", "ciudad"),
    ),
    "language": ("preferred language", "lang", "locale", "Sprache", "Korrespondenzsprache", "язык", "langue", "idioma"),
    "time_zone": ("tz", "Zeitzone", "часовой пояс", "fuseau horaire", "zona horaria", "huso horario"),
    "is_head": (
        *("head of department", "is manager", "is leader", "is lead"),
        *("ist Leiter", "ist Führungskraft", "leitet die Abteilung", "является руководителем"),
        *("est responsable", "es jefe", "es responsable"),
    ),
    "employee_id": (
        *("personnel number", "employee number", "staff id", "employee no"),
        *("Personalnummer", "Mitarbeiternummer", "Pers.-Nr."),
        *("табельный номер", "таб. номер", "matricule", "número de empleado", "id empleado"),
    ),
    "department_id": (
        *("org unit id", "unit id", "department code", "Abteilungsnummer", "Abteilungs-ID"),
        *("код подразделения", "id подразделения", "code service", "código de departamento"),
    ),
    "on_leave": (
        *("leave", "absent", "long-term absence", "abwesend", "beurlaubt", "in Elternzeit", "langzeitabwesend"),
        *("в отпуске", "в декрете", "отпуск", "декрет", "en congé", "ausente", "de baja", "de permiso"),
    ),
}
