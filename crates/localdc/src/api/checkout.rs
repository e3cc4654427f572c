//! `payments.*`: buying what bots sell, and what the bots say to that
//! (<https://core.telegram.org/api/payments>).
use std::time::Duration;

use ferogram_sync::tl::{Serialize, enums, functions, types};

use crate::world::{Buyer, Letter, Order, Paying, Peer, ReplyTo, Sale, World};

use super::done::{Answer, Done};
use super::errors::{bad, not_acceptable, unregistered};
use super::input;
use super::push::{announce, container, done, own, passing};
use super::seam::{Caller, Push, RpcError, SessionKey};
use super::view::View;

/// How long a bot may take to answer
/// (<https://core.telegram.org/method/messages.setBotPrecheckoutResults>).
const PATIENCE: Duration = Duration::from_secs(10);

/// The currency of what is paid with Stars (<https://core.telegram.org/api/stars>).
const STARS: &str = "XTR";

/// What is sold by what is attached to a message.
pub(super) fn sale_of(me: i64, media: &enums::InputMedia) -> Option<Box<Sale>> {
    let enums::InputMedia::Invoice(it) = media else {
        return None;
    };
    let enums::Invoice::Invoice(terms) = &it.invoice;
    Some(Box::new(Sale {
        bot: me,
        title: it.title.clone(),
        description: it.description.clone(),
        payload: it.payload.clone(),
        terms: (**terms).clone(),
    }))
}

/// What somebody wants to buy.
fn bought(
    world: &World,
    me: i64,
    invoice: &enums::InputInvoice,
) -> Result<(Buyer, Sale), RpcError> {
    let enums::InputInvoice::Message(it) = invoice else {
        return Err(bad("INVOICE_INVALID"));
    };
    let peer = input::peer(world, me, &it.peer)?;
    let spot = world.spot(me, peer, it.msg_id);
    let post = spot.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?.post;
    let sale = sale_at(world, post).ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    Ok((Buyer { user: me, post }, sale.clone()))
}

fn sale_at(world: &World, post: crate::world::PostId) -> Option<&Sale> {
    world.posts.get(&post)?.text()?.sale.as_deref()
}

/// `payments.getPaymentForm` (<https://core.telegram.org/method/payments.getPaymentForm>): each
/// buys one thing once.
pub(crate) fn get_payment_form(
    world: &mut World,
    caller: &Caller,
    request: functions::payments::GetPaymentForm,
) -> Answer<enums::payments::PaymentForm> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (buyer, sale) = bought(world, me, &request.invoice)?;
    if world.checkout.paid.contains(&(buyer.post, me)) {
        return Err(bad("NO_PAYMENT_NEEDED"));
    }
    let form_id = world.chance.number();
    world.checkout.forms.insert(form_id, buyer);
    let mut view = View::new(world, me);
    view.user_peer(sale.bot);
    let (users, _) = view.shown();
    let answer: enums::payments::PaymentForm = match sale.terms.currency == STARS {
        true => types::payments::PaymentFormStars {
            form_id,
            bot_id: sale.bot,
            title: sale.title,
            description: sale.description,
            photo: None,
            invoice: sale.terms.into(),
            users,
        }
        .into(),
        false => types::payments::PaymentForm {
            form_id,
            bot_id: sale.bot,
            title: sale.title,
            description: sale.description,
            invoice: sale.terms.into(),
            provider_id: sale.bot,
            url: "https://example.com/pay".to_owned(),
            users,
            ..Default::default()
        }
        .into(),
    };
    Ok(answer.into())
}

