"""Forms of our own: the XLSX that is handed out, and its rows read back with a check of every cell."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter

from msoko.core.collection.complaints import Complaints, Place
from msoko.core.definitions.kinds import Layout, LayoutColumn
from msoko.core.vocabulary.russian import join_with_and, quote, with_guillemets
from msoko.core.vocabulary.statuses import Level
from msoko.core.vocabulary.unknowns import Unknown
from msoko.core.vocabulary.words import normal
