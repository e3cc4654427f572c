//! What Telethon's form and GramJS's share: the number of the data centre stands first, the port
//! and the key stand last, and the address is what is between.
use super::error::StringError;
use super::format::StringFormat;

/// The parts of such a form.
pub(super) struct Numbered<'a> {
    pub(super) dc: u8,
    /// The address, as the form has it.
    pub(super) address: &'a [u8],
    pub(super) port: u16,
    pub(super) key: &'a [u8; 256],
}

impl<'a> Numbered<'a> {
    pub(super) fn read(bytes: &'a [u8], format: StringFormat) -> Result<Self, StringError> {
        let short = StringError::Malformed {
            format,
            detail: "it is too short",
        };
        let parts = bytes.split_first().and_then(|(dc, rest)| {
            let (rest, key) = rest.split_last_chunk::<256>()?;
            let (address, port) = rest.split_last_chunk::<2>()?;
            Some(Self {
                dc: *dc,
                address,
                port: u16::from_be_bytes(*port),
                key,
            })
        });
        parts.ok_or(short)
    }

    pub(super) fn write(&self, out: &mut Vec<u8>) {
        out.push(self.dc);
        out.extend(self.address);
        out.extend(self.port.to_be_bytes());
        out.extend(self.key);
    }
}
