"""What came of a campaign, read from its record and files that are at hand; nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.campaigns.results import assessing, matching, ordering, reading, record
from core.campaigns.results.assessing import Results, Terms
from core.errors import InputError
from core.intake.answers import Answers
from core.periods import Span
from core.pipeline.outcomes import KeptOutcomes
from core.view import View

Named = tuple[Path, str]


class Outcomes(KeptOutcomes):
    """Questions about campaigns of which a record is at hand."""

    def campaign_results(
        self, kept: Named, files: Sequence[Named], terms: Terms | None = None, *, answers: Answers | None = None,
        view: View | None = None, days: Span | None = None,
    ) -> Results:  # fmt: skip
        """What came of a campaign: both arms compared, by intention to treat.

        Parameters
        ----------
        kept : (path, name)
            The record that was made with the audience file.
        files : sequence of (path, name)
            Results files; a file that is brought twice counts once.
        terms : Terms, optional
            Margin, cost of a contact and what was planned.
        answers : Answers, optional
            What a file does not say: its ``roles`` name the columns.
        view : View, optional
            An order log to take the orders from.
        days : Span, optional
            The days of the campaign: needed with a log.

        Raises
        ------
        InputError
            If a file cannot be read, is of another campaign, or the log holds none of the days.
        """
        answers, aside = answers or Answers(), self.store.aside
        path, name = kept
        people = record.check(reading.table(path, name, Answers(), aside).frame, name)
        file = matching.of_files(people, files, answers, aside) if files else None
        log = None
        if view and days:
            log = ordering.matched(people, ordering.ordered(self.slice(view.whole()), people["customer_id"], days))
        if file is None and log is None:
            raise InputError("There is nothing to read results from.", "Bring a results file, or name a log and days.")
        found = matching.together(file, log)
        if found is None:
            raise InputError(
                "The file says who opened or clicked, but not who ordered.",
                "The holdout had nothing to open: bring a file with orders, or name an order log and days.",
            )
        campaign = str(people["campaign"].iloc[0])
        return assessing.assess(found.people, terms or Terms(), campaign, found.told, found.reactions)
