//! Packets too short for a message: signals from the server.
//!
//! See <https://core.telegram.org/mtproto/mtproto-transports#transport-errors> and
//! <https://core.telegram.org/mtproto/mtproto-transports#quick-ack>.
use super::error::FramingError;
use super::extent::word;

/// No message is shorter: an unencrypted one has 20 bytes before a body of at least 4, an encrypted
/// one is longer. Signals are shorter, even with the most padding.
pub(super) const MESSAGE_MIN: usize = 24;

/// What a short packet says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// Nothing at all.
    Nothing,
    QuickAck(u32),
    Error(i32),
}

/// Reads a packet shorter than [`MESSAGE_MIN`]. In padded framing nobody knows how much of it is
/// padding, and quick acks come this way too.
pub(super) fn read(packet: &[u8], padded: bool) -> Result<Signal, FramingError> {
    let length = packet.len();
    if packet.is_empty() {
        return Ok(Signal::Nothing);
    }
    let first = match word(packet) {
        Some(first) if padded || length == 4 => first as i32,
        _ => return Err(FramingError::Short { length }),
    };
    match first {
        0 => Ok(Signal::Nothing),
        -1 if length >= 8 => {
            let token = word(&packet[4..]).expect("eight bytes are there");
            Ok(Signal::QuickAck(token))
        }
        code if code < 0 => Ok(Signal::Error(code)),
        _ => Err(FramingError::Short { length }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mtproto::testing::hex;

    #[test]
    fn signals() {
        for (packet, padded, signal) in [
            ("", false, Ok(Signal::Nothing)),
            ("00000000", false, Ok(Signal::Nothing)),
            ("6cfeffff", false, Ok(Signal::Error(-404))),
            ("ffffffff", false, Ok(Signal::Error(-1))),
            ("6cfeffff 00", false, Err(FramingError::Short { length: 5 })),
            ("01000000", false, Err(FramingError::Short { length: 4 })),
            ("00000000 112233", true, Ok(Signal::Nothing)),
            ("6cfeffff", true, Ok(Signal::Error(-404))),
            (
                "6cfeffff 000102030405060708090a0b0c0d0e",
                true,
                Ok(Signal::Error(-404)),
            ),
            ("ffffffff 021d57cd", true, Ok(Signal::QuickAck(0xcd57_1d02))),
            (
                "ffffffff 021d57cd 0102030405060708",
                true,
                Ok(Signal::QuickAck(0xcd57_1d02)),
            ),
            ("ffffffff 0102", true, Ok(Signal::Error(-1))),
            ("010203", true, Err(FramingError::Short { length: 3 })),
            ("01000000", true, Err(FramingError::Short { length: 4 })),
        ] {
            assert_eq!(read(&hex(packet), padded), signal, "{packet} {padded}");
        }
    }
}
