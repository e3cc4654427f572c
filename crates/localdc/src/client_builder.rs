//! Setting up a client of this library for a local data centre.
use ferogram_sync::{Client, ClientBuilder};

use crate::local_dc::LocalDc;

/// The application that clients say they are.
pub(crate) const API_ID: i32 = 1;

impl LocalDc {
    /// A builder for clients of these data centres: addresses and key are set, the session is kept
    /// in memory, and any api id will do.
    ///
    /// ```
    /// use ferogram_sync::tl::functions::help::GetNearestDc;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let telegram = localdc::LocalDc::start()?;
    /// let client = telegram.client_builder().connect()?;
    /// assert!(!client.is_authorized()?);
    /// client.invoke(&GetNearestDc {})?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn client_builder(&self) -> ClientBuilder {
        let builder = Client::builder()
            .api_id(API_ID)
            .api_hash("local")
            .in_memory()
            .first_dc(1)
            .rsa_key(self.public_key_pem());
        // Addresses of one family: a client would try those of the other one too.
        let first = self
            .addresses()
            .first()
            .map(|(_, address)| address.is_ipv6());
        let addresses = self.addresses().into_iter().chain(self.cdn_addresses());
        addresses
            .filter(|(_, address)| Some(address.is_ipv6()) == first)
            .fold(builder, |builder, (dc, address)| {
                builder.dc_addr(dc, address)
            })
    }
}
