//! Which records are in a file, and in many?
//!
//! A file is opened, unpacked and decoded piece by piece, and its reader adds one record after
//! another to [`Records`]. A file counts as a whole: if it turns out to be damaged, it is one bad
//! record, with the reason. So the records of each file are collected apart, and join those of the
//! files before it when it ends. Several files are read at once; the order of the records is that
//! of the files.

use std::path::Path;

use super::charset::{self, Charset};
use super::decode::Decoded;
use super::foreign::foreign;
use super::format::{Container, Format, holds_files, is_packed};
use super::input::Input;
use super::open::Raw;
use super::records::{Records, Sink};
use super::sniff::format_of;
use super::source::{file_name, partitions};
use super::unpack::Unpacked;
use super::{archive, csv, docx, export, html, json, mail, plain, rtf, warc, xml};
use crate::batch::{Watch, map};
use crate::error::{Error, Kind, Result};

/// How many files are read before their records join the others. The number is the same for any
/// number of threads, and so are results.
const FILES: usize = 256;

/// A file with more bytes is read alone, and its records are handed on before it ends. If it is
/// packed, the limit is that divided by [`PACKED`].
const SHORT: u64 = 1 << 20;
const PACKED: u64 = 16;

/// Whether a file of this size can be held in memory with others.
pub(super) fn is_short(size: u64, packed: bool) -> bool {
    size <= if packed { SHORT / PACKED } else { SHORT }
}

/// How files are read.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    /// The format of all files. Without one, it follows from each file's name or content.
    pub format: Option<Format>,
    /// The encoding of all files. Without one, it is what a file declares, or Unicode.
    pub encoding: Option<Charset>,
    /// The field that holds the text.
    pub text: &'a str,
    /// The watch that may stop the reading.
    pub watch: &'a Watch,
    /// Where the records of a file go before it ends, if they do.
    pub(crate) sink: Option<&'a Sink>,
}

impl<'a> Reading<'a> {
    /// How files are read whole.
    pub fn new(format: Option<Format>, text: &'a str, watch: &'a Watch) -> Self {
        Self { format, encoding: None, text, watch, sink: None }
    }
}

/// A file to be read.
#[derive(Debug, Clone, Copy)]
pub enum InputFile<'a> {
    /// A file at this path.
    Path(&'a Path),
    /// A file that is in memory: what it is called, and its content.
    Content(&'a str, &'a [u8]),
    /// A file at this path that cannot be read, and the reason.
    Unreadable(&'a Path, &'a str),
}

impl InputFile<'_> {
    fn may_be_a_pipe(&self) -> bool {
        match self {
            Self::Path(path) => !path.is_file(),
            Self::Content(..) | Self::Unreadable(..) => false,
        }
    }
}

