"""How days and moments are written and typed where Django says it otherwise; `FORMAT_MODULE_PATH` names it."""
