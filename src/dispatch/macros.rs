//! An update taken apart, as a `match` of its kinds.

/// Takes an update apart: arms of its kinds, guards, and what is done else.
///
/// The client says whose update it is, and is not used.
///
/// ```
/// # let telegram = localdc::LocalDc::shared();
/// # let (client, ann) = (telegram.bot(), telegram.user());
/// # let name = client.get_me()?.username().expect("bots have one").to_owned();
/// use ferogram_sync::dispatch;
///
/// # ann.send_message(format!("@{name}"), "Hello")?;
/// for update in client.updates() {
///     let was_said = dispatch!(client, update,
///         NewMessage(message) if message.outgoing() => false,
///         NewMessage(message) => {
///             message.reply("You said it.")?;
///             true
///         }
///         CallbackQuery(_) | InlineQuery(_) => false,
///         _ => false,
///     );
///     if was_said {
///         break;
///     }
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[macro_export]
macro_rules! dispatch {
    ($client:expr, $update:expr, $($arms:tt)+) => {{
        let _: &$crate::Client = &$client;
        $crate::dispatch!(@ ($update) [] $($arms)+)
    }};
    (@ ($update:expr) [$($done:tt)*]) => {
        match $update { $($done)* }
    };
    (@ ($update:expr) [$($done:tt)*] , $($rest:tt)*) => {
        $crate::dispatch!(@ ($update) [$($done)*] $($rest)*)
    };
    (@ ($update:expr) [$($done:tt)*] _ $(if $guard:expr)? => $body:block $($rest:tt)*) => {
        $crate::dispatch!(@ ($update) [$($done)* _ $(if $guard)? => $body,] $($rest)*)
    };
    (@ ($update:expr) [$($done:tt)*] _ $(if $guard:expr)? => $body:expr $(, $($rest:tt)*)?) => {
        $crate::dispatch!(@ ($update) [$($done)* _ $(if $guard)? => $body,] $($($rest)*)?)
    };
    (@ ($update:expr) [$($done:tt)*]
        $($kind:ident ($($field:pat),*))|+ $(if $guard:expr)? => $body:block $($rest:tt)*) => {
        $crate::dispatch!(@ ($update)
            [$($done)* $($crate::Update::$kind($($field),*))|+ $(if $guard)? => $body,] $($rest)*)
    };
    (@ ($update:expr) [$($done:tt)*]
        $($kind:ident ($($field:pat),*))|+ $(if $guard:expr)? => $body:expr
        $(, $($rest:tt)*)?) => {
        $crate::dispatch!(@ ($update)
            [$($done)* $($crate::Update::$kind($($field),*))|+ $(if $guard)? => $body,]
            $($($rest)*)?)
    };
}
