//! Setting up how updates go on from where they were.
use std::time::Duration;

use super::builder::ClientBuilder;

impl ClientBuilder {
    /// Whether the first stream begins with what was missed since the program was here last: it
    /// does unless said otherwise. With `false` it begins with what happens from now on, and what
    /// was missed is given to nobody.
    ///
    /// Either way, what a lost connection makes the program miss while it runs is asked for.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let builder = telegram.client_builder();
    /// let client = builder.catch_up(false).connect()?;
    /// # client.close()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// See <https://core.telegram.org/api/updates#recovering-gaps>.
    pub fn catch_up(mut self, catch_up: bool) -> Self {
        self.config.catch_up = catch_up;
        self
    }

    /// How many updates of private chats and groups at most are asked for when the program has
    /// missed some: all that the server has kept unless said otherwise. When there are more, none
    /// of those that were missed come, and that is told as [`Update::Lost`](crate::Update::Lost).
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let builder = telegram.client_builder();
    /// let client = builder.catch_up_limit(10_000).connect()?;
    /// # client.close()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// See `pts_total_limit` of <https://core.telegram.org/method/updates.getDifference>.
    pub fn catch_up_limit(mut self, updates: impl Into<Option<i32>>) -> Self {
        self.config.catch_up_limit = updates.into();
        self
    }

    /// Whether updates are given *at most once*: how far the program is is then on the disk before
    /// it is given anything, so that nothing comes twice, and what it had not handled when it was
    /// killed does not come again.
    ///
    /// Unless said otherwise they are given *at least once*: how far the program is is written
    /// after it has finished with an update, so that none is skipped. Killed at any moment, it may
    /// then be given again what it was given and had not finished, and what it had finished since
    /// the last write.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let builder = telegram.client_builder();
    /// let client = builder.at_most_once(true).connect()?;
    /// # client.close()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn at_most_once(mut self, at_most_once: bool) -> Self {
        self.config.at_most_once = at_most_once;
        self
    }

    /// How long to wait at least between two writes of how far the program is: not at all unless
    /// said otherwise, so that each write begins when the one before is done. A pause saves a disk,
    /// or requests to a database, and more may come twice after a crash.
    ///
    /// ```
    /// # let telegram = localdc::LocalDc::shared();
    /// # let builder = telegram.client_builder();
    /// use std::time::Duration;
    ///
    /// let client = builder.save_pause(Duration::from_secs(1)).connect()?;
    /// # client.close()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn save_pause(mut self, pause: Duration) -> Self {
        self.config.save_pause = pause;
        self
    }
}
