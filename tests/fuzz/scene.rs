//! A link and its outside: the outputs are polled and held against the laws.
use std::time::{Duration, Instant};

use ferogram_sync::Entropy;
use ferogram_sync::Now;
use ferogram_sync::mtproto::{Event, Input, Lane, Link, LinkConfig, Output, Request, RequestId};

/// A link, the time, and what has come out.
pub(crate) struct Scene {
    /// The link.
    pub(crate) link: Link,
    /// The present.
    pub(crate) now: Now,
    /// Whether there is a connection.
    pub(crate) open: bool,
    wanted: bool,
    /// What the link has transmitted since somebody looked.
    pub(crate) sent: Vec<u8>,
    /// How often it has hung up.
    pub(crate) hang_ups: usize,
    /// How many keys it has made.
    pub(crate) new_keys: usize,
    /// How many updates have come out.
    pub(crate) updates: usize,
    asked: u64,
    answered: Vec<RequestId>,
}

impl Scene {
    /// A link with one request, connected.
    #[expect(clippy::disallowed_methods, reason = "any starting point will do")]
    pub(crate) fn new(config: LinkConfig, entropy: Box<dyn Entropy>) -> Self {
        let now = Now {
            instant: Instant::now(),
            unix: Duration::from_secs(1_800_000_000),
        };
        let mut scene = Self {
            link: Link::new(now, config, entropy),
            now,
            open: false,
            wanted: false,
            sent: Vec::new(),
            hang_ups: 0,
            new_keys: 0,
            updates: 0,
            asked: 0,
            answered: Vec::new(),
        };
        scene.ask();
        scene.connect();
        scene
    }

    /// One request more.
    pub(crate) fn ask(&mut self) {
        self.asked += 1;
        let body = [0x11, 0x11, 0x11, 0x11, 1, 0, 0, 0].to_vec();
        let deadline = self.now.instant + Duration::from_secs(3600);
        let mut request = Request::new(RequestId(self.asked), body, deadline);
        request.harmless = self.asked.is_multiple_of(2);
        self.link.submit(self.now, request);
        self.drain();
    }

    /// Makes the connection that is wanted, as soon as it is.
    pub(crate) fn connect(&mut self) {
        for _ in 0..100 {
            if self.wanted {
                self.open = true;
                return self.input(Input::Connected(Lane::One));
            }
            self.pass(5);
        }
        panic!("a link with requests wants no connection for 500 seconds");
    }

    /// Seconds pass.
    pub(crate) fn pass(&mut self, seconds: u64) {
        let time = Duration::from_secs(seconds);
        self.now.instant += time;
        self.now.unix += time;
        self.input(Input::Timeout);
    }

    /// Something happens.
    pub(crate) fn input(&mut self, input: Input<'_>) {
        self.link.handle_input(self.now, input);
        self.drain();
    }

    fn drain(&mut self) {
        loop {
            match self.link.poll_output(self.now) {
                Output::Connect(..) => {
                    assert!(!self.wanted, "one connection at a time");
                    self.wanted = true;
                }
                Output::Disconnect(_, reason) => {
                    assert!(self.wanted, "nothing to disconnect");
                    assert!(!reason.to_string().is_empty());
                    (self.wanted, self.open) = (false, false);
                    self.hang_ups += 1;
                }
                Output::Transmit(_, bytes) => {
                    assert!(self.open, "nothing is sent without a connection");
                    self.sent.extend_from_slice(&bytes);
                    self.link.recycle(bytes);
                }
                Output::Event(event) => self.event(event),
                Output::Timeout(next) => {
                    let past = next.is_some_and(|at| at <= self.now.instant);
                    assert!(!past, "a timer lies in the past and does not fire");
                    return;
                }
            }
        }
    }

    fn event(&mut self, event: Event) {
        match event {
            Event::Answer(id, _) => {
                assert!(!self.answered.contains(&id), "answered twice");
                assert!((1..=self.asked).contains(&id.0), "answered and never asked");
                self.answered.push(id);
            }
            Event::Update(_) => self.updates += 1,
            Event::NewKey { .. } => self.new_keys += 1,
            _ => {}
        }
    }

    /// Every request has ended when the link has.
    pub(crate) fn end(mut self) {
        self.link.close(self.now);
        self.drain();
        assert_eq!(self.answered.len() as u64, self.asked, "answered once each");
    }
}