/// Reads the records of files, in the order of the files. Several files are read at once, on the
/// pool that the caller runs in. Pipes are read one after another: the writer of one may start only
/// when another has been read. A file that cannot be read is a bad record.
///
/// # Errors
/// [`Kind::OutOfMemory`], and cancellation.
pub fn read_files(files: &[InputFile<'_>], reading: &Reading<'_>, records: &mut Records) -> Result<()> {
    let mut rest = files;
    while !rest.is_empty() {
        let many = rest.iter().take(FILES).take_while(|file| !file.may_be_a_pipe()).count().max(1);
        let (files, after) = rest.split_at(many);
        read_some(files, reading, records)?;
        rest = after;
    }
    Ok(())
}

/// Reads the records of some files at once.
pub(super) fn read_some(files: &[InputFile<'_>], reading: &Reading<'_>, records: &mut Records) -> Result<()> {
    let read = map(files, reading.watch, |file| read_one(*file, reading))?;
    read.into_iter().try_for_each(|read| records.append(read))
}

/// Reads the records of a file and adds them to `records`. A file that cannot be read is a bad
/// record.
///
/// # Errors
/// [`Kind::OutOfMemory`], and cancellation.
pub fn read_file(path: &Path, reading: &Reading<'_>, records: &mut Records) -> Result<()> {
    records.append(read_one(InputFile::Path(path), reading)?)
}

/// Reads the records of a file that is in memory; see [`read_file`].
///
/// # Errors
/// As [`read_file`].
pub fn read_bytes(bytes: &[u8], source: &str, reading: &Reading<'_>, records: &mut Records) -> Result<()> {
    records.append(read_one(InputFile::Content(source, bytes), reading)?)
}

/// The records of a file.
pub(super) fn read_one(file: InputFile<'_>, reading: &Reading<'_>) -> Result<Records> {
    read_nested(file, reading, 0, None)
}

/// The records of a file that is in this many archives, and of which HTTP says that it is in this
/// encoding.
fn read_nested(
    file: InputFile<'_>,
    reading: &Reading<'_>,
    depth: usize,
    http: Option<&str>,
) -> Result<Records> {
    let (source, note) = match file {
        InputFile::Path(path) | InputFile::Unreadable(path, _) => file_name(path),
        InputFile::Content(source, _) => (source.to_owned(), None),
    };
    let open = || match file {
        InputFile::Path(path) => Raw::open(path, reading.watch),
        InputFile::Content(_, bytes) => Ok(Raw::memory(bytes, reading.watch)),
        InputFile::Unreadable(_, reason) => Err(Error::new(Kind::BadFile, reason)),
    };
    let of_name = match file {
        InputFile::Path(path) => Format::from_path(path).filter(|format| *format != Format::Rows),
        InputFile::Content(source, _) => Format::from_path(Path::new(source)),
        InputFile::Unreadable(..) => None,
    };
    let packed = matches!(file, InputFile::Path(path) if is_packed(path));
    let path = match file {
        InputFile::Path(path) => Some(path),
        _ => None,
    };
    let named = Named { source: &source, path, of_name, http };
    let mut read = attempt(open(), packed, true, &named, reading, depth);
    if matches!(read, Err(Failure::WrongGuess)) {
        read = attempt(open(), packed, false, &named, reading, depth);
    }
    let mut records = match read {
        Ok(records) => records,
        Err(Failure::File(reason, note)) => {
            let mut records = Records::default();
            records.refuse(&source, reason)?;
            if let Some(note) = note {
                records.note(note);
            }
            records
        }
        Err(Failure::All(reason)) => return Err(reason.in_source(source)),
        Err(Failure::WrongGuess) => Records::default(),
    };
    records.add_to_all(&partitions(&source));
    records.note_first(note);
    Ok(records)
}

/// Why there are no records of a file.
enum Failure {
    /// The encoding was guessed wrong: the file must be read again, as bytes.
    WrongGuess,
    /// The file is a bad record. Perhaps there is a note about it.
    File(Error, Option<Error>),
    /// Reading stops for all files.
    All(Error),
}

impl Failure {
    fn new(reason: Error, note: Option<Error>) -> Self {
        match reason.kind() {
            Kind::Cancelled | Kind::OutOfMemory => Self::All(reason),
            // A damaged file gets no note about its encoding.
            Kind::BadFile => Self::File(reason, None),
            _ => Self::File(reason, note),
        }
    }
}

/// What is known of a file from outside.
struct Named<'a> {
    source: &'a str,
    path: Option<&'a Path>,
    of_name: Option<Format>,
    /// The encoding that HTTP names.
    http: Option<&'a str>,
}

/// Lets a file be decoded from the encoding that the caller names, or that it declares.
fn in_its_encoding<'a>(
    mut decoded: Decoded<'a>,
    named: &Named<'_>,
    reading: &Reading<'_>,
    records: &mut Records,
) -> Decoded<'a> {
    let format = reading.format.or(named.of_name);
    if format == Some(Format::Rows) {
        return decoded;
    }
    if let Some(charset) = reading.encoding {
        decoded = decoded.in_charset(charset, charset::OPTION);
        if decoded.is_shown() {
            let what = "has a byte-order mark, which decides its encoding; encoding= does not";
            records.note(Error::new(Kind::BadFile, what));
        }
        return decoded;
    }
    if decoded.is_shown() {
        return decoded;
    }
    let is_markup = match format {
        Some(Format::JsonLines | Format::Json | Format::Csv | Format::Tsv) => false,
        Some(Format::Html | Format::Xml) => true,
        _ => Format::from_markup(decoded.first()).is_some(),
    };
    let (found, note) = charset::declared(named.http, is_markup, decoded.first());
    if let Some(note) = note {
        records.note(note);
    }
    match found {
        Some((charset, who)) => decoded.in_charset(charset, who),
        None => decoded,
    }
}

