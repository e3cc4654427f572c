//! Buying what a bot sells: what the bot is asked, and what its answers do.
use std::thread;
use std::time::Duration;

use ferogram_sync::action::MessageAction;
use ferogram_sync::tl::enums::{InputInvoice, PaymentRequestedInfo};
use ferogram_sync::tl::functions::payments as f;
use ferogram_sync::tl::{enums, types};
use ferogram_sync::update::{PreCheckoutQuery, ShippingQuery};
use ferogram_sync::{
    Client, Error, HistoryEntry, InputMessage, Invoice, ShippingOption, Update, Updates,
};
use localdc::LocalDc;

/// A bot that sells something, who wants to buy it, and the invoice as she writes it.
struct Shop {
    dc: LocalDc,
    bot: Client,
    ann: Client,
    asked: Updates,
    bot_name: String,
    invoice: InputInvoice,
}

impl Shop {
    fn selling(invoice: Invoice) -> Self {
        let dc = LocalDc::start().expect("it listens");
        let (bot, ann) = (dc.bot(), dc.user());
        let me = bot.get_me().expect("signed in");
        let bot_name = format!("@{}", me.username().expect("bots have one"));
        ann.send_message(&*bot_name, "/start").expect("it exists");
        let asked = bot.updates();
        let message = InputMessage::default().media(invoice);
        bot.send_message(ann.my_id().expect("signed in"), message)
            .expect("she has begun");
        let last = ann.iter_messages(&*bot_name).next();
        let msg_id = last.expect("there is one").expect("told").id();
        let peer = ann.resolve_peer(&*bot_name).expect("it exists");
        let invoice = types::InputInvoiceMessage { peer, msg_id }.into();
        Self {
            dc,
            bot,
            ann,
            asked,
            bot_name,
            invoice,
        }
    }

    fn form(&self) -> Result<enums::payments::PaymentForm, Error> {
        self.ann.invoke(&f::GetPaymentForm {
            invoice: self.invoice.clone(),
            theme_params: None,
        })
    }

    fn form_id(&self) -> i64 {
        match self.form().expect("it is for sale") {
            enums::payments::PaymentForm::Form(it) => it.form_id,
            enums::payments::PaymentForm::Stars(it) => it.form_id,
            other => panic!("{other:?}"),
        }
    }

    fn order(&self, info: types::PaymentRequestedInfo) -> f::ValidateRequestedInfo {
        f::ValidateRequestedInfo {
            save: false,
            invoice: self.invoice.clone(),
            info: info.into(),
        }
    }

    fn payment(&self, order: Option<String>, shipping: Option<&str>) -> f::SendPaymentForm {
        let data = types::DataJson {
            data: "{\"token\":\"7\"}".to_owned(),
        };
        f::SendPaymentForm {
            form_id: self.form_id(),
            invoice: self.invoice.clone(),
            requested_info_id: order,
            shipping_option_id: shipping.map(str::to_owned),
            credentials: types::InputPaymentCredentials {
                save: false,
                data: data.into(),
            }
            .into(),
            tip_amount: None,
        }
    }

    /// What the last message between them says was paid, as she sees it, and whether she sees what
    /// only the bot is to know.
    fn last_paid(&self) -> (i64, bool) {
        let mut entries = self.ann.iter_messages(&*self.bot_name).with_service();
        let last = entries.next().expect("there is one").expect("told");
        let HistoryEntry::Service(message) = &last else {
            panic!("{last:?}");
        };
        let MessageAction::Paid(paid) = message.action() else {
            panic!("{message:?}");
        };
        (paid.total_amount, paid.charge.is_some())
    }
}

fn tea() -> Invoice {
    Invoice::new("Tea", "A pound", "pound", "EUR")
        .price("Tea", 1250)
        .provider("a token")
}

fn next<T>(updates: &mut Updates, wanted: fn(Update) -> Option<T>) -> T {
    loop {
        let update = updates.next_timeout(Duration::from_secs(30));
        if let Some(found) = wanted(update.expect("it comes")) {
            return found;
        }
    }
}

fn pre_checkout(update: Update) -> Option<PreCheckoutQuery> {
    match update {
        Update::PreCheckoutQuery(query) => Some(query),
        _ => None,
    }
}

fn shipping(update: Update) -> Option<ShippingQuery> {
    match update {
        Update::ShippingQuery(query) => Some(query),
        _ => None,
    }
}

/// What somebody is told who cannot buy.
fn notice(update: Update) -> Option<String> {
    match update {
        Update::ServiceNotification(it) => Some(it.raw.message.clone()),
        _ => None,
    }
}

/// What the bot is told when somebody has paid: how much, and what it has written to itself.
fn paid(update: Update) -> Option<(i64, Vec<u8>, Option<String>)> {
    let Update::ServiceMessage(message) = update else {
        return None;
    };
    let MessageAction::Paid(paid) = message.action() else {
        return None;
    };
    let charge = paid.charge.expect("the bot sees it");
    let shipping = charge.shipping_option_id.map(str::to_owned);
    Some((paid.total_amount, charge.payload.to_vec(), shipping))
}

