//! What the tests of rights and filters share.

/// Each setter named sets the field that it is called after, and no other. Gives what has all of
/// them.
macro_rules! set_each {
    ($set:ident($raw:ty): $($name:ident)*) => {{
        $(
            let mut wanted = <$raw>::default();
            wanted.$name = true;
            let one = $set::new().$name(true);
            assert_eq!(one.raw, wanted, stringify!($name));
            assert_eq!(one.$name(false), $set::new());
        )*
        $set::new()$(.$name(true))*
    }};
}

pub(super) use set_each;
