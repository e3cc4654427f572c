//! The cryptography of MTProto: each primitive a file.
