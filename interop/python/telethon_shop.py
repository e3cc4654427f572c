"""A bot of ours that sells: Telethon reads what it says of itself, pays it, and opens its mini app."""

import asyncio
import logging
from urllib.parse import parse_qs, urlsplit

from telethon import functions, types

from report import FACTS, attempt, expect
from telethon_client import client, sign_in
from telethon_events import ours

APP = "https://tea.example/cups"


async def what_it_says(alice, bot):
    """Its commands, its texts and its menu button."""
    full = (await alice(functions.users.GetFullUserRequest(bot))).full_user
    commands = [(it.command, it.description) for it in full.bot_info.commands]
    expect("its commands", commands, [("buy", "Buy tea"), ("cancel", "Think again")])
    texts = (full.about, full.bot_info.description)
    expect("its texts", texts, ("Tea", "Sells tea"))
    button = full.bot_info.menu_button
    expect("its button", (button.text, button.url), ("Shop", "https://tea.example"))


async def paying(alice, bot, line):
    """An invoice, its form, and the payment: the bot is told of it."""
    async with alice.conversation(bot) as talk:
        await talk.send_message("/buy")
        invoice = await talk.get_response()
    expect("the price", invoice.media.total_amount, 1250)
    invoice = types.InputInvoiceMessage(bot, invoice.id)
    form = await alice(functions.payments.GetPaymentFormRequest(invoice))
    expect("what is sold", (form.title, form.invoice.currency), ("Tea", "EUR"))
    card = types.InputPaymentCredentials(types.DataJSON('{"card": "of nobody"}'))
    pay = functions.payments.SendPaymentFormRequest(form.form_id, invoice, card)
    done = await alice(pay)
    expect("the answer", type(done).__name__, "PaymentResult")
    expect("what the bot is told", await line(), "paid 1250 EUR")
    (last,) = await alice.get_messages(bot, limit=1)
    expect("what the payer sees", type(last.action).__name__, "MessageActionPaymentSent")


async def opening(alice, bot, line, tell):
    """Its page is told who opens it; the bot checks that, and ends it by a message."""
    page = await alice(functions.messages.RequestWebViewRequest(
        peer=bot, bot=bot, platform="tdesktop", url=APP, start_param="two",
    ))
    prolong = functions.messages.ProlongWebViewRequest(bot, bot, page.query_id)
    expect("it is open", await alice(prolong), True)
    told = parse_qs(urlsplit(page.url).fragment)["tgWebAppData"][0]
    tell(told)
    expect("what the bot says", await line(), "answered")
    (last,) = await alice.get_messages(bot, limit=1)
    seen = (last.raw_text, last.out, last.via_bot_id)
    expect("the message", seen, ("Two cups", True, FACTS["bot"]["id"]))


async def main():
    logging.basicConfig(level=logging.WARNING)
    alice = client()
    await sign_in(alice, FACTS["user"])
    async with ours("sell") as (line, tell, end):
        expect("what our bot says", await line(), "ready")
        bot = await alice.get_input_entity(FACTS["bot"]["username"])
        await attempt("our bot's commands and profile", what_it_says(alice, bot))
        await attempt("our bot is paid", paying(alice, bot, line))
        await attempt("our bot's mini app", opening(alice, bot, line, tell))
        end()
    await alice.log_out()


asyncio.run(main())
