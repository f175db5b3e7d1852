"""Who decides about what came from outside; views ask here."""

from typing import Any

from practices.practice.models.practice import Practice


def reviews(user: Any, practice: Practice) -> bool:
    """Whether this person decides on what is in review of it, also while an answer is awaited."""
    state = practice.current_workflow_state
    if state is None or state.current_task_state is None:
        return False
    return bool(state.current_task_state.task.specific.get_actions(practice, user))
