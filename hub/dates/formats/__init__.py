"""How days and moments are typed, where Django knows a language from elsewhere; `FORMAT_MODULE_PATH` names it."""
