"""The table of refusals: read from the top, the first row that fits.

Only a dead address is put on the list of refused addresses. What a server holds against us is never held against a
receiver: the mail waits until the server takes mail from us again.

Sources: RFC 5321 (replies), RFC 3463, 4954, 5248, 6531, 7372 and 7505 (codes); "Email non-delivery reports and SMTP
errors in Exchange Online" and the postmaster pages of Outlook.com (Microsoft); "Gmail SMTP errors and codes" (Google);
"SMTP error codes" of Yahoo's Sender Hub; the wordings that Postfix, Exim, qmail and Sendmail ship with.
"""

from notifications.delivery.refusals import Rule, Stage, Verdict

_DEAD, _MAIL, _US, _LATER = Verdict.ADDRESS_DEAD, Verdict.MAIL_REFUSED, Verdict.WE_ARE_REFUSED, Verdict.LATER

ANY = frozenset(Stage)
BEFORE_A_RECEIVER = frozenset({Stage.CONNECT, Stage.EHLO, Stage.AUTH, Stage.MAIL})
FOR_A_RECEIVER = frozenset({Stage.RCPT, Stage.DATA})
IN_A_MAIL = FOR_A_RECEIVER | {Stage.MAIL}

# What is true of one mail, whatever else the words touch on.
_THIS_MAIL = (
    Rule("The mail is too big", _MAIL, "RFC 3463, RFC 1870", IN_A_MAIL, "5..", enhanced=r"5\.(3\.4|2\.3)"),
    Rule(
        "The mail is too big, in words",
        _MAIL,
        "Postfix, Exim, Sendmail",
        IN_A_MAIL,
        "5..",
        words=(r"(message|mail)\b.*\b(size exceeds|too (large|big))", r"size limit exceeded", r"exceeds? .*size limit"),
    ),
    Rule(
        "No room for a mail of this size", _LATER, "RFC 1870", IN_A_MAIL, "4..", words=(r"message size|size exceeds",)
    ),
    Rule("The address needs SMTPUTF8", _MAIL, "RFC 6531", IN_A_MAIL, "5..", enhanced=r"5\.6\.[79]"),
    Rule("The mailbox gets too much", _LATER, "Microsoft", FOR_A_RECEIVER, enhanced=r"5\.2\.12[12]"),
    Rule(
        "The receiver takes no mail from outside",
        _MAIL,
        "Microsoft",
        FOR_A_RECEIVER,
        "5..",
        words=(r"resolver\.rst\.",),
    ),
    Rule("Our own rules name this receiver", _MAIL, "Microsoft", IN_A_MAIL, enhanced=r"5\.7\.703"),
    Rule(
        "Something in the mail is on a list",
        _MAIL,
        "Spamhaus DBL, SURBL, URIBL",
        frozenset({Stage.DATA}),
        "5..",
        words=(r"\b(ur[il]|link|body|content)\b.*(listed|black ?list|block ?list|s?urbl|uribl|\bdbl\b)",),
    ),
)

# Our account with the server, or the server that we hand our mail to: all that we send.
_OUR_ACCOUNT = (
    Rule("We must sign in first", _US, "RFC 4954", ANY, "530", everything=True),
    Rule("Our password is refused", _US, "RFC 4954, RFC 5248", ANY, "53[458]", everything=True),
    Rule("We are not signed in", _US, "Microsoft", ANY, enhanced=r"5\.7\.57", everything=True),
    Rule(
        "We are not signed in, in words",
        _US,
        "Microsoft, Postfix, Exim, MailEnable",
        ANY,
        "5..",
        words=(
            r"client (was|is) not authenticated|not authenticated to send",
            r"authentication (is )?required|requires authentication",
            r"(must|please|need to) (log ?in|authenticate)",
        ),
        everything=True,
    ),
    Rule(
        "Our account or network is blocked",
        _US,
        "Microsoft",
        ANY,
        enhanced=r"[45]\.1\.8|5\.7\.(50[123]|70[0124-9]|7[1-4]\d|750)",
        everything=True,
    ),
    Rule("Our limit is used up", _US, "Microsoft, Google", ANY, enhanced=r"5\.(1\.90|4\.5|7\.23[23])", everything=True),
    Rule(
        "Our limit is used up, in words",
        _US,
        "Microsoft, Google, Amazon SES, hosts",
        ANY,
        "[45]..",
        words=(
            r"submission quota",
            r"(daily|hourly|sending|relay|outgoing|outbound) (\S+ ){0,2}(limit|quota)s?\b",
            r"sending rate exceeded",
        ),
        everything=True,
    ),
    Rule(
        "Our sender's address is refused",
        _US,
        "RFC 3463, Microsoft",
        ANY,
        enhanced=r"[45]\.1\.7|5\.7\.60",
        everything=True,
    ),
    Rule(
        "Our sender's address is refused, in words",
        _US,
        "Postfix, Exim, Microsoft, Amazon SES",
        IN_A_MAIL,
        "[45]..",
        words=(
            r"sender (e-?mail )?address rejected|sender rejected",
            r"(bad outbound|invalid|unroute?able) sender",
            r"sendasdenied|send as this sender|not owned by (user|sender)",
            r"e-?mail address is not verified",
        ),
        everything=True,
    ),
    Rule(
        "We may not relay",
        _US,
        "Postfix, Exim, Sendmail, qmail, Microsoft",
        ANY,
        "5..",
        words=(
            r"relay(ing)? (access |is )?(denied|not (permitted|allowed)|prohibited)",
            r"(unable|not (allowed|permitted)) to relay|do(es)? not relay|allowed rcpthosts|credentials for relay",
        ),
        everything=True,
    ),
)

