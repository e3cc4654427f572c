//! AES-256 in the two modes that Telegram uses: IGE for messages, CTR for obfuscation and CDN
//! files. Both are compiled in `primitives`.
pub use primitives::{Ctr, ige_decrypt, ige_encrypt};

#[cfg(test)]
mod tests {
    use ::aes::cipher::{Array, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit};
    use ::aes::{Aes256Dec, Aes256Enc};

    use super::*;
    use crate::crypto::testing::{Seeded, counting, hex, hex_array, wiped_on_drop};
    use crate::entropy::Entropy;

    #[test]
    fn ige_of_counting_bytes() {
        let bytes = counting::<32>();
        let mut data = bytes;
        ige_encrypt(&bytes, &bytes, &mut data);
        assert_eq!(
            data[..],
            hex("e28112a53e5c89c7b1ea8071c133699fd4e86b26c4bac9fc5af1ab8ce27a44a4")
        );
        let mut data = bytes;
        ige_decrypt(&bytes, &bytes, &mut data);
        assert_eq!(
            data[..],
            hex("e5777afacd7b2c16f7ac40cae61ef603fee6098fb8a8860ab9ee672cd7e5bacc")
        );
    }

    /// The definition of the mode, block by block, with nothing but the block cipher.
    fn plain_ige(key: &[u8; 32], iv: &[u8; 32], data: &[u8]) -> Vec<u8> {
        use ::aes::cipher::{BlockCipherEncrypt, KeyInit as _};
        let cipher = Aes256Enc::new(key.into());
        let mut before_out: [u8; 16] = iv[..16].try_into().unwrap();
        let mut before_in: [u8; 16] = iv[16..].try_into().unwrap();
        let mut out = Vec::new();
        for block in data.chunks(16) {
            let mut work: [u8; 16] = std::array::from_fn(|i| block[i] ^ before_out[i]);
            cipher.encrypt_block((&mut work).into());
            before_out = std::array::from_fn(|i| work[i] ^ before_in[i]);
            before_in = block.try_into().unwrap();
            out.extend(before_out);
        }
        out
    }

    #[test]
    fn ige_follows_its_definition_at_every_length() {
        let mut chance = Seeded(1);
        for blocks in 0..40 {
            let (key, iv) = (chance.array(), chance.array());
            let mut data = vec![0; blocks * 16];
            chance.fill(&mut data);
            let expected = plain_ige(&key, &iv, &data);
            let mut work = data.clone();
            ige_encrypt(&key, &iv, &mut work);
            assert_eq!(work, expected);
            ige_decrypt(&key, &iv, &mut work);
            assert_eq!(work, data);
        }
    }

    /// The vectors of the mode's inventor are for 128-bit keys: the same crate serves them.
    #[test]
    fn ige_vectors_of_128_bits() {
        fn encrypt(key: &[u8; 16], iv: &[u8; 32], data: &[u8]) -> Vec<u8> {
            let mut out = data.to_vec();
            let (blocks, _) = Array::slice_as_chunks_mut(&mut out);
            ige::Encryptor::<::aes::Aes128Enc>::new(key.into(), iv.into()).encrypt_blocks(blocks);
            let mut back = out.clone();
            let (blocks, _) = Array::slice_as_chunks_mut(&mut back);
            ige::Decryptor::<::aes::Aes128Dec>::new(key.into(), iv.into()).decrypt_blocks(blocks);
            assert_eq!(back, data);
            out
        }
        assert_eq!(
            encrypt(&counting(), &counting(), &[0; 32]),
            hex("1a8519a6557be652e9da8e43da4ef4453cf456b4ca488aa383c79c98b34797cb")
        );
        assert_eq!(
            encrypt(
                b"This is an imple",
                b"mentation of IGE mode for OpenSS",
                &hex("99706487a1cde613bc6de0b6f24b1c7aa448c8b9c3403e3467a8cad89340f53b"),
            ),
            b"L. Let's hope Ben got it right!\n"
        );
    }

    #[test]
    #[should_panic(expected = "whole blocks")]
    fn ige_refuses_half_a_block() {
        ige_encrypt(&[0; 32], &[0; 32], &mut [0; 24]);
    }

    /// NIST SP 800-38A, F.5.5.
    #[test]
    fn ctr_vector_and_running_on() {
        let key = hex_array("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
        let iv = hex_array("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
        let plain = hex(
            "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51
             30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710",
        );
        let expected = hex(
            "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5
             2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6",
        );
        for step in 1..=plain.len() {
            let mut stream = Ctr::new(&key, &iv);
            let mut data = plain.clone();
            for part in data.chunks_mut(step) {
                stream.apply(part);
            }
            assert_eq!(data, expected, "in steps of {step}");
        }
    }

    #[test]
    fn the_stream_hides_and_wipes_its_key() {
        wiped_on_drop::<Ctr>();
        wiped_on_drop::<ige::Encryptor<Aes256Enc>>();
        wiped_on_drop::<ige::Decryptor<Aes256Dec>>();
        assert_eq!(format!("{:?}", Ctr::new(&[7; 32], &[9; 16])), "Ctr(..)");
    }
}
