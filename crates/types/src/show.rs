//! Shows serialised values by the tables of the schema.
use std::cell::RefCell;
use std::fmt;

use super::codec::{Deserialize, Serialize};
use super::reader::Reader;
use super::schema::{Definition, Flags, Kind, TypeRef};
use super::walk::{WALK_DEPTH, skip};

/// How many bytes of a field of `bytes` are shown.
const SHOWN_BYTES: usize = 32;

/// Serialised bytes that can be shown: see [`show`].
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    bytes: &'a [u8],
    ty: TypeRef,
}

/// Shows a serialised value of the type `ty` with `{:?}`: the names of the schema, no absent
/// fields, long `bytes` cut short, secrets as `<secret>`. What is damaged is shown as far as it
/// goes.
///
/// ```
/// # mod ferogram_sync { pub use tl_types as tl; }
/// use ferogram_sync::tl::{self, Serialize, TypeRef, functions};
///
/// let request = functions::auth::ImportBotAuthorization {
///     api_id: 6,
///     api_hash: "0123456789abcdef".to_owned(),
///     bot_auth_token: "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw".to_owned(),
///     ..Default::default()
/// };
/// let shown = "auth.importBotAuthorization { flags: 0, api_id: 6, api_hash: <secret>, \
///              bot_auth_token: <secret> }";
/// assert_eq!(format!("{request:?}"), shown);
/// assert_eq!(format!("{:?}", tl::show(&request.to_bytes(), TypeRef::OBJECT)), shown);
/// ```
#[must_use]
pub fn show(bytes: &[u8], ty: TypeRef) -> Shown<'_> {
    Shown { bytes, ty }
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let reader = RefCell::new(Reader::with_depth(self.bytes, WALK_DEPTH));
        Value {
            reader: &reader,
            ty: self.ty,
        }
        .fmt(f)?;
        match reader.into_inner().finish() {
            Ok(()) => Ok(()),
            Err(error) => write!(f, " <{error}>"),
        }
    }
}

/// Shows a value whose serialised form begins with its id.
pub(super) fn show_boxed(value: &dyn Serialize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    show(&value.to_bytes(), TypeRef::OBJECT).fmt_debug(f)
}

/// Shows a value whose serialised form has no id.
pub(super) fn show_bare(id: u32, value: &dyn Serialize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut bytes = id.to_le_bytes().to_vec();
    value.serialize(&mut bytes);
    show(&bytes, TypeRef::OBJECT).fmt_debug(f)
}

impl Shown<'_> {
    fn fmt_debug(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// The value that comes next in a reader. To show it is to take it.
struct Value<'r, 'a> {
    reader: &'r RefCell<Reader<'a>>,
    ty: TypeRef,
}

impl fmt::Debug for Value<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The borrow must end before a nested value is shown.
        let take = || self.reader.borrow_mut();
        match self.ty.kind() {
            Kind::Flags => write!(f, "{:#x}", take().u32()),
            Kind::Int => write!(f, "{}", take().i32()),
            Kind::Long => write!(f, "{}", take().i64()),
            Kind::Double => write!(f, "{:?}", take().f64()),
            Kind::Text => write!(f, "{:?}", String::from_utf8_lossy(take().bytes())),
            Kind::Bytes => bytes(take().bytes(), f),
            Kind::Bool => write!(f, "{}", bool::deserialize(&mut take())),
            Kind::True => write!(f, "true"),
            Kind::Int128 => bytes(take().raw(16), f),
            Kind::Int256 => bytes(take().raw(32), f),
            Kind::Object | Kind::Boxed => self.boxed(f),
            Kind::Bare(definition) => self.fields(definition, f),
            Kind::Vector { boxed, item } => self.vector(boxed, item, f),
        }
    }
}

impl Value<'_, '_> {
    fn boxed(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.reader.borrow_mut().enter();
        let id = self.reader.borrow_mut().u32();
        let shown = match Definition::of(id) {
            Some(definition) if definition.is_vector() && self.ty == TypeRef::OBJECT => {
                write!(f, "vector ")?;
                bytes(self.reader.borrow_mut().rest(), f)
            }
            Some(definition) if definition.fits(self.ty) => self.fields(definition, f),
            _ => {
                self.reader.borrow_mut().unknown(id, self.ty.name());
                write!(f, "?")
            }
        };
        self.reader.borrow_mut().leave();
        shown
    }

    fn fields(&self, definition: Definition, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut flags = Flags::default();
        let mut shown = f.debug_struct(definition.name());
        for field in definition.fields() {
            let mut reader = self.reader.borrow_mut();
            if reader.failed() {
                break;
            }
            if field.ty() == TypeRef::FLAGS {
                flags.push(reader.u32());
            } else if !field.is_there(&flags) {
                continue;
            } else if field.is_secret() {
                skip(field.ty(), &mut reader);
                shown.field(field.name(), &Secret);
            } else {
                drop(reader);
                shown.field(
                    field.name(),
                    &Value {
                        reader: self.reader,
                        ty: field.ty(),
                    },
                );
            }
        }
        shown.finish()
    }

    fn vector(&self, boxed: bool, item: TypeRef, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = {
            let mut reader = self.reader.borrow_mut();
            if boxed {
                reader.vector_id();
            }
            reader.vector_count()
        };
        let mut list = f.debug_list();
        for _ in 0..count {
            if self.reader.borrow().failed() {
                break;
            }
            list.entry(&Value {
                reader: self.reader,
                ty: item,
            });
        }
        list.finish()
    }
}

struct Secret;

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<secret>")
    }
}

/// Shows bytes as hexadecimal digits, and how many they are if they are not all shown.
fn bytes(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("0x")?;
    for byte in bytes.iter().take(SHOWN_BYTES) {
        write!(f, "{byte:02x}")?;
    }
    match bytes.len() {
        ..=SHOWN_BYTES => Ok(()),
        length => write!(f, "… ({length} bytes)"),
    }
}
