"""Surveys: a customer table whose columns are mostly answers."""

from __future__ import annotations

from core.intake.kind import Kind
from core.intake.kinds.customers import finish, plan

KIND = Kind("survey", "Survey", 30, plan, finish)
