//! `messages.*`: what is reported to the moderators (<https://core.telegram.org/api/report>).
use ferogram_sync::tl::{enums, functions, types};

use crate::world::World;

use super::done::Answer;
use super::errors::{bad, unregistered};
use super::input;
use super::seam::Caller;

/// What one may choose: the bytes, and what it says.
const OPTIONS: [(&[u8], &str); 3] = [
    (b"spam", "Spam"),
    (b"violence", "Violence"),
    (b"other", "Something else"),
];

/// Where a comment is asked for: what was chosen, under which bytes the comment has to come, and
/// whether it may be left out.
const COMMENTS: [(&[u8], &[u8], bool); 2] = [
    (b"violence", b"violence/comment", true),
    (b"other", b"other/comment", false),
];

/// `messages.report` (<https://core.telegram.org/method/messages.report>).
pub(crate) fn report(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::Report,
) -> Answer<enums::ReportResult> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    let is_there = |id: &i32| world.post_at(me, peer, *id).is_some();
    if request.id.is_empty() || !request.id.iter().all(is_there) {
        return Err(bad("MESSAGE_ID_INVALID"));
    }
    if request.option.is_empty() {
        let options = OPTIONS.iter().map(|(option, text)| {
            types::MessageReportOption {
                text: (*text).to_owned(),
                option: option.to_vec(),
            }
            .into()
        });
        let choice = types::ReportResultChooseOption {
            title: "What is wrong?".to_owned(),
            options: options.collect(),
        };
        return Ok(enums::ReportResult::from(choice).into());
    }
    let option = &request.option[..];
    let comment = COMMENTS.iter().find(|(chosen, asked, optional)| {
        // With nothing said, what must not be left out is asked for again.
        *chosen == option || (*asked == option && !optional && request.message.is_empty())
    });
    if let Some((_, option, optional)) = comment {
        let comment = types::ReportResultAddComment {
            optional: *optional,
            option: option.to_vec(),
        };
        return Ok(enums::ReportResult::from(comment).into());
    }
    let is_last = COMMENTS.iter().any(|(_, asked, _)| *asked == option)
        || OPTIONS.iter().any(|(chosen, _)| *chosen == option);
    if !is_last {
        return Err(bad("OPTION_INVALID"));
    }
    Ok(enums::ReportResult::Reported.into())
}

/// `messages.reportSpam` (<https://core.telegram.org/method/messages.reportSpam>).
pub(crate) fn report_spam(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ReportSpam,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    input::peer(world, me, &request.peer)?;
    Ok(true.into())
}

/// `messages.reportReaction` (<https://core.telegram.org/method/messages.reportReaction>).
pub(crate) fn report_reaction(
    world: &mut World,
    caller: &Caller,
    request: functions::messages::ReportReaction,
) -> Answer<bool> {
    let me = caller.user.ok_or_else(unregistered)?;
    let peer = input::peer(world, me, &request.peer)?;
    input::peer(world, me, &request.reaction_peer)?;
    let post = world.post_at(me, peer, request.id);
    post.ok_or_else(|| bad("MESSAGE_ID_INVALID"))?;
    Ok(true.into())
}