#[test]
fn what_the_bot_accepts_is_paid_and_told_to_both() {
    let mut shop = Shop::selling(tea());
    let payment = shop.payment(None, None);
    let query = thread::scope(|scope| {
        let paying = scope.spawn(|| shop.ann.invoke(&payment));
        let query = next(&mut shop.asked, pre_checkout);
        query.accept().expect("in time");
        let answer = paying.join().expect("no panic").expect("it is paid");
        let enums::payments::PaymentResult::Result(answer) = answer else {
            panic!("{answer:?}");
        };
        assert!(matches!(answer.updates, enums::Updates::Updates(_)));
        query
    });
    assert_eq!(
        (query.payload(), query.total_amount()),
        (&b"pound"[..], 1250)
    );
    assert_eq!(Some(query.user_id()), shop.ann.my_id());
    assert_eq!(query.currency(), "EUR");
    let told = next(&mut shop.asked, paid);
    assert_eq!(told, (1250, b"pound".to_vec(), None));
    // Whoever has paid does not see what the bot has written to itself.
    assert_eq!(shop.last_paid(), (1250, false));
    let error = query.accept().expect_err("once only");
    assert!(error.is("QUERY_ID_INVALID"), "{error}");
    let error = shop.form().expect_err("it is paid");
    assert!(error.is("NO_PAYMENT_NEEDED"), "{error}");
    let error = shop.ann.invoke(&payment).expect_err("the form is used up");
    assert!(error.is("FORM_EXPIRED"), "{error}");
}

#[test]
fn what_the_bot_declines_is_not_paid_and_the_reason_is_told() {
    let mut shop = Shop::selling(tea());
    let mut hers = shop.ann.updates();
    let payment = shop.payment(None, None);
    let error = thread::scope(|scope| {
        let paying = scope.spawn(|| shop.ann.invoke(&payment));
        let query = next(&mut shop.asked, pre_checkout);
        let error = query.decline(" ").expect_err("that says nothing");
        assert!(matches!(error, Error::Argument(_)), "{error}");
        query.decline("There is none left").expect("in time");
        paying
            .join()
            .expect("no panic")
            .expect_err("it is declined")
    });
    assert!(error.is("PRECHECKOUT_FAILED"), "{error}");
    let told = next(&mut hers, notice);
    assert_eq!(told, "There is none left");
    let last = shop
        .ann
        .iter_messages(&*shop.bot_name)
        .with_service()
        .next();
    let last = last.expect("there is one").expect("told");
    assert!(matches!(last, HistoryEntry::Message(_)), "{last:?}");
    // It can be tried again, with another form.
    shop.form().expect("nothing was paid");
}

#[test]
fn a_bot_that_says_nothing_sells_nothing() {
    let mut shop = Shop::selling(tea());
    shop.dc.set_callback_patience(Duration::from_millis(100));
    let payment = shop.payment(None, None);
    let error = shop.ann.invoke(&payment).expect_err("nobody answers");
    assert!(error.is("BOT_RESPONSE_TIMEOUT"), "{error}");
    let query = next(&mut shop.asked, pre_checkout);
    let error = query.accept().expect_err("it is too late");
    assert!(error.is("QUERY_ID_INVALID"), "{error}");
    shop.form().expect("nothing was paid");
}

#[test]
fn how_it_is_sent_is_asked_and_added_to_the_price() {
    let mut shop = Shop::selling(tea().asks_address(true).asks_name(true).flexible(true));
    let address = types::PostAddress {
        city: "Berlin".to_owned(),
        ..Default::default()
    };
    let mut info = types::PaymentRequestedInfo {
        shipping_address: Some(address.into()),
        ..Default::default()
    };
    let error = shop.ann.invoke(&shop.order(info.clone()));
    assert!(error.expect_err("no name").is("FIRSTNAME_INVALID"));
    info.name = Some("Ann".to_owned());
    let order = shop.order(info);
    let mut hers = shop.ann.updates();
    let mut asking = |answer: &(dyn Fn(&ShippingQuery) -> Result<(), Error> + Sync)| {
        thread::scope(|scope| {
            let telling = scope.spawn(|| shop.ann.invoke(&order));
            let query = next(&mut shop.asked, shipping);
            assert_eq!(
                (query.payload(), &*query.address().city),
                (&b"pound"[..], "Berlin")
            );
            answer(&query).expect("in time");
            let error = query.decline("No").expect_err("once only");
            assert!(error.is("QUERY_ID_INVALID"), "{error}");
            telling.join().expect("no panic")
        })
    };
    let error = asking(&|query| query.decline("Not there")).expect_err("declined");
    assert!(error.is("PRECHECKOUT_FAILED"), "{error}");
    assert_eq!(next(&mut hers, notice), "Not there");
    let ways = || {
        let post = ShippingOption::new("post", "By post").price("Stamps", 390);
        [
            post,
            ShippingOption::new("dove", "By dove").price("Corn", 10),
        ]
    };
    let validated = asking(&|query| {
        let error = query.offer([]).expect_err("no way");
        assert!(matches!(error, Error::Argument(_)), "{error}");
        query.offer(ways())
    });
    let enums::payments::ValidatedRequestedInfo::Info(validated) = validated.expect("answered");
    let offered = validated.shipping_options.clone().expect("there are two");
    let raw = ways().map(|way| way.raw.into());
    assert_eq!(offered, raw);
    for (order, way) in [
        (None, None),
        (validated.id.clone(), None),
        (validated.id.clone(), Some("cat")),
    ] {
        let error = shop.ann.invoke(&shop.payment(order, way));
        assert!(error.expect_err("not so").is("INVOICE_INVALID"));
    }
    let payment = shop.payment(validated.id.clone(), Some("post"));
    let query = thread::scope(|scope| {
        let paying = scope.spawn(|| shop.ann.invoke(&payment));
        let query = next(&mut shop.asked, pre_checkout);
        query.accept().expect("in time");
        paying.join().expect("no panic").expect("it is paid");
        query
    });
    assert_eq!(query.total_amount(), 1640);
    assert_eq!(query.shipping_option_id(), Some("post"));
    let name = query.requested().and_then(|it| it.name.clone());
    assert_eq!(name.as_deref(), Some("Ann"));
    let told = next(&mut shop.asked, paid);
    assert_eq!(told, (1640, b"pound".to_vec(), Some("post".to_owned())));
}