/// Reads a file from its first byte.
fn attempt(
    raw: Result<Raw<'_>>,
    packed: bool,
    guess: bool,
    named: &Named<'_>,
    reading: &Reading<'_>,
    depth: usize,
) -> std::result::Result<Records, Failure> {
    let (source, of_name) = (named.source, named.of_name);
    let (mut container, mut records) = (None, Records::default());
    records.begin(source);
    let sink = reading.sink.filter(|_| depth == 0);
    let start = || -> Result<(Input<'_>, Option<Error>, bool)> {
        let mut raw = raw?;
        if let Some(sink) = sink.filter(|_| !is_short(raw.size(), packed) || !raw.is_repeatable()) {
            records.sink = Some(sink.with_fields(partitions(source)));
        }
        if packed && raw.peek(1)?.is_empty() {
            let what = "is not whole: an archive of no bytes; expected a gzip, bzip2, xz or Zstandard file";
            return Err(Error::new(Kind::BadFile, what));
        }
        let is_repeatable = raw.is_repeatable();
        let mut decoded = Decoded::new(Unpacked::new(raw)?, guess)?;
        container = Container::of(decoded.first());
        if container.is_some() {
            decoded = decoded.in_bytes();
        }
        if let Some(reason) = foreign(decoded.first(), named.path, reading.format.is_some()) {
            return Err(reason);
        }
        if container.is_none() {
            decoded = in_its_encoding(decoded, named, reading, &mut records);
        }
        let may_repeat = decoded.is_guess() && is_repeatable && records.sink.is_none();
        let note = decoded.note();
        Ok((Input::new(decoded, reading.watch), note, may_repeat))
    };
    let (mut input, note, may_repeat) = start().map_err(|reason| Failure::new(reason, None))?;
    if let Some(note) = &note {
        records.note(note.clone());
    }
    let mut read = if let Some(container) = container {
        unpack(container, &mut input, source, reading, &mut records, depth)
    } else {
        let format = match reading.format {
            Some(format) => Ok(format),
            None => format_of(&mut input, of_name, &mut records),
        };
        format.and_then(|format| read_records(&mut input, format, reading, &mut records))
    };
    // A reader may return before its file ends. The rest may still be damaged.
    if read.as_ref().err().is_none_or(|reason| reason.kind() == Kind::BadRecord) {
        read = input.drain().and(read);
    }
    match read {
        Ok(()) => {
            input.finish(&mut records);
            Ok(records)
        }
        Err(reason) if may_repeat && reason.kind() == Kind::BadFile => Err(Failure::WrongGuess),
        Err(reason) => match Failure::new(reason, note) {
            // Records before the damage may have been handed on, so all of them count.
            Failure::File(reason, _) if sink.is_some() => {
                records.push(None, None, Err(reason)).map_err(Failure::All)?;
                Ok(records)
            }
            failure => Err(failure),
        },
    }
}

