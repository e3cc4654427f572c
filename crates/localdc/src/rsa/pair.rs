//! The one key pair of the data centre, in parts.
//!
//! It is no secret: whoever reads this source has it. It only has to fit the protocol, and that it
//! is always the same saves clients the trouble of fetching it.

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

/// The first prime factor of the modulus, in hex.
pub(super) const P: &[u8; 256] =
    b"eac6761fe86c0b849556d72cf516803902354d61271b70695d926ec51e62c853\
      f8400b1ef40142fd469eb57ebdae05bf0b18f4e1319a01916f7c537eb5bc95cf\
      81f8034920d3a4b54011db5c283443f55157fd23328509e8160543377f996057\
      d24eddf957c4dfdead945b38e9b1e085796ddbe0d6361564c9a1acc2c01624fb";

/// The second prime factor.
pub(super) const Q: &[u8; 256] =
    b"d9da567ec2847723f3decd871731faf8066c3d390411091c17787983a567af17\
      63481a2ccc77d4dd56c0425aa2818e6197015a34cd365a559e7480c7ffb4d0d4\
      03b142959e865a87760fc8bc4db4a95a23f2d1bf92b4b564d01c47562aab8b16\
      ed628736cb9d267f8cc5eb72ac0a3a22215229eef1e43e664789d274d0e99e37";

/// The secret exponent modulo `P - 1`.
pub(super) const D_P: &[u8; 256] =
    b"e4223378affe05773132b066c445b8152d7b2414eace73fe3ee9e2ef72a664a9\
      8bca97c3dd3138aa2aac600aa74069df096697d617bfe21433b428e230b0ef16\
      33e20f374949bf7c4ca4cd7690aeb0f6b9b3798c7133ebbb756269bd8d253a04\
      3c9d5c7f45754e60f064fffb9ec2b53c9e114d9efe2891c35d56d82c6a415a6f";

/// The secret exponent modulo `Q - 1`.
pub(super) const D_Q: &[u8; 256] =
    b"a8a3a7c94072a277a65496ed383b6c778b2146d3581e87dac320739040fe5e3f\
      d08f041421c3b17815ab86b1fa9227d1cbbf3441238a2bab9399c4070e1ebe79\
      20d29b248f2e99edbaaac54d5f29b6df1c6cdf8958dba27f83ca203ec7913b7e\
      680c9977056f8559bf7386aba219d89e8b04bb89489ed2df0209e26ca33bf549";

/// The inverse of `Q` modulo `P`.
pub(super) const Q_INVERSE: &[u8; 256] =
    b"333836a4bb724fba11eeb56ed8dd56fad927db7824e9e09ac325175f153b63d8\
      ab654c124038152dedfa3790d4dc9f46e9bca67dc2a12e364670476779169de8\
      60442fa4aa093f2fa2e35f9d4984bd7c8a8922637183c7be44b6bf23987a6a0d\
      55e483d564502e768a1c737deccdba8423bb8926679b40c57b0b3b3d60e5ca98";
