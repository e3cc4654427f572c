//! Places, attached to a message.
use crate::tl::enums::{InputGeoPoint, InputMedia};
use crate::tl::types;

/// A place on the earth, attached to a message; one that moves is [`live`](Self::live).
///
/// ```
/// # let client = localdc::LocalDc::shared().user();
/// use ferogram_sync::{InputMessage, Location, Venue};
///
/// let here = Location::new(52.3702, 4.8952);
/// client.send_message("me", InputMessage::default().media(here.clone()))?;
/// let moving = here.clone().live(3600).heading(90);
/// let shared = client.send_message("me", InputMessage::default().media(moving.clone()))?;
/// let stopped = InputMessage::default().media(moving.stop());
/// client.edit_message("me", shared.id(), stopped)?;
/// let venue = Venue::new(here, "The Garden", "Green Street 1");
/// assert!(client.send_message("me", InputMessage::default().media(venue))?.media().is_some());
/// # Ok::<(), ferogram_sync::Error>(())
/// ```
///
/// See <https://core.telegram.org/api/live-location>.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    point: types::InputGeoPoint,
    live: Option<types::InputMediaGeoLive>,
}

impl Location {
    /// A place by its latitude and longitude, in degrees.
    #[must_use]
    pub fn new(latitude: f64, longitude: f64) -> Self {
        let point = types::InputGeoPoint {
            lat: latitude,
            long: longitude,
            accuracy_radius: None,
        };
        Self { point, live: None }
    }

    /// How far away it may be in truth, in metres.
    #[must_use]
    pub fn accuracy_radius(mut self, metres: i32) -> Self {
        self.point.accuracy_radius = Some(metres);
        self
    }

    /// It moves, and is kept up to date by editing the message, for so many seconds: 60 to 86400,
    /// or `i32::MAX` without an end.
    #[must_use]
    pub fn live(mut self, seconds: i32) -> Self {
        self.live.get_or_insert_default().period = Some(seconds);
        self
    }

    /// Of one that moves: in which direction, in degrees from 1 to 360.
    #[must_use]
    pub fn heading(mut self, degrees: i32) -> Self {
        self.live.get_or_insert_default().heading = Some(degrees);
        self
    }

    /// Of one that moves: at which distance others who share theirs are told, in metres; 0 for
    /// none.
    #[must_use]
    pub fn proximity_radius(mut self, metres: i32) -> Self {
        let live = self.live.get_or_insert_default();
        live.proximity_notification_radius = Some(metres);
        self
    }

    /// Of one that moves, for an edit: it moves no longer.
    #[must_use]
    pub fn stop(mut self) -> Self {
        let live = self.live.get_or_insert_default();
        (live.stopped, live.period) = (true, None);
        self
    }
}

impl From<Location> for InputGeoPoint {
    fn from(location: Location) -> Self {
        location.point.into()
    }
}

impl From<Location> for InputMedia {
    fn from(location: Location) -> Self {
        let geo_point = location.point.into();
        match location.live {
            Some(live) => types::InputMediaGeoLive { geo_point, ..live }.into(),
            None => types::InputMediaGeoPoint { geo_point }.into(),
        }
    }
}

/// A place that has a name and an address, attached to a message.
///
/// See <https://core.telegram.org/constructor/inputMediaVenue>.
#[derive(Clone, Debug, PartialEq)]
pub struct Venue {
    raw: types::InputMediaVenue,
}

impl Venue {
    /// Where it is, what it is called, and its address.
    pub fn new(
        location: impl Into<InputGeoPoint>,
        title: impl Into<String>,
        address: impl Into<String>,
    ) -> Self {
        let raw = types::InputMediaVenue {
            geo_point: location.into(),
            title: title.into(),
            address: address.into(),
            ..Default::default()
        };
        Self { raw }
    }

    /// By whom it is listed (`foursquare`, `gplaces`), under which id, and as what kind of place.
    #[must_use]
    pub fn listed_by(
        mut self,
        provider: impl Into<String>,
        id: impl Into<String>,
        kind: impl Into<String>,
    ) -> Self {
        self.raw.provider = provider.into();
        self.raw.venue_id = id.into();
        self.raw.venue_type = kind.into();
        self
    }
}

impl From<Venue> for InputMedia {
    fn from(venue: Venue) -> Self {
        venue.raw.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_said_of_a_place_that_moves_is_in_the_request() {
        let moving = Location::new(52.5, 13.4).live(900).heading(90);
        let moving = moving.proximity_radius(50).accuracy_radius(7);
        for (location, period) in [(moving.clone(), Some(900)), (moving.stop(), None)] {
            let InputMedia::GeoLive(raw) = InputMedia::from(location) else {
                panic!("it moves");
            };
            assert_eq!((raw.stopped, raw.period), (period.is_none(), period));
            assert_eq!(raw.heading, Some(90));
            assert_eq!(raw.proximity_notification_radius, Some(50));
            let InputGeoPoint::Point(point) = raw.geo_point else {
                panic!("it is somewhere");
            };
            assert_eq!((point.lat, point.long), (52.5, 13.4));
            assert_eq!(point.accuracy_radius, Some(7));
        }
        let still = InputMedia::from(Location::new(52.5, 13.4));
        assert!(matches!(still, InputMedia::GeoPoint(_)));
    }
}
