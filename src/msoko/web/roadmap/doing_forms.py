"""Forms of what is done about assignments: reports, reasons, new dates. What was typed stays, whatever is wrong."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone


def reason_field(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,  # what is missing the service says, in words that fit the deed
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def day_field(label: str, missing: str, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": missing, "invalid": "Такой даты нет. Введите, например, 15.10.2026."},
        **more,
    )


class PostponeForm(forms.Form):
    prefix = "postpone"
    due = day_field("Новый срок", "Назовите новый срок.")
    reason = reason_field("Причина переноса")
    allowed_by = forms.CharField(label="Кто разрешил", required=False, help_text="Должность или приказ.")

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due < timezone.localdate():
            raise forms.ValidationError("Этот день уже прошёл: с таким сроком поручение сразу будет просрочено.")
        return due

    @property
    def said(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("due", "reason", "allowed_by")}


class CancelForm(forms.Form):
    prefix = "cancel"
    reason = reason_field("Причина отмены", "Исполнитель увидит эти слова.")


class ReopenForm(forms.Form):
    prefix = "reopen"
    reason = reason_field("Почему возобновлено")


class TogetherForm(forms.Form):
    """One text for several assignments of the department."""

    prefix = "together"
    done = reason_field("Что сделано", "Один текст для всех отмеченных поручений управления.")
    done_on = day_field("Когда сделано", "", required=False)

    @property
    def said(self) -> dict[str, Any]:
        day: date | None = self.cleaned_data.get("done_on")
        return {"done": self.cleaned_data["done"], "done_on": day}


class ReturnForm(forms.Form):
    prefix = "return"
    reason = reason_field("Чего не хватает", "Исполнитель увидит эти слова.")
