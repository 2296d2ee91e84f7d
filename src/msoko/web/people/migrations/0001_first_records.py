# ruff: noqa: E501
import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        error_messages={"unique": "Такой адрес уже есть."},
                        max_length=254,
                        unique=True,
                        verbose_name="электронная почта",
                    ),
                ),
                ("full_name", models.CharField(blank=True, max_length=200, verbose_name="фамилия, имя, отчество")),
                ("is_active", models.BooleanField(default=True, verbose_name="может входить")),
                ("is_staff", models.BooleanField(default=False, verbose_name="служебный вход")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="создан")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "человек",
                "verbose_name_plural": "люди",
                "ordering": ["email"],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, verbose_name="название")),
                ("full_name", models.CharField(blank=True, max_length=1000, verbose_name="полное название")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("country", "страна"),
                            ("region", "регион"),
                            ("municipality", "муниципалитет"),
                            ("school", "школа"),
                            ("branch", "филиал"),
                        ],
                        max_length=12,
                        verbose_name="вид",
                    ),
                ),
                (
                    "school_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("secondary", "средняя"),
                            ("basic", "основная"),
                            ("primary", "начальная"),
                            ("evening", "вечерняя"),
                            ("gymnasium", "гимназия"),
                            ("lyceum", "лицей"),
                            ("cadet", "кадетская"),
                            ("boarding", "интернат"),
                            ("special", "коррекционная"),
                        ],
                        max_length=10,
                        verbose_name="тип школы",
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        blank=True,
                        choices=[("urban", "город"), ("rural", "село")],
                        max_length=5,
                        verbose_name="местность",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "работает"), ("closed", "закрыта")],
                        default="open",
                        max_length=6,
                        verbose_name="состояние",
                    ),
                ),
                (
                    "path",
                    models.CharField(db_index=True, default="", editable=False, max_length=200, verbose_name="путь"),
                ),
                ("is_placeholder", models.BooleanField(default=False, editable=False, verbose_name="временное место")),
                ("note_from_file", models.CharField(blank=True, max_length=500, verbose_name="сказано в протоколе")),
                ("normal_name", models.CharField(db_index=True, default="", editable=False, max_length=300)),
                ("sort_key", models.CharField(default="", editable=False, max_length=400)),
                ("search_text", models.CharField(default="", editable=False, max_length=1400)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="создана")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="изменена")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duplicates",
                        to="people.organisation",
                        verbose_name="объединена с",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                        verbose_name="муниципалитет",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="people.organisation",
                        verbose_name="входит в",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                        verbose_name="регион",
                    ),
                ),
            ],
            options={
                "verbose_name": "организация",
                "verbose_name_plural": "организации",
                "ordering": ["sort_key", "id"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("department", "управление образования"),
                            ("methodist", "методическая служба"),
                            ("curator", "куратор"),
                            ("school", "школа"),
                            ("region", "регион"),
                            ("public", "наблюдатель"),
                            ("admin", "администратор системы"),
                        ],
                        max_length=10,
                        verbose_name="роль",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="человек",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="people.organisation",
                        verbose_name="организация",
                    ),
                ),
            ],
            options={
                "verbose_name": "роль",
                "verbose_name_plural": "роли",
            },
        ),
        migrations.CreateModel(
            name="ExternalKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=300, unique=True, verbose_name="логин")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="people.organisation",
                        verbose_name="организация",
                    ),
                ),
            ],
            options={
                "verbose_name": "внешний логин",
                "verbose_name_plural": "внешние логины",
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="когда")),
                ("action", models.CharField(db_index=True, max_length=60, verbose_name="что сделано")),
                ("subject_type", models.CharField(blank=True, max_length=60, verbose_name="вид предмета")),
                ("subject_id", models.CharField(blank=True, max_length=64, verbose_name="номер предмета")),
                (
                    "details",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="подробности",
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="кто",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                        verbose_name="организация",
                    ),
                ),
            ],
            options={
                "verbose_name": "запись журнала",
                "verbose_name_plural": "журнал действий",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "country")), fields=("kind",), name="one_country"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind__in", ("region", "municipality"))),
                fields=("parent", "normal_name"),
                name="territories_of_a_parent_differ_by_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_placeholder", True)), fields=("parent", "kind"), name="one_placeholder_a_parent"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("user", "role", "organisation"), name="a_role_in_an_organisation_once"
            ),
        ),
        migrations.AddIndex(
            model_name="auditentry",
            index=models.Index(fields=["subject_type", "subject_id"], name="audit_by_subject"),
        ),
    ]
