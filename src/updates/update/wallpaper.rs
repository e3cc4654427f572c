//! A chat looks otherwise.
use super::payload::{in_chat, payload};
use crate::tl::{enums, types};

payload! {
    /// A chat looks otherwise.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdatePeerWallpaper {
    ///     wallpaper_overridden: true,
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::Wallpaper(change) = update else { panic!("it is one") };
    /// assert!(change.is_theirs() && change.wallpaper().is_none());
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updatePeerWallpaper>,
    /// and <https://core.telegram.org/api/wallpapers>.
    WallpaperChange(types::UpdatePeerWallpaper)
}

in_chat!(WallpaperChange, it => it.peer.clone());

impl WallpaperChange {
    /// What is behind the messages; `None` when it is nothing of its own.
    #[must_use]
    pub fn wallpaper(&self) -> Option<&enums::WallPaper> {
        self.raw.wallpaper.as_ref()
    }

    /// Whether the other side has set it for both.
    #[must_use]
    pub fn is_theirs(&self) -> bool {
        self.raw.wallpaper_overridden
    }
}
