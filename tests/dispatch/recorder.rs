//! A recorder of the crate `metrics` that a test can look into.
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use metrics::{
    Counter, CounterFn, Gauge, GaugeFn, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder,
    SharedString, Unit,
};

/// What was noted under each name with its labels: the sum of a counter, the value of a gauge, how
/// many values a histogram has.
#[derive(Clone, Debug, Default)]
pub(crate) struct Noted(Arc<Mutex<BTreeMap<String, i64>>>);

impl Noted {
    pub(crate) fn count(&self, name: &str) -> i64 {
        let all = self.0.lock().expect("no panic");
        all.get(name).copied().unwrap_or(0)
    }

    fn cell(&self, key: &Key) -> Arc<Cell> {
        let labels = key
            .labels()
            .map(|it| format!(" {}={}", it.key(), it.value()));
        let name = key.name().to_owned() + &labels.collect::<String>();
        Arc::new(Cell(name, self.clone()))
    }
}

struct Cell(String, Noted);

impl Cell {
    fn change(&self, change: impl FnOnce(i64) -> i64) {
        let mut all = (self.1).0.lock().expect("no panic");
        let value = all.entry(self.0.clone()).or_default();
        *value = change(*value);
    }
}

impl CounterFn for Cell {
    fn increment(&self, value: u64) {
        self.change(|it| it + value as i64);
    }

    fn absolute(&self, value: u64) {
        self.change(|_| value as i64);
    }
}

impl GaugeFn for Cell {
    fn increment(&self, value: f64) {
        self.change(|it| it + value as i64);
    }

    fn decrement(&self, value: f64) {
        self.change(|it| it - value as i64);
    }

    fn set(&self, value: f64) {
        self.change(|_| value as i64);
    }
}

impl HistogramFn for Cell {
    fn record(&self, _value: f64) {
        self.change(|it| it + 1);
    }
}

impl Recorder for Noted {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.cell(key))
    }

    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(self.cell(key))
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.cell(key))
    }
}
