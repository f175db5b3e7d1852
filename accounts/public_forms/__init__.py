"""Guards of forms that anybody may send: `spam.GuardedForm`, `throttling.allow_act`, `origin.is_ours`."""
