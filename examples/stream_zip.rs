//! One file is read out of a ZIP archive that is on the server, and little of the rest is fetched.
//!
//! A local data centre in this process has the archive: its last file is read, and how much of the
//! archive was given out for that is said.
use std::error::Error;
use std::io::{Cursor, Read, Write};

use ferogram_sync::{Media, Upload};
use localdc::LocalDc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

fn main() -> Result<(), Box<dyn Error>> {
    println!("mode: local data centre");
    let telegram = LocalDc::start()?;
    let client = telegram.user();
    let archive = archive()?;
    let size = archive.len();
    let file = Upload::bytes(archive).name("books.zip");
    let message = client.send_media("me", Media::document(file), "")?;

    let before = telegram.file_bytes_served();
    let mut archive = ZipArchive::new(client.download(&message).open()?)?;
    println!("{} files are in it", archive.len());
    let mut text = String::new();
    archive.by_name("last.txt")?.read_to_string(&mut text)?;
    println!("the last one says: {text}");
    let fetched = telegram.file_bytes_served() - before;
    println!("{fetched} of {size} bytes were fetched");
    Ok(())
}

/// An archive of some megabytes.
fn archive() -> Result<Vec<u8>, Box<dyn Error>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for number in 0..8 {
        archive.start_file(format!("book-{number}.txt"), stored)?;
        archive.write_all(&vec![b'a' + number; 1 << 20])?;
    }
    archive.start_file("last.txt", stored)?;
    archive.write_all(b"The end")?;
    Ok(archive.finish()?.into_inner())
}
