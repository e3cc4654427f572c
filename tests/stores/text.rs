//! Records and changes as text, with the feature `serde`: the keys are in it, and all else.
use ferogram_sync::store::{Change, KeyRecord, MemoryStore, Records, Store};

use super::dice::Dice;
use super::model::Model;

#[test]
fn what_is_written_as_text_comes_back() {
    let mut dice = Dice(5);
    let mut model = Model::default();
    let mut store = MemoryStore::new();
    for round in 0..300 {
        let changes = dice.changes();
        model.apply(&changes);
        let text = serde_json::to_string(&changes).expect("it can be written");
        let read: Vec<Change> = serde_json::from_str(&text).expect("it can be read");
        store.apply(&read).expect("it is kept");
        model.assert_is(&mut store, &format!("round {round}, from text"));
        let text = serde_json::to_string(&store.snapshot()).expect("it can be written");
        let records: Records = serde_json::from_str(&text).expect("it can be read");
        model.assert_has(&records, &format!("round {round}, records from text"));
    }
}

/// What a later version adds, and what an earlier one did not have, is no reason to refuse it.
#[test]
fn a_part_of_the_records_is_enough() {
    let text = r#"{"home_dc": 2, "channels": {"-7": 5}, "of_a_later_version": []}"#;
    let records: Records = serde_json::from_str(text).expect("it can be read");
    assert_eq!(records.home_dc.map(|dc| dc.0), Some(2));
    assert_eq!(records.channels.into_iter().collect::<Vec<_>>(), [(-7, 5)]);
    assert!(records.keys.is_empty());
}

#[test]
fn a_key_is_so_long_and_no_other() {
    let text = |key: &[u8]| {
        let key = serde_json::to_string(key).expect("it can be written");
        format!(
            r#"{{"place": {{"dc": 2, "media": false, "kind": "permanent"}}, "key": {key},
                "created": 1, "expires_at": null, "time_offset": 0}}"#
        )
    };
    for len in [0, 255, 257, 1000] {
        let error = serde_json::from_str::<KeyRecord>(&text(&vec![77; len]));
        let error = error.expect_err("it is no key").to_string();
        assert!(error.contains("256 bytes of a key"), "{error}");
        assert!(!error.contains("77"), "{error}");
    }
    let whole: KeyRecord = serde_json::from_str(&text(&[77; 256])).expect("it is a key");
    assert_eq!(whole.key.expose(), &[77; 256]);
}
