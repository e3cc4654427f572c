//! Two-step verification on the wire (<https://core.telegram.org/api/srp>).
use ferogram_sync::tl::{enums, types};

use crate::world::{GENERATOR, World, prime_bytes};

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
    let has_password = world.account(user).is_some_and(|account| account.password.is_some());
    let enums::InputCheckPasswordSrp::Srp(answer) = answer else {
        return if has_password { Err(bad("PASSWORD_HASH_INVALID")) } else { Ok(()) };
    };
    let question = world
        .questions
        .take(caller.key_id, answer.srp_id, user)
        .ok_or_else(|| bad("SRP_ID_INVALID"))?;
    let password = world.account(user).and_then(|account| account.password.as_ref());
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
