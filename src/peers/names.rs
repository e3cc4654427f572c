//! Public names, as users and channels have them.
use crate::tl::enums::Username;

/// The active public names, the one to show first. Most peers have one, which stands alone; who has
/// several has a list.
///
/// See <https://core.telegram.org/api/names>.
pub(super) fn usernames<'a>(
    one: Option<&'a String>,
    several: Option<&'a Vec<Username>>,
) -> Vec<&'a str> {
    let mut names: Vec<&str> = one.into_iter().map(String::as_str).collect();
    for name in several.into_iter().flatten() {
        if let Username::Username(name) = name
            && name.active
            && !names.contains(&&*name.username)
        {
            names.push(&name.username);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tl::types;

    #[test]
    fn one_name_or_several_and_each_once() {
        let name = |username: &str, active| {
            let username = username.to_owned();
            Username::from(types::Username {
                active,
                username,
                ..Default::default()
            })
        };
        let one = String::from("one");
        let several = vec![name("two", true), name("off", false), name("one", true)];
        assert_eq!(usernames(None, None), [""; 0]);
        assert_eq!(usernames(Some(&one), None), ["one"]);
        assert_eq!(usernames(None, Some(&several)), ["two", "one"]);
        assert_eq!(usernames(Some(&one), Some(&several)), ["one", "two"]);
    }
}