/// Adds the records of the files in an archive or a crawl.
fn unpack(
    container: Container,
    input: &mut Input<'_>,
    source: &str,
    reading: &Reading<'_>,
    records: &mut Records,
    depth: usize,
) -> Result<()> {
    /// How many archives may be in one another.
    const DEEPEST: usize = 3;
    if depth >= DEEPEST {
        let what = format!("is an archive in {DEEPEST} others; unpack the outer ones first");
        return Err(Error::new(Kind::BadFile, what));
    }
    let watch = input.watch();
    // The records of a crawl that are broken come between those of its pages.
    let mut found = Records::default();
    found.sink.clone_from(&records.sink);
    let (mut is_document, mut left_out) = (false, 0);
    let mut take = |name: &str, content: &[u8], http: Option<&str>| {
        let called = format!("{source}/{name}");
        let path = Path::new(name);
        if container != Container::Warc && Format::from_path(path).is_none() && !holds_files(path) {
            left_out += 1;
            return Ok(());
        }
        if name == "word/document.xml" || is_document {
            // The other parts of a Word document are not read.
            if !is_document || name == "word/document.xml" {
                found = document(&docx::text(content, watch)?, source, reading, depth)?;
            }
            is_document = true;
            return Ok(());
        }
        let inner = InputFile::Content(&called, content);
        found.append(read_nested(inner, reading, depth + 1, http)?)?;
        found.pass_on()
    };
    let read = match container {
        Container::Warc => warc::read(input, records, &mut take),
        Container::Rtf => {
            input.whole()?;
            let length = input.window().len();
            let (text, note) = rtf::text(input.window(), reading.encoding, watch)?;
            if let Some(note) = note {
                records.note(note);
            }
            // Where blank lines part paragraphs, other lines are in them.
            let is_apart = export::opens(&text) && text.contains("\n\n");
            let text = if is_apart { text } else { rtf::apart(&text) };
            found = document(&text, source, reading, depth)?;
            input.skip(length)
        }
        Container::Zip | Container::Tar => archive::read(container, input, &mut take),
    };
    if left_out > 0 && !is_document {
        let what = format!("{left_out} files of the archive have no known suffix and were skipped");
        records.note(Error::new(Kind::BadFormat, what));
    }
    records.append(found)?;
    read
}

/// The records of a text that was taken out of a document: the articles of an export, or one.
fn document(text: &str, source: &str, reading: &Reading<'_>, depth: usize) -> Result<Records> {
    if !export::opens(text) {
        let mut records = Records::default();
        records.begin(source);
        records.push(Some(0), None, Ok(text))?;
        return Ok(records);
    }
    let reading = Reading { format: Some(Format::Export), encoding: None, sink: None, ..*reading };
    read_nested(InputFile::Content(source, text.as_bytes()), &reading, depth + 1, None)
}

