//! CDNs: popular files, fetched from elsewhere (<https://core.telegram.org/cdn>).
use ferogram_sync::tl::{enums, functions, types};

use crate::rsa::PrivateKey;
use crate::world::{CdnFault, Copied, FileContent, PART_MAX, World};

use super::done::{Answer, Done};
use super::errors::bad;
use super::pieces::{check_limits, shown_hashes};
use super::seam::{Caller, RpcError};

/// The bytes of a token.
const TOKEN: usize = 16;

/// `help.getCdnConfig` (<https://core.telegram.org/method/help.getCdnConfig>).
pub(crate) fn get_cdn_config(
    world: &mut World,
    _: &Caller,
    _: functions::help::GetCdnConfig,
) -> Answer<enums::CdnConfig> {
    let key = |(dc_id, _): &(i32, _)| {
        types::CdnPublicKey {
            dc_id: *dc_id,
            public_key: PrivateKey::cdn_pem().to_owned(),
        }
        .into()
    };
    let public_keys = world.cdns.iter().map(key).collect();
    let config: enums::CdnConfig = types::CdnConfig { public_keys }.into();
    Ok(config.into())
}

/// Where a file is to be fetched that is popular.
pub(super) fn redirect(
    world: &mut World,
    dc_id: i32,
    content: FileContent,
    offset: u64,
) -> enums::upload::File {
    let token = world.chance.array::<TOKEN>().to_vec();
    let copied = Copied {
        dc: dc_id,
        key: world.chance.array(),
        iv: world.chance.array(),
        content,
        // Else it is brought there first, and hashes come with that.
        is_held: world.files.cdn.fault == Some(CdnFault::NoHashes),
        request_token: world.chance.array::<TOKEN>().to_vec(),
    };
    let redirect = types::upload::FileCdnRedirect {
        dc_id,
        file_token: token.clone(),
        encryption_key: copied.key.to_vec(),
        encryption_iv: copied.iv.to_vec(),
        file_hashes: told_hashes(world.files.cdn.fault, &copied.content, offset),
    };
    world.files.cdn.add(token, copied);
    redirect.into()
}

/// The hashes that the file's own data centre tells, true ones unless something is wrong.
fn told_hashes(
    fault: Option<CdnFault>,
    content: &FileContent,
    offset: u64,
) -> Vec<enums::FileHash> {
    let mut hashes = shown_hashes(content, offset);
    match fault {
        Some(CdnFault::Hashes) => {
            for enums::FileHash::Hash(it) in &mut hashes {
                it.hash.reverse();
            }
        }
        Some(CdnFault::NoHashes) => hashes.clear(),
        _ => {}
    }
    hashes
}

/// `upload.getCdnFile` (<https://core.telegram.org/method/upload.getCdnFile>): asked on the CDN.
pub(crate) fn get_cdn_file(
    world: &mut World,
    caller: &Caller,
    request: functions::upload::GetCdnFile,
) -> Answer<enums::upload::CdnFile> {
    let limit = u64::try_from(request.limit).map_err(|_| bad("LIMIT_INVALID"))?;
    let offset = u64::try_from(request.offset).map_err(|_| bad("OFFSET_INVALID"))?;
    check_limits(offset, limit, false)?;
    let cdn = &mut world.files.cdn;
    let fault = cdn.fault;
    let copied = cdn.get(&request.file_token);
    let copied = copied
        .filter(|it| it.dc == caller.dc)
        .ok_or_else(wrong_token)?;
    if !copied.is_held {
        let needed: enums::upload::CdnFile = types::upload::CdnFileReuploadNeeded {
            request_token: copied.request_token.clone(),
        }
        .into();
        return Ok(needed.into());
    }
    if offset > copied.content.len() {
        return Err(bad("OFFSET_INVALID"));
    }
    let copied = copied.clone();
    cdn.served += limit.min(copied.content.len() - offset);
    let nothing: enums::upload::CdnFile = types::upload::CdnFile::default().into();
    Ok(Done::from(nothing).late(move || {
        let mut bytes = copied.read(offset, usize::try_from(limit).unwrap_or(PART_MAX));
        match fault {
            Some(CdnFault::Altered) => {
                if let Some(last) = bytes.last_mut() {
                    *last ^= 1;
                }
            }
            Some(CdnFault::Cut) => bytes.truncate(bytes.len() / 2),
            _ => {}
        }
        types::upload::CdnFile { bytes }.into()
    }))
}

fn wrong_token() -> RpcError {
    bad("FILE_TOKEN_INVALID")
}

/// `upload.reuploadCdnFile` (<https://core.telegram.org/method/upload.reuploadCdnFile>): asked
/// where the file is at home.
pub(crate) fn reupload_cdn_file(
    world: &mut World,
    _: &Caller,
    request: functions::upload::ReuploadCdnFile,
) -> Answer<Vec<enums::FileHash>> {
    let cdn = &mut world.files.cdn;
    let fault = cdn.fault;
    let copied = cdn.get(&request.file_token).ok_or_else(wrong_token)?;
    if copied.request_token != request.request_token {
        return Err(bad("REQUEST_TOKEN_INVALID"));
    }
    copied.is_held = fault != Some(CdnFault::Forgets);
    let hashes = told_hashes(fault, &copied.content, 0);
    Ok(hashes.into())
}

/// `upload.getCdnFileHashes` (<https://core.telegram.org/method/upload.getCdnFileHashes>).
pub(crate) fn get_cdn_file_hashes(
    world: &mut World,
    _: &Caller,
    request: functions::upload::GetCdnFileHashes,
) -> Answer<Vec<enums::FileHash>> {
    let offset = u64::try_from(request.offset).map_err(|_| bad("OFFSET_INVALID"))?;
    let cdn = &mut world.files.cdn;
    let fault = cdn.fault;
    let copied = cdn.get(&request.file_token).ok_or_else(wrong_token)?;
    Ok(told_hashes(fault, &copied.content, offset).into())
}