# Our name and address in the eyes of one domain: its mail waits, until others say the same.
_OUR_NAME = (
    Rule("Greylisting", _LATER, "RFC 6647, Postgrey", FOR_A_RECEIVER, "4..", words=(r"gr[ea]y-?list",)),
    Rule(
        "Our sender could not be verified",
        _US,
        "Exim, Postfix",
        IN_A_MAIL,
        "[45]..",
        words=(
            r"sender (address )?verif(y|ication) (failed|failure)",
            r"(could not|failed to|cannot) verify (the )?sender",
            r"sender callback|callout verification failed",
        ),
    ),
    Rule(
        "We are on a block list",
        _US,
        "Microsoft, Yahoo",
        ANY,
        enhanced=r"5\.7\.(50[78]|51[013]|60[6-9]|6[1-4]\d)",
    ),
    Rule(
        "We are on a block list, in words",
        _US,
        "Spamhaus, SpamCop, Barracuda, Outlook.com, Yahoo",
        ANY,
        "[45]..",
        words=(
            r"spamhaus|spamcop|barracudacentral|sorbs|uceprotect|abuseat|dnsbl|\brbl\b",
            r"blocked using|block[ -]?list|black[ -]?list|deny ?list|banned (sending ip|sender)",
            r"\[(BL|TSS|TS|IPTS|VS)\w*\]|\b(OU|SC)-00\d",
            r"(poor|bad|low) reputation|reputation (of|problem)|not accepted from this IP",
            r"your (ip|host|server|network)\b.*\b(blocked|banned|listed)",
        ),
    ),
    Rule("We send too fast", _US, "Google, Microsoft", ANY, "4..", enhanced=r"4\.7\.(28|[56]\d\d|8[5-9]\d)"),
    Rule(
        "We send too fast, in words",
        _US,
        "Google, Yahoo, Postfix",
        ANY,
        "[45]..",
        words=(
            r"unusual (rate|traffic)|rate[ -]?limited|temporarily deferred due to|exceeded permitted limits",
            r"too (much mail|many (messages|errors|connections)) from",
        ),
    ),
    Rule(
        "Our mail does not prove where it comes from",
        _US,
        "RFC 7372, Google, Microsoft",
        ANY,
        enhanced=r"[45]\.7\.(2[0-9]|30|509|515)",
    ),
    Rule(
        "Our mail does not prove where it comes from, in words",
        _US,
        "Postfix, Exim, Rspamd, Yahoo",
        ANY,
        "[45]..",
        words=(r"\b(spf|dkim|dmarc)\b|sender policy framework|unauthenticated e?-?mail",),
    ),
    Rule("Our server's name is refused", _US, "Microsoft", ANY, enhanced=r"5\.7\.506"),
    Rule(
        "Our server's name is refused, in words",
        _US,
        "Postfix, Yahoo, RFC 7372",
        ANY,
        "[45]..",
        words=(
            r"reverse (dns|hostname)|\bptr\b|cannot find your (reverse )?hostname",
            r"(helo|ehlo) command rejected|bad helo|client host rejected",
        ),
    ),
)

_THE_RECEIVER = (
    Rule("The mailbox is full", _LATER, "RFC 3463", FOR_A_RECEIVER, enhanced=r"[45]\.2\.2"),
    Rule(
        "The mailbox is full, in words",
        _LATER,
        "RFC 5321, Exim, Dovecot, Zimbra",
        FOR_A_RECEIVER,
        "[45]..",
        words=(
            r"over ?-?quota|quota (is )?(exceeded|full)|exceed\w* .{0,40}quota",
            r"(mailbox|inbox|account|user) (is |was )?(full|over)\b",
            r"exceeded storage allocation|out of storage",
        ),
    ),
    Rule(
        "No such address",
        _DEAD,
        "RFC 3463, RFC 7505, Microsoft",
        FOR_A_RECEIVER,
        "5..",
        enhanced=r"5\.1\.([1236]|10)",
    ),
    Rule(
        "No such address, in words",
        _DEAD,
        "Postfix, Exim, qmail, Sendmail, Yahoo, Courier",
        FOR_A_RECEIVER,
        "511|55[01346]",
        words=(
            r"(user|recipient|mailbox|account|addressee|local ?part|address)( is)? unknown",
            r"unknown (user|recipient|mailbox|local|virtual|e-?mail|account|address)",
            r"no such (user|mailbox|recipient|address|account|person|local)|no mailbox (here )?by that name",
            r"\b(user|recipient|mailbox|account|address|person)\b.{0,80} do(es)?( not|n.t) exist",
            r"\b(user|recipient|mailbox|account|address)( was| is)? not found",
            r"invalid (recipient|mailbox|user)|not a (valid|known) (user|mailbox|recipient)",
            r"unroute?able address|doesn.t have an? .{1,60} account|user not local",
            r"(utilisateur|destinataire) inconnu|empf\S+nger unbekannt|unbekannter (benutzer|empf)",
            r"onbekende (gebruiker|ontvanger)|(adres|mailbox) bestaat niet",
        ),
        bare=True,
    ),
)

_OTHERWISE = (
    Rule(
        "Anything else for good, before a receiver is named", _US, "RFC 5321", BEFORE_A_RECEIVER, "5..", everything=True
    ),
    Rule("Anything else, before a receiver is named", _LATER, "RFC 5321", BEFORE_A_RECEIVER, everything=True),
    Rule("Anything else for good", _MAIL, "RFC 5321", FOR_A_RECEIVER, "5.."),
    Rule("Anything else, or no answer", _LATER, "RFC 5321", ANY),
)

TABLE: tuple[Rule, ...] = _THIS_MAIL + _OUR_ACCOUNT + _OUR_NAME + _THE_RECEIVER + _OTHERWISE
