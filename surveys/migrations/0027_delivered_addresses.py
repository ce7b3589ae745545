"""Mails of open waves keep the address that they have now; domains on the roster become as they are looked up."""

import idna
from django.db import migrations
from django.db.models import OuterRef, Subquery


def keep_addresses(apps, _schema_editor):
    Mail, Employee = apps.get_model("surveys", "Mail"), apps.get_model("surveys", "Employee")
    address = Employee.objects.filter(pk=OuterRef("employee_id")).values("email")[:1]
    Mail.objects.filter(address="", employee__isnull=False).update(address=Subquery(address))


def look_up_domains(apps, _schema_editor):
    """One that another person has already is left: the next people file takes its person for gone."""
    Employee = apps.get_model("surveys", "Employee")
    for pk, address in list(Employee.objects.exclude(email__regex=r"^[ -~]*$").values_list("pk", "email")):
        local, _, domain = address.rpartition("@")
        try:
            email = f"{local}@{idna.encode(domain, uts46=True).decode()}".lower()
        except idna.IDNAError:
            continue
        if len(email) <= 254 and not Employee.objects.filter(email=email).exists():
            Employee.objects.filter(pk=pk).update(email=email)


class Migration(migrations.Migration):

    dependencies = [("surveys", "0026_mail_address")]

    operations = [
        migrations.RunPython(keep_addresses, migrations.RunPython.noop),
        migrations.RunPython(look_up_domains, migrations.RunPython.noop),
    ]
