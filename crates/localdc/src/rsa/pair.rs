//! The key pairs of the data centres, in parts.
//!
//! They are no secret: whoever reads this source has them. They only have to fit the protocol, and
//! that they are always the same saves clients the trouble of fetching them.

/// A key pair as it is written down: hex, and the public half as text.
pub(super) struct Pair {
    pub(super) public_pem: &'static str,
    /// The first prime factor of the modulus.
    pub(super) p: &'static [u8; 256],
    /// The second one.
    pub(super) q: &'static [u8; 256],
    /// The secret exponent modulo `p - 1`.
    pub(super) d_p: &'static [u8; 256],
    /// The secret exponent modulo `q - 1`.
    pub(super) d_q: &'static [u8; 256],
    /// The inverse of `q` modulo `p`.
    pub(super) q_inverse: &'static [u8; 256],
}

/// The public key of every local data centre, PKCS#1 as text. Its private half is in this crate,
/// so it protects nothing.
pub const PUBLIC_KEY_PEM: &str = "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAx8p2dI7wPqoy0WhT+IhuCC3M8u4JRnKx7KD4ympPgE1aIj/19gcv
N+aZ67EbMu8tOQYEqXjm5Ym6Nl4XDXcW+zyfNqzKY7n5bMG/jBvZ9SotWLJZpdRY
+1bKdf4RjrYPSx4Fbj8zDKvqajrSsQW3l3VgvjnIDgLoC8Rllh5DTFBCgnQUMNC7
THbeUsL7DIDZTBQx8N4HSFsIxBXMJO7qf9utxV1k2Nb8P148Uy3nMyegvKnotr/8
pPQcNkRtTeJqQBLn64HIKE/EtNz3wpaEwP+7FYJif6V7QXHnh0BDmFWFgxGo6UNB
NdXjK1W+XcdfjVqIoVguLYwvYMpUiAfb7QIDAQAB
-----END RSA PUBLIC KEY-----
";

/// That of the ordinary data centres.
pub(super) const ORDINARY: Pair = Pair {
    public_pem: PUBLIC_KEY_PEM,
    p: b"eac6761fe86c0b849556d72cf516803902354d61271b70695d926ec51e62c853\
          f8400b1ef40142fd469eb57ebdae05bf0b18f4e1319a01916f7c537eb5bc95cf\
          81f8034920d3a4b54011db5c283443f55157fd23328509e8160543377f996057\
          d24eddf957c4dfdead945b38e9b1e085796ddbe0d6361564c9a1acc2c01624fb",
    q: b"d9da567ec2847723f3decd871731faf8066c3d390411091c17787983a567af17\
          63481a2ccc77d4dd56c0425aa2818e6197015a34cd365a559e7480c7ffb4d0d4\
          03b142959e865a87760fc8bc4db4a95a23f2d1bf92b4b564d01c47562aab8b16\
          ed628736cb9d267f8cc5eb72ac0a3a22215229eef1e43e664789d274d0e99e37",
    d_p: b"e4223378affe05773132b066c445b8152d7b2414eace73fe3ee9e2ef72a664a9\
          8bca97c3dd3138aa2aac600aa74069df096697d617bfe21433b428e230b0ef16\
          33e20f374949bf7c4ca4cd7690aeb0f6b9b3798c7133ebbb756269bd8d253a04\
          3c9d5c7f45754e60f064fffb9ec2b53c9e114d9efe2891c35d56d82c6a415a6f",
    d_q: b"a8a3a7c94072a277a65496ed383b6c778b2146d3581e87dac320739040fe5e3f\
          d08f041421c3b17815ab86b1fa9227d1cbbf3441238a2bab9399c4070e1ebe79\
          20d29b248f2e99edbaaac54d5f29b6df1c6cdf8958dba27f83ca203ec7913b7e\
          680c9977056f8559bf7386aba219d89e8b04bb89489ed2df0209e26ca33bf549",
    q_inverse: b"333836a4bb724fba11eeb56ed8dd56fad927db7824e9e09ac325175f153b63d8\
          ab654c124038152dedfa3790d4dc9f46e9bca67dc2a12e364670476779169de8\
          60442fa4aa093f2fa2e35f9d4984bd7c8a8922637183c7be44b6bf23987a6a0d\
          55e483d564502e768a1c737deccdba8423bb8926679b40c57b0b3b3d60e5ca98",
};

