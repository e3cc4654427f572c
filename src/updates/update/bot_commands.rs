//! What commands a bot knows in a chat has changed.
use super::payload::{in_chat, payload};
use crate::tl::{enums, types};

payload! {
    /// What commands a bot knows in a chat has changed.
    ///
    /// ```
    /// # let client = localdc::LocalDc::shared().bot();
    /// use ferogram_sync::{PeerMap, Update, tl::types};
    ///
    /// let raw = types::UpdateBotCommands {
    ///     bot_id: 7,
    ///     commands: vec![
    ///         types::BotCommand { command: "start".into(), ..Default::default() }.into(),
    ///     ],
    ///     ..Default::default()
    /// };
    /// let update = Update::from_raw(&client, raw.into(), PeerMap::default());
    /// let Update::BotCommands(change) = update else { panic!("it is one") };
    /// assert_eq!(change.bot_id(), 7);
    /// assert_eq!(change.commands().next().expect("one").command, "start");
    /// ```
    ///
    /// See <https://core.telegram.org/constructor/updateBotCommands>.
    BotCommandsChange(types::UpdateBotCommands)
}

in_chat!(BotCommandsChange, it => it.peer.clone());

impl BotCommandsChange {
    /// The id of the bot.
    #[must_use]
    pub fn bot_id(&self) -> i64 {
        self.raw.bot_id
    }

    /// The commands.
    pub fn commands(&self) -> impl Iterator<Item = &types::BotCommand> {
        let commands = self.raw.commands.iter();
        commands.map(|enums::BotCommand::Command(command)| &**command)
    }
}
