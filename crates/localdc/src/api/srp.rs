//! Two-step verification on the wire (<https://core.telegram.org/api/srp>).
use ferogram_sync::tl::{enums, types};

use crate::world::{GENERATOR, World, date, pattern, prime_bytes};

use super::errors::bad;
use super::seam::{Caller, RpcError};

/// The length of what clients mix into passport secrets.
const SECURE_RANDOM: usize = 32;

/// Tells how the password of `user` can be proven, and how a new one would be set. Every call asks
/// a new question, which is good for one answer by the same key.
pub(crate) fn ask(world: &mut World, caller: &Caller, user: i64) -> enums::account::Password {
    let secure_random: [u8; SECURE_RANDOM] = world.chance.array();
    let srp_id = world.chance.number();
    let mut answer = types::account::Password {
        secure_random: secure_random.to_vec(),
        ..Default::default()
    };
    let Some(account) = world.directory.get(user) else {
        return answer.into();
    };
    let (salt1, salt2) = account.next_salts;
    answer.new_algo = algorithm(salt1.to_vec(), salt2.to_vec());
    let security = &account.security;
    answer.has_recovery = security.recovery_email.is_some();
    answer.login_email_pattern = security.login_email.as_deref().map(pattern);
    answer.pending_reset_date = security.password_reset.map(date);
    let unconfirmed = security.unconfirmed.as_ref();
    answer.email_unconfirmed_pattern = unconfirmed.map(|it| pattern(&it.email));
    if let Some(password) = &account.password {
        let question = password.ask(&mut world.chance);
        answer.has_password = true;
        answer.current_algo = Some(algorithm(password.salt1.clone(), password.salt2.clone()));
        answer.srp_b = Some(question.public.clone());
        answer.srp_id = Some(srp_id);
        answer.hint = password.hint.clone();
        world.questions.open(caller.key_id, srp_id, user, question);
    }
    answer.into()
}

/// Whether the caller has proven that it knows the password of `user`. An account without one is
/// proven by the empty answer.
///
/// # Errors
/// `SRP_ID_INVALID` for a question that was never asked or is answered, `SRP_PASSWORD_CHANGED` for
/// one about an earlier password, `PASSWORD_HASH_INVALID` for a wrong answer.
pub(crate) fn check(
    world: &mut World,
    caller: &Caller,
    user: i64,
    answer: &enums::InputCheckPasswordSrp,
) -> Result<(), RpcError> {
    let has_password = world
        .account(user)
        .is_some_and(|account| account.password.is_some());
    let enums::InputCheckPasswordSrp::Srp(answer) = answer else {
        return if has_password {
            Err(bad("PASSWORD_HASH_INVALID"))
        } else {
            Ok(())
        };
    };
    let question = world
        .questions
        .take(caller.key_id, answer.srp_id, user)
        .ok_or_else(|| bad("SRP_ID_INVALID"))?;
    let password = world
        .account(user)
        .and_then(|account| account.password.as_ref());
    let Some(password) = password.filter(|password| password.asked(&question)) else {
        return Err(bad("SRP_PASSWORD_CHANGED"));
    };
    if !password.check(&question, &answer.a, &answer.m1) {
        return Err(bad("PASSWORD_HASH_INVALID"));
    }
    Ok(())
}

