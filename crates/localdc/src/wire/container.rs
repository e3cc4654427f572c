//! Containers: several messages in one.
//!
//! See <https://core.telegram.org/mtproto/service_messages#simple-container>.
use ferogram_sync::tl::Reader;

use super::ids::MSG_CONTAINER;

/// The most messages that a container may have.
///
/// See <https://core.telegram.org/mtproto/service_messages#simple-container>.
pub(crate) const CONTAINER_LIMIT: usize = 1024;

/// One message of the client: on its own, or out of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    pub(crate) msg_id: i64,
    pub(crate) seq_no: i32,
    pub(crate) body: &'a [u8],
}

impl Part<'_> {
    /// The constructor id of the object; 0 if there is none.
    pub(crate) fn constructor(&self) -> u32 {
        self.body
            .first_chunk()
            .map_or(0, |id| u32::from_le_bytes(*id))
    }
}

/// A container that breaks the rules for containers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// The messages of a container; none if the object is something else.
///
/// # Errors
///
/// When there are too many, they are cut off, one of them is a container, its length is not whole
/// words, or bytes are left over.
pub(crate) fn split<'a>(outer: &Part<'a>) -> Result<Option<Vec<Part<'a>>>, Malformed> {
    if outer.constructor() != MSG_CONTAINER {
        return Ok(None);
    }
    let mut reader = Reader::new(&outer.body[4..]);
    let count = usize::try_from(reader.i32()).map_err(|_| Malformed)?;
    if count > CONTAINER_LIMIT {
        return Err(Malformed);
    }
    let mut parts = Vec::with_capacity(count);
    for _ in 0..count {
        let msg_id = reader.i64();
        let seq_no = reader.i32();
        let length = usize::try_from(reader.i32()).map_err(|_| Malformed)?;
        let part = Part {
            msg_id,
            seq_no,
            body: reader.raw(length),
        };
        if !length.is_multiple_of(4) || part.constructor() == MSG_CONTAINER {
            return Err(Malformed);
        }
        parts.push(part);
    }
    reader.finish().map_err(|_| Malformed)?;
    Ok(Some(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn container(count: i32, parts: &[(i64, i32, &[u8])]) -> Vec<u8> {
        let mut body = MSG_CONTAINER.to_le_bytes().to_vec();
        body.extend(count.to_le_bytes());
        for (msg_id, seq_no, object) in parts {
            body.extend(msg_id.to_le_bytes());
            body.extend(seq_no.to_le_bytes());
            body.extend((object.len() as i32).to_le_bytes());
            body.extend(*object);
        }
        body
    }

    fn split_body(body: &[u8]) -> Result<Option<Vec<Part<'_>>>, Malformed> {
        split(&Part {
            msg_id: 8,
            seq_no: 0,
            body,
        })
    }

    #[test]
    fn messages_come_out_in_order() {
        let body = container(2, &[(4, 1, &[1; 8]), (8, 3, &[2; 4])]);
        let parts = split_body(&body).unwrap().unwrap();
        assert_eq!(parts.len(), 2);
        assert_eq!(
            (parts[0].msg_id, parts[0].seq_no, parts[0].body),
            (4, 1, &[1; 8][..])
        );
        assert_eq!(
            (parts[1].msg_id, parts[1].seq_no, parts[1].body),
            (8, 3, &[2; 4][..])
        );
        assert_eq!(split_body(&container(0, &[])), Ok(Some(Vec::new())));
        assert_eq!(split_body(&[1; 8]), Ok(None));
        assert_eq!(split_body(&[]), Ok(None));
    }

    #[test]
    fn what_breaks_the_rules_is_refused_as_a_whole() {
        let nested = container(0, &[]);
        for body in [
            container(2, &[(4, 1, &[1; 8])]),
            container(1, &[(4, 1, &[1; 8]), (8, 3, &[2; 4])]),
            container(-1, &[]),
            container(1, &[(4, 1, &[1; 6])]),
            container(1, &[(4, 1, &nested)]),
            container(1025, &[(4, 1, &[1; 4][..]); 1025]),
        ] {
            assert_eq!(split_body(&body), Err(Malformed));
        }
        assert!(split_body(&container(1024, &[(4, 1, &[1; 4][..]); 1024])).is_ok());
    }
}
