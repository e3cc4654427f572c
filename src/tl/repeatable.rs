//! Which methods may be carried out twice without anyone noticing.
use super::facts::REPEATABLE;

/// Whether a method may be carried out twice: it only reads, it sets what stays the same when it is
/// set again, or the server knows the request by its `random_id` and drops the second.
///
/// Only a request of such a method is repeated when nobody can tell whether the server carried it
/// out. The table, with the reason for each, is the project's `schema/repeatable.tsv`; what is in
/// doubt is not in it.
///
/// ```
/// use ferogram_sync::tl::{self, Identifiable, functions};
///
/// assert!(tl::may_be_repeated(functions::messages::GetHistory::CONSTRUCTOR_ID));
/// assert!(tl::may_be_repeated(functions::messages::SendMessage::CONSTRUCTOR_ID));
/// let presses_a_button = functions::messages::GetBotCallbackAnswer::CONSTRUCTOR_ID;
/// assert!(!tl::may_be_repeated(presses_a_button));
/// ```
///
/// See <https://core.telegram.org/methods>.
#[must_use]
pub fn may_be_repeated(constructor_id: u32) -> bool {
    REPEATABLE.binary_search(&constructor_id).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::{Identifiable, functions as f};

    #[test]
    fn what_reads_sets_or_carries_a_random_id_may_and_the_rest_may_not() {
        for id in [
            f::messages::GetHistory::CONSTRUCTOR_ID,
            f::contacts::Search::CONSTRUCTOR_ID,
            f::messages::ReadHistory::CONSTRUCTOR_ID,
            f::channels::ReadMessageContents::CONSTRUCTOR_ID,
            f::messages::SendMessage::CONSTRUCTOR_ID,
            f::messages::SendMultiMedia::CONSTRUCTOR_ID,
            f::payments::SendStarGiftOffer::CONSTRUCTOR_ID,
            f::upload::SaveFilePart::CONSTRUCTOR_ID,
            f::upload::SaveBigFilePart::CONSTRUCTOR_ID,
        ] {
            assert!(may_be_repeated(id), "{:?}", crate::tl::name_of(id));
        }
        for id in [
            f::messages::GetBotCallbackAnswer::CONSTRUCTOR_ID,
            f::messages::GetMessagesViews::CONSTRUCTOR_ID,
            f::account::ResolveBusinessChatLink::CONSTRUCTOR_ID,
            f::messages::ReadMentions::CONSTRUCTOR_ID,
            f::messages::EditMessage::CONSTRUCTOR_ID,
            f::messages::DeleteMessages::CONSTRUCTOR_ID,
            f::messages::ClickSponsoredMessage::CONSTRUCTOR_ID,
            f::auth::SendCode::CONSTRUCTOR_ID,
            f::auth::ImportBotAuthorization::CONSTRUCTOR_ID,
            f::wallet::SendTransfer::CONSTRUCTOR_ID,
            f::channels::SearchPosts::CONSTRUCTOR_ID,
            0,
        ] {
            assert!(!may_be_repeated(id), "{:?}", crate::tl::name_of(id));
        }
    }
}