fn algorithm(salt1: Vec<u8>, salt2: Vec<u8>) -> enums::PasswordKdfAlgo {
    types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow {
        salt1,
        salt2,
        g: GENERATOR,
        p: prime_bytes(),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use ferogram_sync::Entropy;
    use ferogram_sync::crypto::srp::{SrpParams, answer};
    use ferogram_sync::tl::functions;

    use super::super::fixture::Town;
    use super::*;

    struct Counting(u8);

    impl Entropy for Counting {
        fn fill(&mut self, bytes: &mut [u8]) {
            for byte in bytes {
                self.0 = self.0.wrapping_mul(5).wrapping_add(3);
                *byte = self.0;
            }
        }
    }

    fn asked(town: &mut Town, caller: &Caller) -> types::account::Password {
        let request = functions::account::GetPassword {};
        let called = town.call(caller, &request).expect("it is told");
        let enums::account::Password::Password(password) = called.value;
        *password
    }

    /// The library's own answer: the two sides were written apart.
    fn proof(asked: &types::account::Password, password: &str) -> enums::InputCheckPasswordSrp {
        let Some(enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo)) =
            &asked.current_algo
        else {
            panic!("there is a password");
        };
        let params = SrpParams {
            salt1: &algo.salt1,
            salt2: &algo.salt2,
            g: algo.g,
            p: &algo.p,
            srp_b: asked.srp_b.as_deref().expect("it comes with the password"),
        };
        let answer = answer(&params, password.as_bytes(), &mut Counting(1)).expect("good numbers");
        types::InputCheckPasswordSrp {
            srp_id: asked.srp_id.expect("it comes with the password"),
            a: answer.a.to_vec(),
            m1: answer.m1.to_vec(),
        }
        .into()
    }

    /// A town in which the right code was given for an account with a password.
    fn waiting() -> (Town, Caller, i64) {
        let mut town = Town::new();
        let user = town.user_at(1, 1, "alice", Some("secret"));
        let caller = town.key(5, 1);
        let unknown = functions::account::GetPassword {};
        assert_eq!(town.refused(&caller, &unknown), "AUTH_KEY_UNREGISTERED");
        let request = functions::auth::SendCode {
            phone_number: "+49123451".to_owned(),
            api_id: 1,
            api_hash: "hash".to_owned(),
            ..Default::default()
        };
        let enums::auth::SentCode::Code(sent) = town.call(&caller, &request).expect("ok").value
        else {
            panic!("another answer");
        };
        let request = functions::auth::SignIn {
            phone_number: "+49123451".to_owned(),
            phone_code_hash: sent.phone_code_hash,
            phone_code: town.world.login_code("+49123451"),
            ..Default::default()
        };
        let error = town
            .call(&caller, &request)
            .err()
            .expect("a password is needed");
        assert_eq!(
            (error.code, error.message.as_str()),
            (401, "SESSION_PASSWORD_NEEDED")
        );
        (town, caller, user)
    }

    #[test]
    fn the_password_completes_the_login() {
        let (mut town, caller, user) = waiting();
        let question = asked(&mut town, &caller);
        let wrong = functions::auth::CheckPassword {
            password: proof(&question, "Secret"),
        };
        assert_eq!(town.refused(&caller, &wrong), "PASSWORD_HASH_INVALID");
        let late = functions::auth::CheckPassword {
            password: proof(&question, "secret"),
        };
        assert_eq!(town.refused(&caller, &late), "SRP_ID_INVALID");
        let question = asked(&mut town, &caller);
        let right = functions::auth::CheckPassword {
            password: proof(&question, "secret"),
        };
        let called = town.call(&caller, &right).expect("right");
        assert_eq!(called.reply.sign_in, Some(user));
        assert_eq!(town.world.user_of(5), Some(user));
    }

    #[test]
    fn an_empty_answer_is_no_answer() {
        let (mut town, caller, _) = waiting();
        let empty = functions::auth::CheckPassword::default();
        assert_eq!(town.refused(&caller, &empty), "PASSWORD_HASH_INVALID");
        let stranger = town.key(6, 1);
        assert_eq!(town.refused(&stranger, &empty), "AUTH_KEY_UNREGISTERED");
    }

    #[test]
    fn a_changed_password_voids_the_question() {
        let (mut town, caller, user) = waiting();
        let question = asked(&mut town, &caller);
        town.world.set_password(user, Some("other"));
        let stale = functions::auth::CheckPassword {
            password: proof(&question, "secret"),
        };
        assert_eq!(town.refused(&caller, &stale), "SRP_PASSWORD_CHANGED");
    }

    #[test]
    fn a_password_is_set_by_its_hash() {
        let mut town = Town::new();
        let user = town.user(1, "alice");
        let caller = town.caller(user);
        let question = asked(&mut town, &caller);
        assert!(!question.has_password);
        let enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(mut algo) =
            question.new_algo
        else {
            panic!("it is offered");
        };
        let settings =
            |algo: &types::PasswordKdfAlgoSha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow,
             hash: Vec<u8>| {
                functions::account::UpdatePasswordSettings {
                    password: enums::InputCheckPasswordSrp::InputCheckPasswordEmpty,
                    new_settings: types::account::PasswordInputSettings {
                        new_algo: Some(algo.clone().into()),
                        new_password_hash: Some(hash),
                        hint: Some("a hint".to_owned()),
                        ..Default::default()
                    }
                    .into(),
                }
            };
        assert_eq!(
            town.refused(&caller, &settings(&algo, vec![9; 256])),
            "NEW_SALT_INVALID"
        );
        algo.salt1.extend([5; 32]);
        assert_eq!(
            town.refused(&caller, &settings(&algo, vec![9; 8])),
            "NEW_SETTINGS_INVALID"
        );
        let group = ferogram_sync::crypto::DhGroup::check(&algo.p, algo.g, &mut Counting(1))
            .expect("the known prime");
        let verifier = ferogram_sync::crypto::srp::password_verifier(
            &group,
            &algo.salt1,
            &algo.salt2,
            "hunter2".as_bytes(),
        );
        assert!(town.ask(user, &settings(&algo, verifier.expose().to_vec())));
        let question = asked(&mut town, &caller);
        assert_eq!(
            (question.has_password, question.hint.as_deref()),
            (true, Some("a hint"))
        );
        let remove = functions::account::UpdatePasswordSettings {
            password: proof(&question, "hunter2"),
            new_settings: types::account::PasswordInputSettings {
                new_algo: Some(enums::PasswordKdfAlgo::Unknown),
                new_password_hash: Some(Vec::new()),
                hint: Some(String::new()),
                ..Default::default()
            }
            .into(),
        };
        let unproven = functions::account::UpdatePasswordSettings {
            password: enums::InputCheckPasswordSrp::InputCheckPasswordEmpty,
            ..remove.clone()
        };
        assert_eq!(town.refused(&caller, &unproven), "PASSWORD_HASH_INVALID");
        assert!(town.ask(user, &remove));
        assert!(!asked(&mut town, &caller).has_password);
    }
}
