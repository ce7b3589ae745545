from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from surveys.choices import Role
from surveys.forms.people import SearchForm
from surveys.selectors.people import find_people, peopled_departments
from surveys.views.access import role_required

PAGE = 100


@role_required(Role.HR)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    text, department = form.wanted()
    tree = peopled_departments()
    context = {
        "form": form,
        "tree": tree,
        "total": sum(node.people for node in tree),
        "chosen": next((node for node in tree if node.id == department), None),
        "page": Paginator(find_people(text=text, department=department), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "surveys/people.html", context)
