"""The methods of the Bot API that a bot like ours calls; those about messages are in `Messages`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.channels.telegram.fake.checks import bad
from bot.channels.telegram.fake.markup import ApiFailure
from bot.channels.telegram.fake.messages import Messages
from bot.channels.telegram.fake.mishaps import Call
from bot.channels.telegram.fake.objects import Json
from bot.channels.telegram.fake.world import Webhook, World

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_HERE = ("http://127.0.0.1", "http://localhost")

Method = Callable[[Call], Any]


class Methods:
    """Carries out calls on a world. Raises `ApiFailure`."""

    def __init__(self, world: World) -> None:
        self._world = world
        messages = Messages(world)
        found = (
            self.get_me,
            self.set_my_commands,
            self.get_my_commands,
            self.set_webhook,
            self.delete_webhook,
            self.get_webhook_info,
            messages.send_message,
            messages.send_photo,
            messages.send_document,
            messages.send_chat_action,
            messages.answer_callback_query,
            messages.edit_message_reply_markup,
            messages.edit_message_text,
        )
        # Names are read in any case, as the Bot API does.
        self._methods: Mapping[str, Method] = {each.__name__.replace("_", ""): each for each in found}

    def __call__(self, call: Call) -> Any:
        """The result of a call."""
        method = self._methods.get(call.method.lower())
        if method is None:
            raise ApiFailure(404, "Not Found: method not found")
        return method(call)

    def get_me(self, _: Call) -> Json:
        """Who the bot is."""
        return self._world.me

    def set_my_commands(self, call: Call) -> bool:
        """The bot's menu."""
        commands = call.parameters.get("commands", [])
        for command in commands:
            if not _COMMAND.fullmatch(command["command"]):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self._world.commands = list(commands)
        return True

    def get_my_commands(self, _: Call) -> list[Json]:
        """The bot's menu."""
        return self._world.commands

    def set_webhook(self, call: Call) -> bool:
        """Where to bring updates; on this machine without https too, as a local API server does."""
        url, secret = call.parameters.get("url", ""), call.parameters.get("secret_token", "")
        if url and not url.startswith(("https://", *_HERE)):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not _SECRET.fullmatch(secret):
            raise bad("secret token contains unallowed characters")
        allowed = call.parameters.get("allowed_updates")
        self._world.webhook = Webhook(url, secret)
        self._world.allowed = tuple(allowed) if allowed else self._world.allowed
        self._drop(call)
        return True

    def delete_webhook(self, call: Call) -> bool:
        """Keep updates until they are asked for."""
        self._world.webhook = Webhook()
        self._drop(call)
        return True

    def get_webhook_info(self, _: Call) -> Json:
        """What is known of the webhook."""
        webhook = self._world.webhook
        info: Json = {
            "url": webhook.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._world.waiting()),
        }
        if webhook.error:
            info |= {"last_error_date": webhook.error_date, "last_error_message": webhook.error}
        if self._world.allowed:
            info["allowed_updates"] = list(self._world.allowed)
        return info

    def _drop(self, call: Call) -> None:
        if call.parameters.get("drop_pending_updates"):
            self._world.forget(*(update["update_id"] for update in self._world.waiting()))
