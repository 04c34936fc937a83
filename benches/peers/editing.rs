//! What an editor waits for: a second build after one change, and the preview after a save.

use std::fs;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::measure::{self, Cost};

/// Builds into the same folder again.
#[derive(Default)]
pub struct Warm {
    same: Vec<Cost>,
    text: Vec<Cost>,
    title: Vec<Cost>,
    next_title: Vec<Cost>,
}

impl Warm {
    /// Builds with nothing changed, with a text changed, and with a title changed twice: the first time
    /// there is no older site yet to make the new one of.
    pub fn measure(
        &mut self,
        site: &Path,
        command: &mut dyn FnMut(&Path) -> Command,
        output: &Path,
    ) -> io::Result<()> {
        let article = articles(site)?.swap_remove(0);
        let before = fs::read_to_string(&article)?;
        self.same.push(measure::run(&mut command(output))?);
        fs::write(&article, format!("{before}\nOne sentence more.\n"))?;
        self.text.push(measure::run(&mut command(output))?);
        for (new, costs) in [("New", &mut self.title), ("Newer", &mut self.next_title)] {
            fs::write(&article, before.replacen("title: \"", &format!("title: \"{new}: "), 1))?;
            costs.push(measure::run(&mut command(output))?);
        }
        fs::write(&article, before)
    }

    /// The rows of the table.
    pub fn rows(&self) -> [(&'static str, &[Cost]); 4] {
        [
            ("again, nothing changed", &self.same),
            ("again, one text changed", &self.text),
            ("again, one title changed", &self.title),
            ("again, one title changed later", &self.next_title),
        ]
    }
}

fn articles(site: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = vec![site.join("content/articles")];
    let mut all = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.push(path);
            }
        }
    }
    all.sort();
    Ok(all)
}

/// The day an article is of, as it stands in its front matter.
fn date(text: &str) -> &str {
    text.split("\ndate: ").nth(1).and_then(|rest| rest.get(..10)).unwrap_or("")
}

/// Where an article's page is.
fn address(file: &Path, text: &str) -> String {
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    format!("/{}/{name}/", date(text).replace('-', "/"))
}

/// An article of the last month whose title stands on the home page: one that others tell as well need
/// not lead there.
fn shown<'a>(files: &'a [PathBuf], home: &str) -> io::Result<&'a PathBuf> {
    let last = files.last().and_then(|file| file.parent());
    for file in files.iter().filter(|file| file.parent() == last) {
        let text = fs::read_to_string(file)?;
        let title = text.lines().find_map(|line| line.strip_prefix("title: \"")?.strip_suffix('"'));
        if title.is_some_and(|title| home.contains(title)) {
            return Ok(file);
        }
    }
    Err(io::ErrorKind::NotFound.into())
}

/// A running preview, ended when it is no longer needed.
struct Preview {
    child: Child,
    host: String,
    events: BufReader<TcpStream>,
}

impl Preview {
    fn start(program: &str, site: &Path) -> io::Result<Self> {
        let mut child = Command::new(program)
            .arg("--root")
            .arg(site)
            .args(["serve", "-p", "0"])
            .stderr(Stdio::piped())
            .spawn()?;
        let mut told = BufReader::new(child.stderr.take().expect("it is piped")).lines();
        let host = told
            .find_map(|line| {
                Some(line.ok()?.split_once("http://")?.1.split('/').next()?.to_owned())
            })
            .expect("an address");
        // Nobody may be left with a full pipe.
        std::thread::spawn(move || told.for_each(drop));
        let mut stream = TcpStream::connect(&host)?;
        write!(stream, "GET /__tearsheet/events HTTP/1.1\r\nHost: {host}\r\n\r\n")?;
        Ok(Self { child, host, events: BufReader::new(stream) })
    }

    fn page(&self, address: &str) -> io::Result<String> {
        let mut stream = TcpStream::connect(&self.host)?;
        write!(
            stream,
            "GET {address} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.host
        )?;
        let mut text = Vec::new();
        stream.read_to_end(&mut text)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    fn event(&mut self) -> io::Result<()> {
        let mut line = String::new();
        while !line.starts_with("data:") {
            line.clear();
            if self.events.read_line(&mut line)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(())
    }

    /// Seconds from a save until a page shows it.
    fn wait(&mut self, file: &Path, text: &str, mark: &str, page: &str) -> io::Result<f64> {
        let start = Instant::now();
        fs::write(file, text)?;
        loop {
            self.event()?;
            if self.page(page)?.contains(mark) {
                return Ok(start.elapsed().as_secs_f64());
            }
        }
    }

    /// Undoes an edit, and gives the preview time to notice.
    fn put_back(&mut self, file: &Path, text: &str) -> io::Result<()> {
        fs::write(file, text)?;
        self.event()?;
        std::thread::sleep(Duration::from_millis(300));
        Ok(())
    }

    /// Megabytes of memory, where the system tells.
    fn memory(&self) -> String {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let line = status.ok().and_then(|text| Some(text.split_once("VmRSS:")?.1.to_owned()));
        let kilobytes = line.and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok());
        kilobytes.map_or_else(|| "?".to_owned(), |n| format!("{:.0}", n / 1e3))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Saves texts and titles while the preview runs, then a thousand times within ten seconds.
pub fn serve(program: &str, site: &Path, saves: usize) -> io::Result<()> {
    let mut preview = Preview::start(program, site)?;
    let files = articles(site)?;
    let mut home = preview.page("/")?;
    while !home.contains("</html>") {
        std::thread::sleep(Duration::from_millis(50));
        home = preview.page("/")?;
    }
    let newest = shown(&files, &home)?;
    let (mut texts, mut titles) = (Vec::new(), Vec::new());
    for round in 0..saves {
        let file = &files[round * 7919 % files.len()];
        let before = fs::read_to_string(file)?;
        let (text, mark) =
            (format!("{before}\nsentence {round} more\n"), format!("sentence {round}"));
        texts.push(preview.wait(file, &text, &mark, &address(file, &before))? * 1e3);
        preview.put_back(file, &before)?;
        let before = fs::read_to_string(newest)?;
        let mark = format!("Retitled {round}");
        let text = before.replacen("title: \"", &format!("title: \"{mark} "), 1);
        titles.push(preview.wait(newest, &text, &mark, "/")? * 1e3);
        preview.put_back(newest, &before)?;
    }
    for (name, values) in [("text", texts), ("title on the home page", titles)] {
        let (middle, low, high) = crate::spread(values);
        println!("preview: a {name} is seen {middle:.0} ms after the save ({low:.0} to {high:.0})");
    }
    storm(&mut preview, &files[0])
}

fn storm(preview: &mut Preview, file: &Path) -> io::Result<()> {
    let before = fs::read_to_string(file)?;
    let memory = preview.memory();
    let start = Instant::now();
    for save in 1..1000 {
        fs::write(file, format!("{before}\nSave {save}.\n"))?;
        let due = Duration::from_millis(10 * save);
        std::thread::sleep(due.saturating_sub(start.elapsed()));
    }
    let text = format!("{before}\nthe last save\n");
    let last = preview.wait(file, &text, "the last save", &address(file, &before))?;
    println!(
        "preview: the last of 1000 saves in 10 s is seen after {:.0} ms; memory {memory} MB before, {} MB after",
        last * 1e3,
        preview.memory()
    );
    fs::write(file, before)
}
