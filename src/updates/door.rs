//! The way out of the updates thread to one stream.
use crossbeam_channel::{Receiver, Select, SelectedOperation, SendError, Sender, TrySendError};

use super::delivery::UpdateDelivery;
use super::update::Update;

/// The way out of the updates thread to one stream.
///
/// A receiver has no queue of its own: an update stays here until somebody takes it, so it is known
/// when that happens, and what is left is not lost with the receiver.
pub(super) enum Door {
    /// The queue of a stream, and its other end, for the oldest to be taken out.
    Queue(Sender<UpdateDelivery>, Receiver<UpdateDelivery>),
    /// From hand to hand; whoever takes it has finished it.
    Updates(Sender<Update>),
    /// From hand to hand.
    Deliveries(Sender<UpdateDelivery>),
}

/// What did not go out.
pub(super) enum Refused {
    /// Not now.
    Full(UpdateDelivery),
    /// Nobody is there any more.
    Gone(UpdateDelivery),
}

impl Door {
    /// Has `select` look whether something can go out. Says under which number.
    pub(super) fn watch<'a>(&'a self, select: &mut Select<'a>) -> usize {
        match self {
            Self::Updates(door) => select.send(door),
            Self::Queue(door, _) | Self::Deliveries(door) => select.send(door),
        }
    }

    /// Does what `select` says can be done.
    pub(super) fn hand(
        &self,
        chosen: SelectedOperation<'_>,
        delivery: UpdateDelivery,
    ) -> Result<(), Refused> {
        match self {
            Self::Updates(door) => {
                let (update, receipt) = delivery.open();
                match chosen.send(door, update) {
                    Ok(()) => receipt.finish(),
                    Err(SendError(back)) => return Err(Refused::Gone(receipt.back(back))),
                }
                Ok(())
            }
            Self::Queue(door, _) | Self::Deliveries(door) => {
                let sent = chosen.send(door, delivery);
                sent.map_err(|SendError(back)| Refused::Gone(back))
            }
        }
    }

    /// Hands it out if that can be done now.
    pub(super) fn try_hand(&self, delivery: UpdateDelivery) -> Result<(), Refused> {
        match self {
            Self::Updates(door) => {
                let (update, receipt) = delivery.open();
                match door.try_send(update) {
                    Ok(()) => receipt.finish(),
                    Err(TrySendError::Full(back)) => {
                        return Err(Refused::Full(receipt.back(back)));
                    }
                    Err(TrySendError::Disconnected(back)) => {
                        return Err(Refused::Gone(receipt.back(back)));
                    }
                }
                Ok(())
            }
            Self::Queue(door, _) | Self::Deliveries(door) => {
                door.try_send(delivery).map_err(|refused| match refused {
                    TrySendError::Full(back) => Refused::Full(back),
                    TrySendError::Disconnected(back) => Refused::Gone(back),
                })
            }
        }
    }
}