/// `payments.validateRequestedInfo`
/// (<https://core.telegram.org/method/payments.validateRequestedInfo>): where the price depends on
/// how it is sent, the bot is asked, and its answer is this one's.
pub(crate) fn validate_requested_info(
    world: &mut World,
    caller: &Caller,
    request: functions::payments::ValidateRequestedInfo,
) -> Answer<enums::payments::ValidatedRequestedInfo> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (buyer, sale) = bought(world, me, &request.invoice)?;
    let enums::PaymentRequestedInfo::Info(info) = request.info;
    let terms = &sale.terms;
    let told = |text: &Option<String>| text.as_ref().is_some_and(|it| !it.is_empty());
    // The page does not say with what it refuses what is missing.
    let missing = [
        (
            terms.name_requested && !told(&info.name),
            "FIRSTNAME_INVALID",
        ),
        (
            terms.phone_requested && !told(&info.phone),
            "PHONE_NUMBER_INVALID",
        ),
        (terms.email_requested && !told(&info.email), "EMAIL_INVALID"),
        (
            terms.shipping_address_requested && info.shipping_address.is_none(),
            "ADDRESS_INVALID",
        ),
    ];
    if let Some((_, name)) = missing.iter().find(|(is_missing, _)| *is_missing) {
        return Err(bad(name));
    }
    let order = Order {
        buyer,
        info: *info,
        shipping: Vec::new(),
    };
    let address = order.info.shipping_address.clone();
    let address = address.filter(|_| terms.flexible && terms.shipping_address_requested);
    let Some(shipping_address) = address else {
        return Ok(accepted(world, order).into());
    };
    let query_id = world.chance.number();
    let mut view = View::new(world, sale.bot);
    view.user_peer(me);
    let update = types::UpdateBotShippingQuery {
        query_id,
        user_id: me,
        payload: sale.payload,
        shipping_address,
    };
    let push = asked(world, view, update.into());
    world.checkout.shipping.insert(query_id, order);
    world.presses.ask(query_id, sale.bot);
    let later = Done::from(enums::payments::ValidatedRequestedInfo::default());
    Ok(later.pushing(vec![push]).waiting_for(query_id, PATIENCE))
}

fn accepted(world: &mut World, order: Order) -> enums::payments::ValidatedRequestedInfo {
    let id = world.chance.number().to_string();
    let options = order.shipping.iter().cloned().map(Into::into);
    let options: Vec<enums::ShippingOption> = options.collect();
    world.checkout.orders.insert(id.clone(), order);
    types::payments::ValidatedRequestedInfo {
        id: Some(id),
        shipping_options: (!options.is_empty()).then_some(options),
    }
    .into()
}

/// A question to a bot.
fn asked(world: &World, view: View<'_>, update: enums::Update) -> Push {
    Push {
        user: view.viewer(),
        updates: container(world, view, vec![update]).to_bytes(),
        except: None,
    }
}

/// `messages.setBotShippingResults`
/// (<https://core.telegram.org/method/messages.setBotShippingResults>).
pub(crate) fn set_bot_shipping_results(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SetBotShippingResults,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let options = request.shipping_options.unwrap_or_default().into_iter();
    let options = options.map(|enums::ShippingOption::Option(it)| *it);
    let options: Vec<types::ShippingOption> = options.collect();
    let refusal = request.error.filter(|error| !error.is_empty());
    if refusal.is_none() && options.is_empty() {
        return Err(bad("ERROR_TEXT_EMPTY"));
    }
    if !world.checkout.shipping.contains_key(&request.query_id)
        || !world.presses.answer(request.query_id, me)
    {
        return Err(bad("QUERY_ID_INVALID"));
    }
    let order = world.checkout.shipping.remove(&request.query_id);
    let mut order = order.ok_or_else(|| bad("QUERY_ID_INVALID"))?;
    if let Some(text) = refusal {
        return Ok(declined(world, request.query_id, order.buyer.user, text));
    }
    order.shipping = options;
    let answer = accepted(world, order);
    Ok(Done::from(true).settling(request.query_id, answer.to_bytes()))
}

/// Ends a call that waits with a refusal, whose words the user is shown apart from it: as with all
/// of 406 (<https://core.telegram.org/api/errors#406-not-acceptable>). For what is not sent the
/// pages have no name of its own.
fn declined(world: &World, query_id: i64, user: i64, text: String) -> Done<bool> {
    let update = types::UpdateServiceNotification {
        popup: true,
        r#type: "PRECHECKOUT_FAILED".to_owned(),
        message: text,
        ..Default::default()
    };
    let push = passing(world, user, update.into());
    let refusal = not_acceptable("PRECHECKOUT_FAILED");
    Done::from(true)
        .pushing(vec![push])
        .settling_with(query_id, refusal)
}

