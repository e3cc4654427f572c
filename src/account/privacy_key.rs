//! What of the account is private, and for whom.
use crate::tl::enums::InputPrivacyKey;

/// What of the account is private.
///
/// See <https://core.telegram.org/api/privacy#privacy-keys>.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum PrivacyKey {
    /// When the account was last online.
    LastSeen,
    /// Who may take the account into groups and channels.
    Invites,
    /// Who may call.
    Calls,
    /// With whom calls go directly, so that both see each other's address.
    PeerToPeer,
    /// Whether messages that are forwarded lead to the account.
    Forwards,
    /// The profile photos.
    Photos,
    /// The phone number.
    PhoneNumber,
    /// Who finds the account by its number, if the number itself is hidden from them.
    AddedByPhone,
    /// Who may send voice and round video messages.
    VoiceMessages,
    /// What the account writes about itself.
    About,
    /// The birthday.
    Birthday,
    /// Whose gifts are shown in the profile by themselves.
    Gifts,
    /// Who may write without paying, where messages are to be paid for.
    FreeMessages,
    /// The music in the profile.
    Music,
    /// What has no name here.
    Raw(InputPrivacyKey),
}

impl From<PrivacyKey> for InputPrivacyKey {
    fn from(key: PrivacyKey) -> Self {
        match key {
            PrivacyKey::LastSeen => Self::StatusTimestamp,
            PrivacyKey::Invites => Self::ChatInvite,
            PrivacyKey::Calls => Self::PhoneCall,
            PrivacyKey::PeerToPeer => Self::PhoneP2P,
            PrivacyKey::Forwards => Self::Forwards,
            PrivacyKey::Photos => Self::ProfilePhoto,
            PrivacyKey::PhoneNumber => Self::PhoneNumber,
            PrivacyKey::AddedByPhone => Self::AddedByPhone,
            PrivacyKey::VoiceMessages => Self::VoiceMessages,
            PrivacyKey::About => Self::About,
            PrivacyKey::Birthday => Self::Birthday,
            PrivacyKey::Gifts => Self::StarGiftsAutoSave,
            PrivacyKey::FreeMessages => Self::NoPaidMessages,
            PrivacyKey::Music => Self::SavedMusic,
            PrivacyKey::Raw(raw) => raw,
        }
    }
}

impl From<InputPrivacyKey> for PrivacyKey {
    fn from(raw: InputPrivacyKey) -> Self {
        match raw {
            InputPrivacyKey::StatusTimestamp => Self::LastSeen,
            InputPrivacyKey::ChatInvite => Self::Invites,
            InputPrivacyKey::PhoneCall => Self::Calls,
            InputPrivacyKey::PhoneP2P => Self::PeerToPeer,
            InputPrivacyKey::Forwards => Self::Forwards,
            InputPrivacyKey::ProfilePhoto => Self::Photos,
            InputPrivacyKey::PhoneNumber => Self::PhoneNumber,
            InputPrivacyKey::AddedByPhone => Self::AddedByPhone,
            InputPrivacyKey::VoiceMessages => Self::VoiceMessages,
            InputPrivacyKey::About => Self::About,
            InputPrivacyKey::Birthday => Self::Birthday,
            InputPrivacyKey::StarGiftsAutoSave => Self::Gifts,
            InputPrivacyKey::NoPaidMessages => Self::FreeMessages,
            InputPrivacyKey::SavedMusic => Self::Music,
            other => Self::Raw(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::Deserialize;

    #[test]
    fn every_key_of_the_schema_has_a_name_and_comes_back() {
        let schema = include_str!("../../schema/api.tl");
        let lines = schema
            .lines()
            .filter(|it| it.ends_with("= InputPrivacyKey;"));
        let ids = lines.filter_map(|it| it.split(['#', ' ']).nth(1));
        let ids: Vec<u32> = ids.map(|id| u32::from_str_radix(id, 16).unwrap()).collect();
        assert!(ids.len() >= 14);
        for id in ids {
            let raw = InputPrivacyKey::from_bytes(&id.to_le_bytes()).unwrap();
            let named = PrivacyKey::from(raw.clone());
            assert!(!matches!(named, PrivacyKey::Raw(_)), "{raw:?}");
            assert_eq!(InputPrivacyKey::from(named), raw);
        }
    }
}
