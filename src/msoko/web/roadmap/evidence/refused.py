"""Why a file is not taken."""


class Refused(Exception):
    """The rest of a sentence that begins with the name of the file, in Russian: «это архив: …»."""