/// That of the CDNs, which clients learn from the ordinary ones.
pub(super) const CDN: Pair = Pair {
    public_pem: "-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEAo2G9+z/YVuEJSpMK3wAtnJf8tb5Qxerx2n4txwbGBfN41bmYKLDY
xBYScHMAIzK2eUX/ehR5fzKVjtsce/XN/2T+4auPR7YT2rwGF2bkhOsUxS66WHW7
a532Wz14JmYl63loUukRUyJlrd9hHWDOYgffC1HyNVngN8EeWH3mrLOkQ0qO8HeN
Lox/b3BMhMyJhHSDjROnOF6KQQ0SNtjBaqf7djEovtKowoA+wDTS9UlQkvjnNI/d
ouOq3mxYglPEHxeLEg8s86jelhnS0TbGvLPi7fwRbxLa4fbqOkejbrd6FuEjzXGH
DfvmaBoZbYH6bERrkL33gLWRmLGzipp22wIDAQAB
-----END RSA PUBLIC KEY-----
",
    p: b"dfeecfe271ddcb8f3fc7c130d91c974af5457ab54c5efce7e937e3274644a996\
          29c5d9dba5c792b5b4e82287913358181274be28978e3a838913d62ae28c0958\
          b93dda715a753f1048d1ee8ca33f583f781efecf039cd94e495c61db54c252cd\
          131d786b1b99009430f8d5f606b3166f2708de79df50555f1c190c6e5abdf65b",
    q: b"bac72e12891e5ff8de4e072d1b3542c0c14fc5718b146f51bf424aeb1f1b13f4\
          7d353c50e0f89f19cc6e3b33f1e809c769ae758ac6aee11de4a4b2a2797ac50c\
          d87936d17f675b0861b2463553e60cbd14f464d748993b82c451b6bd3eea335e\
          22b5e2af19782015ec1b16b8b3893ea3ef2d4cbb72db8713714004fa48626981",
    d_p: b"07d3fe5a69269abe1839b06c37bac32330adcc1b585f1db231b9ed6beb0ded6b\
          bd6c1830907c0889e79811d4f1637d19e253486e7cd5d0ffd623e661bb67afcf\
          f531cf581514722eec8cc22d126bdd76e2891ad93bc418e89eb1e70dd6c9b041\
          5100bfbbe6cc13741abe2824a099541870a1e3bd18ec62ff9f28d5016a94a76f",
    d_q: b"2112e628a81935db66da20512f7135f9d6015f3024f5a064b45e73cfc0b955c6\
          4469a9dd9488d1fb8a84b67d1348087b444e7d47eeb8c6ea3933a4e23a6aaffb\
          ff552f8cd767a0ea120ab47dfaf650a926cdc4118f2c7b2a43c3487da8676663\
          33f84b44c058d22daf9a78628a8032146b64f522784b41570305d81bcdb78781",
    q_inverse: b"a44cf96867eaae9024ddb0dd50a582ed0e5302a4a46f5d075c662832e1166aeb\
          3f3db1c3aa1fafc5e7ec48f7fd61811d04d7240dbf2b9b6a568fc92ceb8c2a7a\
          1d87f562f81bc20b5be1acc2a869df12bef37a5e73fdd7cf11986c80fc1d252d\
          2a2801664e3765ec27b42f69e9cc87db3dc11e0d117b19d91cbf036de5c9e120",
};