/// Adds the records of a file to `records`.
fn read_records(
    input: &mut Input<'_>,
    format: Format,
    reading: &Reading<'_>,
    records: &mut Records,
) -> Result<()> {
    let text = reading.text;
    match format {
        Format::Text => plain::read(input, records),
        Format::JsonLines => json::read_lines(input, text, records),
        Format::Json => json::read_list(input, text, records),
        Format::Csv => csv::read(input, b',', text, records),
        Format::Tsv => csv::read(input, b'\t', text, records),
        Format::Html => html::read(input, records),
        Format::Xml => xml::read(input, records),
        Format::Mail => mail::read(input, reading.encoding, records),
        Format::Export => export::read(input, records),
        Format::Rows => json::read_rows(input, text, records),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], format: Option<Format>) -> Records {
        let mut records = Records::default();
        read_bytes(bytes, "a.file", &Reading::new(format, "text", &Watch::default()), &mut records).unwrap();
        records
    }

    fn texts(records: &Records) -> Vec<&str> {
        records.texts().collect()
    }

    #[test]
    fn a_broken_line_keeps_its_place_among_the_others() {
        let records =
            read(b"{\"text\": \"a\", \"n\": 1}\n{\"text\": \n\n{\"text\": \"c\", \"m\": 2}\n", None);
        assert_eq!(texts(&records), ["a", "", "c"]);
        assert_eq!(records.bad().len(), 1);
        let message = records.bad()[0].1.to_string();
        assert!(message.starts_with("a.file, line 2: is not JSON"), "{message}");
        let (fields, _) = records.fields.finish(3, &[], &Watch::default()).unwrap();
        assert_eq!(fields[0].1.show(0).as_deref(), Some("1"));
        assert_eq!(fields[1].1.show(2).as_deref(), Some("2"));
        assert_eq!(fields[1].1.show(0), None);
    }

    #[test]
    fn a_ragged_row_is_refused_with_its_line() {
        let records = read(b"text,n\na,1\nb,2,3\n\"c\nd\",4\n", Some(Format::Csv));
        assert_eq!(texts(&records), ["a", "", "c\nd"]);
        assert_eq!(records.bad()[0].1.place().line, Some(3));
    }

    #[test]
    fn a_table_without_a_text_column_says_which_columns_it_has() {
        let records = read(b"story,n\na,1\n", Some(Format::Csv));
        assert!(records.bad()[0].1.to_string().contains("story, n"), "{}", records.bad()[0].1);
    }

    #[test]
    fn a_list_holds_objects_and_strings() {
        let records = read(b" [{\"text\": \"a\"}, \"b\", 3, {\"title\": \"x\"}]", None);
        assert_eq!(texts(&records), ["a", "b", "", ""]);
        assert_eq!(records.bad().len(), 2);
    }

    #[test]
    fn a_plain_file_is_cut_at_its_date_lines() {
        let records = read("é\ndate 2019-01-08 a\n\nb\ndate 2019-01-09 c".as_bytes(), None);
        assert_eq!(texts(&records), ["é\n", "date 2019-01-08 a\n\nb\n", "date 2019-01-09 c"]);
        assert_eq!(records.starts(), [Some(0), Some(2), Some(23)]);
    }

    #[test]
    fn other_encodings_are_read_and_noted() {
        let records = read(b"caf\xe9 \x93quote\x94", None);
        assert_eq!(texts(&records), ["café “quote”"]);
        assert_eq!(records.notes().len(), 1);
        assert_eq!(texts(&read(b"\xef\xbb\xbfhello", None)), ["hello"]);
        assert_eq!(texts(&read(b"\xff\xfeh\0i\0", None)), ["hi"]);
    }

    #[test]
    fn a_truncated_archive_is_a_bad_file() {
        let packed = zstd::encode_all(&b"some text that is long enough to be cut"[..], 1).unwrap();
        assert_eq!(texts(&read(&packed, None)), ["some text that is long enough to be cut"]);
        assert_eq!(read(&packed[..packed.len() - 4], None).bad()[0].1.kind(), Kind::BadFile);
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let deep = format!("{{\"text\": {}", "[".repeat(100_000));
        assert_eq!(read(deep.as_bytes(), None).bad()[0].1.kind(), Kind::BadRecord);
    }

    /// Contents that lead a reader as deep as anything can.
    fn deep() -> Vec<Vec<u8>> {
        let (many, few) = (20_000, 127);
        let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let objects = format!("{}1{}", "{\"a\":".repeat(many), "}".repeat(many));
        let mut contents = vec![
            "[".repeat(many),
            nested(many),
            objects.clone(),
            format!("{{\"text\": {}}}", nested(many)),
            format!("{{\"text\": \"x\", \"n\": {}}}", nested(few - 1)),
            format!("{{\"text\": \"x\", \"n\": {objects}}}"),
            format!("[{}, {{\"text\": \"x\", \"n\": {}}}]", nested(few), nested(few - 1)),
            format!("[\"{}\"]", "\\\\".repeat(many)),
            format!("text\n{}", "\"".repeat(many)),
            format!("text\n{}", "\"\"\n".repeat(many)),
            format!("text{}\nx{}", ",".repeat(many), ",".repeat(many)),
            "\r".repeat(many),
            "\u{feff} \t".repeat(many),
            "date 2019-01-08 ".repeat(many),
            "date 2019-01-08\n".repeat(many),
            "<div>".repeat(many),
            "<html><table><tr><td>".repeat(many),
            "<rss><item><description>".repeat(many),
            format!("<nitf>{}{}</nitf>", "<p>".repeat(many), "</p>".repeat(many)),
            format!("<script type=\"application/ld+json\">{objects}"),
            format!("{{\"uri\": \"a\", \"bodies\": {}}}", nested(few - 1)),
            "a: b\nMIME-Version: 1\nContent-Type: multipart/mixed; boundary=x\n\n--x\n".repeat(many),
            "1 of 2 DOCUMENTS\nLENGTH: 5 words\n".repeat(many),
            "WARC/1.0\r\n\r\n".repeat(many),
        ];
        contents.extend(contents.clone().into_iter().map(|content| content.replace('"', "é")));
        let mut contents: Vec<Vec<u8>> = contents.into_iter().map(String::into_bytes).collect();
        contents.extend([vec![0xff; many], vec![0; many], [0xe9, b'\n'].repeat(many)]);
        contents
    }

    const FORMATS: [Option<Format>; 10] = [
        None,
        Some(Format::Text),
        Some(Format::JsonLines),
        Some(Format::Json),
        Some(Format::Csv),
        Some(Format::Tsv),
        Some(Format::Html),
        Some(Format::Xml),
        Some(Format::Mail),
        Some(Format::Export),
    ];

    #[test]
    fn no_reader_needs_more_than_a_small_stack() {
        let small = std::thread::Builder::new().stack_size(64 << 10);
        let work = || {
            for content in deep() {
                for format in FORMATS {
                    let records = read(&content, format);
                    assert_eq!(records.texts().count(), records.len());
                }
            }
        };
        small.spawn(work).unwrap().join().unwrap();
    }

    /// Contents of more than a megabyte, of many records or of one that its reader goes through in
    /// pieces.
    fn long() -> Vec<(Option<Format>, Vec<u8>)> {
        const BYTES: usize = 5 << 18;
        let filled = |head: &str, piece: &str| format!("{head}{}", piece.repeat(BYTES / piece.len()));
        let texts = [
            (Format::Text, filled("", "date 2019-01-08 x\n")),
            (Format::Text, filled("", "x\n")),
            (Format::JsonLines, filled("", "{\"text\": \"x\", \"n\": [1, 2]}\n")),
            (Format::JsonLines, filled("", "\n")),
            (Format::Json, filled("[0", ",\"x\"") + "]"),
            (Format::Json, filled("[", "[")),
            (Format::Csv, filled("text,n\n", "x,1\n")),
            (Format::Csv, filled("text,n\r", "x,1\r")),
            (Format::Csv, filled("text\n\"", "x\n")),
            (Format::Csv, filled("text", ",x")),
            (Format::Tsv, filled("text\tn\n", "\n")),
            (Format::Html, filled("<html>", "<p>Rain fell.")),
            (Format::Xml, filled("<rss>", "<item/>") + "</rss>"),
            (Format::Mail, filled("Subject: rain\n\n", "Rain fell.\n\n")),
            (Format::Export, filled("1 of 1 DOCUMENTS\n\nBODY:\n\n", "Rain fell.\n\n")),
        ];
        let mut all: Vec<(Option<Format>, Vec<u8>)> =
            texts.into_iter().map(|(format, text)| (Some(format), text.into_bytes())).collect();
        let utf16: Vec<u8> = filled("", "rain fell\n").bytes().flat_map(|byte| [byte, 0]).collect();
        all.push((None, zstd::encode_all(&utf16[..], 1).unwrap()));
        all.push((None, utf16));
        all
    }

    #[test]
    fn every_reader_listens_once_a_megabyte_and_stops_at_once() {
        for (format, content) in long() {
            let reads = |most: u64| {
                let watch = Watch::that_stops_after(most);
                let reading = Reading::new(format, "text", &watch);
                (read_bytes(&content, "a.file", &reading, &mut Records::default()), watch.looks())
            };
            let (read, all) = reads(u64::MAX);
            read.unwrap();
            let head: String = String::from_utf8_lossy(&content[..20]).escape_debug().collect();
            assert!(all >= 2, "{all} checks of {format:?}, {head}");
            for most in [0, all / 2, all - 1] {
                let (read, looks) = reads(most);
                assert_eq!(read.unwrap_err().kind(), Kind::Cancelled, "{most} of {all}: {head}");
                assert_eq!(looks, most + 1, "{format:?}, {head}");
            }
        }
    }

    #[test]
    fn a_quote_that_never_closes_takes_one_line() {
        for end in ["\n", "\r", "\r\n"] {
            let lines = ["text,n", "x,1", "\"y,\n\",2", "\"z,3", "w,4", ""].join(end);
            let records = read(lines.as_bytes(), Some(Format::Csv));
            assert_eq!(texts(&records), ["x", "y,\n", "", "w"], "{end:?}");
            let place = records.bad()[0].1.place();
            assert_eq!((place.line, records.line(3)), (Some(5), Some(6)), "{end:?}");
        }
    }

    #[test]
    fn rows_start_after_the_line_breaks() {
        let records = read(b"text,n\r\nx,1\r\n\r\n\"y\n\",2\r\nz,3", Some(Format::Csv));
        assert_eq!(records.starts(), [Some(8), Some(15), Some(23)]);
    }

    #[test]
    fn an_item_that_cannot_be_read_leaves_the_others() {
        let records = read(b"[{\"text\": \"a\"},\n {\"text\": },\n\n \"b\",, {}]", None);
        assert_eq!(texts(&records), ["a", "", "b", "", ""]);
        assert_eq!(records.starts(), [Some(1), Some(17), Some(31), Some(35), Some(37)]);
        let lines: Vec<_> = records.bad().iter().map(|(at, error)| (*at, error.place().line)).collect();
        assert_eq!(lines, [(1, Some(2)), (3, Some(4)), (4, Some(4))]);
        assert_eq!(
            records.bad()[0].1.to_string(),
            "a.file, line 2: is not JSON at column 11: there is no value; expected a string in quotes, a number, a \
             list or an object"
        );
    }

    #[test]
    fn records_are_decoded_one_by_one() {
        let records = read(b"\xef\xbb\xbf[\"\xc3\xa9\",\n\"caf\xe9\", \"\xc3\xa9\xe9\"]", None);
        assert_eq!(texts(&records), ["é", "café", "éé"]);
        let notes: Vec<_> =
            records.notes().iter().map(|note| (note.place().line, note.place().byte)).collect();
        assert_eq!(notes, [(Some(2), Some(14)), (Some(2), Some(21))]);
        assert_eq!(records.starts(), [Some(1), Some(6), Some(14)]);
    }

    #[test]
    fn a_file_in_another_encoding_is_noted_a_few_times_and_counted() {
        let records = read(&b"{\"text\": \"caf\xe9\"}\n".repeat(100), None);
        assert_eq!(records.notes().len(), 11);
        assert!(
            records.notes()[10].what().starts_with("90 more records are not UTF-8"),
            "{}",
            records.notes()[10]
        );
    }

    fn starts(text: &str) -> Vec<i64> {
        let records = read(text.as_bytes(), Some(Format::Text));
        records.starts().iter().flatten().copied().collect()
    }

    #[test]
    fn each_header_line_starts_an_article() {
        assert_eq!(starts("date 2019-01-08 a\nb date 2019-01-09\n date 2019-01-10\nc"), [0, 36]);
        assert_eq!(starts("date 2019-01-08\r\ndate 2019-01-09\rdate 2019-01-10"), [0, 17, 33]);
        assert_eq!(starts("intro\ndate 2019-01-08 a"), [0, 6]);
        assert_eq!(starts("\u{feff} \u{2003}\r\n\u{feff}date 2019-01-08 a"), [4]);
    }

    #[test]
    fn a_file_of_white_space_is_an_article() {
        for text in ["", " \n\u{2003}\u{feff}\x0b", "\n"] {
            let records = read(text.as_bytes(), Some(Format::Text));
            assert_eq!(texts(&records), [text.trim_start_matches('\u{feff}')]);
        }
    }

    #[test]
    fn an_article_may_be_longer_than_a_piece() {
        let long = format!("date 2019-01-08 é{}\r\n", "rain \r\n".repeat(300_000));
        let text = format!("{long}{long}date 2019-01-09 x");
        let records = read(text.as_bytes(), Some(Format::Text));
        assert_eq!(texts(&records), [&long[..], &long, "date 2019-01-09 x"]);
        assert_eq!(records.starts()[2], Some(2 * (long.len() as i64 - 1)));
    }
}
