//! Walks over serialised values by the schema, without building them.
use super::codec::Deserialize;
use super::error::DecodeError;
use super::reader::{MAX_DEPTH, Reader};
use super::schema::{Definition, Field, Flags, Kind, TypeRef};

/// How deep values may be nested in a walk. Every constructor counts here, where
/// [`MAX_DEPTH`] counts those of recursive types only, and a step takes little of the stack.
pub(super) const WALK_DEPTH: u32 = 4 * MAX_DEPTH;

/// Checks that `bytes` are one value of the type `ty`, and calls `visit` for each constructor in it
/// with its id and its fields (what stands after the id).
///
/// A constructor is visited after those that stand in its fields, and those in the order of the
/// bytes. So what `visit` is given is known to be well-formed: `T::from_bytes(fields)` for the `T`
/// with that id will do. Vectors, numbers, strings and truth values are not visited. A vector of
/// which only [`TypeRef::OBJECT`] is known is passed over whole, since its id does not tell what
/// its items are.
///
/// ```
/// # mod ferogram_sync { pub use tl_types as tl; }
/// use ferogram_sync::tl::{self, Deserialize, Identifiable, Serialize, TypeRef, enums, types};
///
/// let status = types::UpdateUserStatus { user_id: 7, ..Default::default() };
/// let update = types::UpdateShort { update: status.into(), date: 1_700_000_000 };
/// let bytes = enums::Updates::from(update).to_bytes();
///
/// let mut names = Vec::new();
/// let mut users = Vec::new();
/// tl::walk(&bytes, TypeRef::OBJECT, &mut |id, fields| {
///     names.extend(tl::name_of(id));
///     if id == types::UpdateUserStatus::CONSTRUCTOR_ID {
///         users.extend(types::UpdateUserStatus::from_bytes(fields).map(|status| status.user_id));
///     }
/// })?;
/// assert_eq!(names, ["userStatusEmpty", "updateUserStatus", "updateShort"]);
/// assert_eq!(users, [7]);
/// # Ok::<(), tl::DecodeError>(())
/// ```
///
/// # Errors
/// When `bytes` are something else, end too early or go on after the value. What was visited before
/// the fault was well-formed in itself.
pub fn walk(
    bytes: &[u8],
    ty: TypeRef,
    visit: &mut dyn FnMut(u32, &[u8]),
) -> Result<(), DecodeError> {
    let mut reader = Reader::with_depth(bytes, WALK_DEPTH);
    let visit = |id, start, end| visit(id, &bytes[start..end]);
    Walker {
        reader: &mut reader,
        visit,
    }
    .value(ty);
    reader.finish()
}

/// The type of the answer to a serialised request, also when it is wrapped in others such as
/// `invokeWithLayer`. `None` when it is no request of this schema.
#[must_use]
pub fn answer_type(request: &[u8]) -> Option<TypeRef> {
    let mut reader = Reader::with_depth(request, WALK_DEPTH);
    // Each round takes at least the four bytes of an id.
    loop {
        let function = Definition::of(reader.u32())?;
        let answer = TypeRef::returned_by(function.id())?;
        if answer != TypeRef::OBJECT {
            return Some(answer);
        }
        if !skip_until(function, TypeRef::OBJECT, &mut reader) {
            return None;
        }
    }
}

/// Passes over a value of the type `ty`.
pub(super) fn skip(ty: TypeRef, reader: &mut Reader<'_>) {
    Walker {
        reader,
        visit: |_, _, _| (),
    }
    .value(ty);
}

/// Passes over the fields of `definition` up to the first one of the type `ty`; says whether there
/// is one.
pub(super) fn skip_until(definition: Definition, ty: TypeRef, reader: &mut Reader<'_>) -> bool {
    let mut flags = Flags::default();
    for field in definition.values() {
        if field.ty() == ty {
            return !reader.failed();
        }
        Walker {
            reader,
            visit: |_, _, _| (),
        }
        .field(field, &mut flags);
    }
    false
}

struct Walker<'w, 'a, V> {
    reader: &'w mut Reader<'a>,
    /// Called with an id, and where the fields begin and end.
    visit: V,
}

impl<V: FnMut(u32, usize, usize)> Walker<'_, '_, V> {
    fn value(&mut self, ty: TypeRef) {
        match ty.kind() {
            Kind::Flags | Kind::Int => self.pass(4),
            Kind::Long | Kind::Double => self.pass(8),
            Kind::Text | Kind::Bytes => {
                self.reader.bytes();
            }
            Kind::Bool => {
                bool::deserialize(self.reader);
            }
            // The flag has said it all.
            Kind::True => {}
            Kind::Int128 => self.pass(16),
            Kind::Int256 => self.pass(32),
            Kind::Object | Kind::Boxed => self.boxed(ty),
            Kind::Bare(definition) => self.fields(definition),
            Kind::Vector { boxed, item } => self.vector(boxed, item),
        }
    }

    #[inline]
    fn pass(&mut self, bytes: usize) {
        self.reader.raw(bytes);
    }

    fn boxed(&mut self, ty: TypeRef) {
        // A bare constructor cannot contain itself without one that has its id, so this bounds them
        // all.
        self.reader.enter();
        let id = self.reader.u32();
        match Definition::of(id) {
            Some(definition) if definition.is_vector() && ty == TypeRef::OBJECT => {
                self.reader.rest();
            }
            Some(definition) if definition.fits(ty) => self.fields(definition),
            _ => self.reader.unknown(id, ty.name()),
        }
        self.reader.leave();
    }

    fn fields(&mut self, definition: Definition) {
        let start = self.reader.offset();
        let mut flags = Flags::default();
        for field in definition.values() {
            self.field(field, &mut flags);
        }
        if !self.reader.failed() {
            (self.visit)(definition.id(), start, self.reader.offset());
        }
    }

    #[inline]
    fn field(&mut self, field: Field, flags: &mut Flags) {
        if field.ty() == TypeRef::FLAGS {
            flags.push(self.reader.u32());
        } else if field.is_there(flags) {
            self.value(field.ty());
        }
    }

    fn vector(&mut self, boxed: bool, item: TypeRef) {
        if boxed {
            self.reader.vector_id();
        }
        let count = self.reader.vector_count();
        // The count is held against the bytes that are left, so the product is far from the limits.
        match item.kind() {
            Kind::Int => self.pass(count * 4),
            Kind::Long => self.pass(count * 8),
            _ => {
                for _ in 0..count {
                    self.value(item);
                    if self.reader.failed() {
                        break;
                    }
                }
            }
        }
    }
}