/// `payments.sendPaymentForm` (<https://core.telegram.org/method/payments.sendPaymentForm>): the
/// bot is asked whether it can deliver. Nothing is charged here.
pub(crate) fn send_payment_form(
    world: &mut World,
    caller: &Caller,
    request: functions::payments::SendPaymentForm,
) -> Answer<enums::payments::PaymentResult> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (buyer, sale) = bought(world, me, &request.invoice)?;
    if sale.terms.currency == STARS {
        return Err(bad("FORM_UNSUPPORTED"));
    }
    let given = match &request.credentials {
        enums::InputPaymentCredentials::Credentials(it) => {
            let enums::DataJson::Json(json) = &it.data;
            !json.data.trim().is_empty()
        }
        _ => false,
    };
    if !given {
        return Err(bad("PAYMENT_CREDENTIALS_INVALID"));
    }
    let order = request.requested_info_id;
    let order = order.map(|id| world.checkout.orders.get(&id).cloned());
    let order = match order {
        Some(order) => Some(order.ok_or_else(|| bad("INVOICE_INVALID"))?),
        None => None,
    };
    let tip = request.tip_amount.unwrap_or(0);
    let shipping = request.shipping_option_id;
    let total_amount = total(&sale, order.as_ref(), shipping.as_deref(), tip)?;
    let other = |order: &Order| order.buyer.user != me || order.buyer.post != buyer.post;
    if order.as_ref().is_some_and(other) {
        return Err(bad("INVOICE_INVALID"));
    }
    take_form(world, request.form_id, &buyer)?;
    let paying = Paying {
        buyer,
        session: (caller.session.key_id, caller.session.session_id),
        total_amount,
        info: order.map(|order| order.info),
        shipping_option_id: shipping,
    };
    Ok(ask_whether(world, sale, paying))
}

/// `payments.sendStarsForm` (<https://core.telegram.org/method/payments.sendStarsForm>).
pub(crate) fn send_stars_form(
    world: &mut World,
    caller: &Caller,
    request: functions::payments::SendStarsForm,
) -> Answer<enums::payments::PaymentResult> {
    let me = caller.user.ok_or_else(unregistered)?;
    let (buyer, sale) = bought(world, me, &request.invoice)?;
    if sale.terms.currency != STARS {
        return Err(bad("FORM_UNSUPPORTED"));
    }
    let total_amount = total(&sale, None, None, 0)?;
    let balance = world.account(me).map_or(0, |account| account.stars);
    if balance < total_amount {
        return Err(bad("BALANCE_TOO_LOW"));
    }
    take_form(world, request.form_id, &buyer)?;
    let paying = Paying {
        buyer,
        session: (caller.session.key_id, caller.session.session_id),
        total_amount,
        info: None,
        shipping_option_id: None,
    };
    Ok(ask_whether(world, sale, paying))
}

/// How much is paid in all. What was asked for has to be told, and how it is sent to be one of the
/// bot's ways.
fn total(
    sale: &Sale,
    order: Option<&Order>,
    shipping: Option<&str>,
    tip: i64,
) -> Result<i64, RpcError> {
    let terms = &sale.terms;
    let asks = terms.name_requested
        || terms.phone_requested
        || terms.email_requested
        || terms.shipping_address_requested;
    if asks && order.is_none() || !(0..=terms.max_tip_amount.unwrap_or(0)).contains(&tip) {
        return Err(bad("INVOICE_INVALID"));
    }
    let ways = order.map_or(&[][..], |order| &order.shipping);
    let way = shipping.map(|id| ways.iter().find(|way| way.id == id));
    let way = match (way, ways.is_empty()) {
        (Some(Some(way)), _) => &way.prices[..],
        (None, true) => &[],
        _ => return Err(bad("INVOICE_INVALID")),
    };
    let prices = terms.prices.iter().chain(way);
    let amounts = prices.map(|enums::LabeledPrice::Price(it)| it.amount);
    Ok(amounts.sum::<i64>() + tip)
}

