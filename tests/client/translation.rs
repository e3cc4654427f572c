//! Translating messages and texts.
use ferogram_sync::text::FormattedText;
use localdc::LocalDc;

#[test]
fn many_are_translated_in_the_order_in_which_they_were_given() {
    let dc = LocalDc::start().expect("it listens");
    let ann = dc.user();
    let numbers = 0..45;
    let ids: Vec<i32> = numbers
        .clone()
        .map(|number| ann.send_message("me", number.to_string()).expect("sent"))
        .map(|message| message.id())
        .collect();
    let wanted: Vec<String> = numbers
        .clone()
        .map(|number| format!("[de] {number}"))
        .collect();
    let words = |texts: Vec<FormattedText>| -> Vec<String> {
        texts.into_iter().map(|it| it.text).collect()
    };
    let texts = ann
        .translate_messages("me", &ids, "de")
        .expect("it answers");
    assert_eq!(words(texts), wanted);
    let plain = numbers.map(|number| FormattedText::from(number.to_string()));
    let texts = ann.translate_texts(plain, "de").expect("it answers");
    assert_eq!(words(texts), wanted);
    assert_eq!(dc.executed("messages.translateText"), 6, "20 at once");
}
