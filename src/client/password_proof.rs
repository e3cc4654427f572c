//! Proving that one knows the account's password.
use std::time::Instant;

use super::client::Client;
use crate::crypto::srp;
use crate::error::{AccountError, Result};
use crate::net::OsEntropy;
use crate::tl::{enums, functions, types};

impl Client {
    /// Proves knowledge of the account's password without telling it, for one request: asks for the
    /// question first.
    ///
    /// See <https://core.telegram.org/api/srp>.
    pub(crate) fn prove_password(
        &self,
        password: &[u8],
        deadline: Instant,
    ) -> Result<enums::InputCheckPasswordSrp> {
        let request = functions::account::GetPassword {};
        let enums::account::Password::Password(asked) = self.ask_until(&request, deadline)?;
        proof(&asked, password)
    }
}

/// The answer to the server's question for the password. About 50 ms of arithmetic.
pub(crate) fn proof(
    asked: &types::account::Password,
    password: &[u8],
) -> Result<enums::InputCheckPasswordSrp> {
    let (Some(algo), Some(srp_b), Some(srp_id)) = (&asked.current_algo, &asked.srp_b, asked.srp_id)
    else {
        return Err(AccountError::NoPassword.into());
    };
    let enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(algo) = algo
    else {
        return Err(AccountError::UnknownAlgorithm.into());
    };
    let params = srp::SrpParams {
        salt1: &algo.salt1,
        salt2: &algo.salt2,
        g: algo.g,
        p: &algo.p,
        srp_b,
    };
    let answer =
        srp::answer(&params, password, &mut OsEntropy::new()).map_err(AccountError::from)?;
    Ok(types::InputCheckPasswordSrp {
        srp_id,
        a: answer.a.to_vec(),
        m1: answer.m1.to_vec(),
    }
    .into())
}
