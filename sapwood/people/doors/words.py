"""What the doors say: errors, notes and letters, in our own words."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class Letter(NamedTuple):
    """One letter: subject, what it says, the words on its button and why it came."""

    subject: Any
    text: Any
    button: Any = ""
    why: Any = ""


WRONG_CODE = _("That is not the code. Look again, or ask for a new one.")
ERRORS = {
    "account_inactive": _("This account is closed."),
    "email_password_mismatch": _("The e-mail and the password do not go together."),
    "invalid_login": _("The e-mail and the password do not go together."),
    "email_taken": _("This address cannot be used."),
    "duplicate_email": _("This is your address already."),
    "same_as_current": _("This is your address already."),
    "enter_current_password": _("This is not your present password."),
    "incorrect_password": _("This is not your password."),
    "incorrect_code": WRONG_CODE,
    "invalid_or_expired_key": _("This link no longer works."),
    "invalid_password_reset": _("This link no longer works."),
    "too_many_login_attempts": _("Too many tries. Wait a few minutes, then try again."),
    "rate_limited": _("That was quick. Wait a moment, then try again."),
    "cannot_remove_primary_email": _("This is your only address, so it stays."),
}
SECOND_STEP_ERRORS = {
    "incorrect_code": WRONG_CODE,
    "cannot_delete_authenticator": _("This cannot be turned off."),
    "cannot_generate_recovery_codes": _("First add a passkey or an app for codes."),
    "unverified_email": _("First confirm your e-mail address."),
    "add_email_blocked": _("First turn off the second step, then change the address."),
}
# Messages of allauth by template name; `{}` fields come from its context.
NOTES = {
    "account/messages/password_changed.txt": _("Your new password is in place."),
    "account/messages/password_set.txt": _("Your password is in place."),
    "account/messages/email_confirmed.txt": _("{email} is confirmed."),
    "account/messages/email_confirmation_failed.txt": _("{email} could not be confirmed."),
    "account/messages/logged_out.txt": _("You are signed out."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes are ready. Keep them safe."),
    "mfa/messages/totp_activated.txt": _("The app is connected. We will ask for its code."),
    "mfa/messages/totp_deactivated.txt": _("The app is disconnected."),
    "mfa/messages/webauthn_added.txt": _("Your passkey is ready."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "usersessions/messages/sessions_logged_out.txt": _("Signed out everywhere else."),
}
IGNORE = _("If it was not you, do nothing: without this code nobody gets in.")
IGNORE_LINK = _("If it was not you, do nothing: your password stays as it is.")
NOT_YOU = _("If it was not you, sign in, sign out everywhere else and change your password.")
LETTERS = {
    "account/email/login_code": Letter(
        _("Your code to sign in"), _("Type this code where you asked for it:"), why=IGNORE
    ),
    "account/email/email_confirmation": Letter(
        _("Is this your address?"), _("Type this code where you asked for it:"), why=IGNORE
    ),
    "account/email/unknown_account": Letter(
        _("There is no account under this address"),
        _(
            "Somebody asked to sign in with this address, but nobody is known here by it. "
            "Perhaps you use another address at work. If you are new, ask the person who looks "
            "after Sapwood in your organisation for an invitation."
        ),
        why=_("If it was not you, do nothing."),
    ),
    "account/email/account_already_exists": Letter(
        _("You already have an account"),
        _("Somebody asked for an account with this address, and you have one. Sign in with it."),
        _("Sign in"),
        why=_("If it was not you, do nothing."),
    ),
    "account/email/password_reset_key": Letter(
        _("Choose a new password"),
        _("This link works once, for an hour."),
        _("Choose a new password"),
        why=IGNORE_LINK,
    ),
    "account/email/password_reset": Letter(
        _("Your password was changed"), _("A new password was chosen by e-mail."), why=NOT_YOU
    ),
    "account/email/password_changed": Letter(
        _("Your password was changed"), _("Your password was changed."), why=NOT_YOU
    ),
    "account/email/password_set": Letter(
        _("You have a password now"), _("A password was set for your account."), why=NOT_YOU
    ),
    "account/email/email_changed": Letter(
        _("Your address was changed"), _("You now sign in with {to_email}."), why=NOT_YOU
    ),
    "account/email/email_confirm": Letter(
        _("Your address is confirmed"), _("Your address is confirmed."), why=NOT_YOU
    ),
    "account/email/email_deleted": Letter(
        _("An address was removed"), _("{deleted_email} was removed."), why=NOT_YOU
    ),
    "mfa/email/recovery_codes_generated": Letter(
        _("New recovery codes"), _("New recovery codes were made. The old ones ended."), why=NOT_YOU
    ),
    "mfa/email/totp_activated": Letter(
        _("An app was connected"), _("An app for codes now guards your account."), why=NOT_YOU
    ),
    "mfa/email/totp_deactivated": Letter(
        _("An app was disconnected"), _("The app for codes no longer guards it."), why=NOT_YOU
    ),
    "mfa/email/webauthn_added": Letter(
        _("A passkey was added"), _("A new passkey can open your account."), why=NOT_YOU
    ),
    "mfa/email/webauthn_removed": Letter(
        _("A passkey was removed"), _("A passkey no longer opens your account."), why=NOT_YOU
    ),
    "invitation": Letter(
        _("{by} invites you to {organisation}"),
        _(
            "{organisation} keeps its Sapwood: a place to find people, try things and write down "
            "what you noticed. This link is for you and works until {until}."
        ),
        _("Come in"),
        why=_("If you did not expect this, do nothing."),
    ),
    "place_ready": Letter(
        _("Your place at {organisation} is ready"),
        _(
            "{by} brought you into the Sapwood of {organisation}: a place to find people, try "
            "things and write down what you noticed. Sign in with this address, {email}: we send "
            "you a code. A password or a passkey can come later."
        ),
        _("Sign in"),
        why=_("You get this because {by} asked for it. If you did not expect it, do nothing."),
    ),
    "address_waits": Letter(
        _("Another address waits for your word"),
        _(
            "Somebody who looks after the list of people wrote {to_email} as your new address. "
            "Nothing has changed: you still sign in with {email}. When you next sign in, you can "
            "confirm the new address with a code, or keep the one you have."
        ),
        why=_("Confirm it only if you are the one who reads the letters that go there."),
    ),
    "test": Letter(
        _("E-mail leaves this Sapwood"),
        _("You asked for a test from the set-up page. It arrived, so letters reach people."),
        why=_("You get this because you asked for it."),
    ),
}
LETTERS["account/email/email_confirmation_signup"] = LETTERS["account/email/email_confirmation"]