/// A form is good once, for what it was asked for.
fn take_form(world: &mut World, form_id: i64, buyer: &Buyer) -> Result<(), RpcError> {
    if form_id == 0 {
        return Err(bad("FORM_ID_EMPTY"));
    }
    let form = world.checkout.forms.get(&form_id);
    let own = form.is_some_and(|it| (it.user, it.post) == (buyer.user, buyer.post));
    match own && world.checkout.forms.remove(&form_id).is_some() {
        true => Ok(()),
        false => Err(bad("FORM_EXPIRED")),
    }
}

fn ask_whether(
    world: &mut World,
    sale: Sale,
    paying: Paying,
) -> Done<enums::payments::PaymentResult> {
    let query_id = world.chance.number();
    let mut view = View::new(world, sale.bot);
    view.user_peer(paying.buyer.user);
    let update = types::UpdateBotPrecheckoutQuery {
        query_id,
        user_id: paying.buyer.user,
        payload: sale.payload,
        info: paying.info.clone().map(Into::into),
        shipping_option_id: paying.shipping_option_id.clone(),
        currency: sale.terms.currency,
        total_amount: paying.total_amount,
    };
    let push = asked(world, view, update.into());
    world.checkout.paying.insert(query_id, paying);
    world.presses.ask(query_id, sale.bot);
    let later = Done::from(enums::payments::PaymentResult::default());
    later.pushing(vec![push]).waiting_for(query_id, PATIENCE)
}

/// `messages.setBotPrecheckoutResults`
/// (<https://core.telegram.org/method/messages.setBotPrecheckoutResults>).
pub(crate) fn set_bot_precheckout_results(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::SetBotPrecheckoutResults,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let text = request.error.filter(|error| !error.is_empty());
    if !request.success && text.is_none() {
        return Err(bad("ERROR_TEXT_EMPTY"));
    }
    if !world.checkout.paying.contains_key(&request.query_id)
        || !world.presses.answer(request.query_id, me)
    {
        return Err(bad("QUERY_ID_INVALID"));
    }
    let paying = world.checkout.paying.remove(&request.query_id);
    let paying = paying.ok_or_else(|| bad("QUERY_ID_INVALID"))?;
    match text.filter(|_| !request.success) {
        Some(text) => {
            let user = paying.buyer.user;
            Ok(declined(world, request.query_id, user, text))
        }
        None => paid(world, me, request.query_id, paying),
    }
}

/// The payment is made: both sides get a message of it.
fn paid(world: &mut World, bot: i64, query_id: i64, paying: Paying) -> Answer<bool> {
    let Buyer { user, post } = paying.buyer;
    let sale = sale_at(world, post).ok_or_else(|| bad("INVOICE_INVALID"))?;
    let (currency, payload) = (sale.terms.currency.clone(), sale.payload.clone());
    if currency == STARS {
        for (account, amount) in [(user, -paying.total_amount), (bot, paying.total_amount)] {
            if let Some(account) = world.account_mut(account) {
                account.stars += amount;
            }
        }
    }
    let charge = types::PaymentCharge {
        id: format!("localdc_{}", world.chance.number()),
        provider_charge_id: format!("provider_{}", world.chance.number()),
    };
    let action = types::MessageActionPaymentSentMe {
        currency,
        total_amount: paying.total_amount,
        payload,
        info: paying.info.map(Into::into),
        shipping_option_id: paying.shipping_option_id,
        charge: charge.into(),
        ..Default::default()
    };
    let with_bot = world.posts.get(&post).and_then(|it| it.id_for(bot));
    let reply = with_bot.map(|_| ReplyTo {
        post,
        quote: None,
        away: None,
    });
    let letter = Letter {
        reply,
        ..Letter::service(action, &[])
    };
    world.checkout.paid.insert((post, user));
    let told = world.deliver(user, Peer::User(bot), letter);
    let mut pushes = announce(world, &told);
    let (key_id, session_id) = paying.session;
    for push in pushes.iter_mut().filter(|push| push.user == user) {
        push.except = Some(SessionKey { key_id, session_id });
    }
    let own: Vec<_> = own(&told, user).into_iter().collect();
    let updates = done(world, &own);
    let answer: enums::payments::PaymentResult = types::payments::PaymentResult { updates }.into();
    let answered = Done::from(true).settling(query_id, answer.to_bytes());
    Ok(answered.pushing(pushes))
}