#[test]
fn stars_change_hands_when_the_bot_accepts() {
    let pot = Invoice::new("Tea", "A pot", "pot", "XTR").price("Tea", 20);
    let mut shop = Shop::selling(pot);
    let (ann_id, bot_id) = (shop.ann.my_id(), shop.bot.my_id());
    let [ann_id, bot_id] = [ann_id, bot_id].map(|it| it.expect("signed in"));
    let form = |form_id| f::SendStarsForm {
        form_id,
        invoice: shop.invoice.clone(),
    };
    let request = form(shop.form_id());
    let error = shop.ann.invoke(&request).expect_err("she has none");
    assert!(error.is("BALANCE_TOO_LOW"), "{error}");
    shop.dc.give_stars(ann_id, 50);
    let error = shop
        .ann
        .invoke(&form(0))
        .expect_err("there is no such form");
    assert!(error.is("FORM_ID_EMPTY"), "{error}");
    let stars = |shop: &Shop| (shop.dc.stars_of(ann_id), shop.dc.stars_of(bot_id));
    for (reason, left) in [(Some("Later"), (50, 0)), (None, (30, 20))] {
        let request = f::SendStarsForm {
            form_id: shop.form_id(),
            invoice: shop.invoice.clone(),
        };
        let outcome = thread::scope(|scope| {
            let paying = scope.spawn(|| shop.ann.invoke(&request));
            let query = next(&mut shop.asked, pre_checkout);
            let answer = reason.map_or(Ok(()), Err);
            let answered = shop.bot.answer_pre_checkout_query(query.id(), answer);
            answered.expect("in time");
            paying.join().expect("no panic")
        });
        assert_eq!(outcome.is_err(), reason.is_some());
        assert_eq!(stars(&shop), left);
    }
    let told = next(&mut shop.asked, paid);
    assert_eq!(told, (20, b"pot".to_vec(), None));
}

#[test]
fn only_bots_answer_and_only_who_was_asked() {
    let mut shop = Shop::selling(tea());
    let other = shop.dc.bot();
    for error in [
        shop.ann.answer_pre_checkout_query(7, Ok(())),
        shop.ann.answer_shipping_query(7, Err("No")),
    ] {
        assert!(matches!(error, Err(Error::NotForUsers { .. })), "{error:?}");
    }
    let payment = shop.payment(None, None);
    thread::scope(|scope| {
        let paying = scope.spawn(|| shop.ann.invoke(&payment));
        let query = next(&mut shop.asked, pre_checkout);
        let error = other.answer_pre_checkout_query(query.id(), Ok(()));
        assert!(error.expect_err("it was not asked").is("QUERY_ID_INVALID"));
        let error = shop.bot.answer_shipping_query(query.id(), Err("No"));
        assert!(
            error
                .expect_err("it was asked of paying")
                .is("QUERY_ID_INVALID")
        );
        query.accept().expect("in time");
        paying.join().expect("no panic").expect("it is paid");
    });
    let info = PaymentRequestedInfo::default();
    let request = f::ValidateRequestedInfo {
        save: false,
        invoice: types::InputInvoiceMessage {
            peer: enums::InputPeer::PeerSelf,
            msg_id: 1,
        }
        .into(),
        info,
    };
    let error = shop
        .ann
        .invoke(&request)
        .expect_err("nothing is sold there");
    assert!(error.is("MESSAGE_ID_INVALID"), "{error}");
}
