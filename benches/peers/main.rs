//! Builds the same digest with Tearsheet and with other generators, in turn, and prints what each
//! took:
//!
//! `cargo bench --bench peers -- --hugo FILE --zola FILE --articles 1000,10000 --rounds 5`
//!
//! Hugo's program is in the package `hugo` for Python. Sites and outputs go into `target/peers`,
//! or where `--work` says; outputs are deleted at the end and not between rounds, since file systems
//! are slow for a while after large deletions. The themes make the same pages: articles, companies,
//! tags and months in pages of 50, home, feed, sitemap, highlighting.

#![allow(clippy::cast_precision_loss)]

mod corpus;
mod editing;
mod floor;
mod measure;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use corpus::Dialect;
use measure::Cost;

const TEARSHEET: &str = env!("CARGO_BIN_EXE_tearsheet");

struct Arguments {
    sizes: Vec<usize>,
    rounds: usize,
    hugo: Option<String>,
    zola: Option<String>,
    work: PathBuf,
}

fn arguments() -> Arguments {
    let mut all = Arguments {
        sizes: vec![1000],
        rounds: 5,
        hugo: None,
        zola: None,
        work: Path::new(env!("CARGO_MANIFEST_DIR")).join("target/peers"),
    };
    let mut rest = std::env::args().skip(1).filter(|argument| argument != "--bench");
    while let Some(name) = rest.next() {
        let value = rest.next().unwrap_or_else(|| panic!("{name} wants a value"));
        let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("{text} is no number"));
        match name.as_str() {
            "--articles" => all.sizes = value.split(',').map(number).collect(),
            "--rounds" => all.rounds = number(&value),
            "--hugo" => all.hugo = Some(value),
            "--zola" => all.zola = Some(value),
            "--work" => all.work = value.into(),
            _ => panic!("{name} is not known: --articles --rounds --hugo --zola --work"),
        }
    }
    all
}

/// One program on one site.
struct Runner {
    name: &'static str,
    site: PathBuf,
    program: String,
    dialect: Dialect,
    costs: Vec<Cost>,
}

impl Runner {
    fn command(&self, output: &Path) -> Command {
        let mut command = Command::new(&self.program);
        match self.dialect {
            Dialect::Hugo => command.arg("--quiet").arg("-s").arg(&self.site).arg("-d"),
            Dialect::Tearsheet | Dialect::Zola => {
                command.arg("--root").arg(&self.site).args(["build", "-o"])
            }
        };
        command.arg(output);
        command
    }
}

fn main() -> io::Result<()> {
    let mut given = std::env::args().skip(1);
    if given.next().as_deref() == Some("floor") {
        let [content, pattern, output] =
            [(); 3].map(|()| PathBuf::from(given.next().expect("a folder")));
        return floor::build(&content, &pattern, &output);
    }
    let arguments = arguments();
    for &size in &arguments.sizes {
        compare(&arguments, size)?;
    }
    Ok(())
}

fn compare(arguments: &Arguments, size: usize) -> io::Result<()> {
    let work = arguments.work.join(size.to_string());
    fs::create_dir_all(&work)?;
    // A folder of our own, which is all that is ever deleted here.
    let folder = tempfile::tempdir_in(&work)?;
    let outputs = folder.path();
    let mut runners = runners(arguments, size, &work)?;
    let mut floor = Vec::new();
    let mut warm = editing::Warm::default();
    for round in 0..arguments.rounds {
        for (at, runner) in runners.iter_mut().enumerate() {
            let output = outputs.join(format!("{size}-{round}-{at}"));
            let cost = measure::run(&mut runner.command(&output))?;
            runner.costs.push(cost);
            if at == 0 {
                warm.measure(&runner.site, &mut |output| runner.command(output), &output)?;
                let floor_output = outputs.join(format!("{size}-{round}-floor"));
                let mut command = Command::new(std::env::current_exe()?);
                command
                    .arg("floor")
                    .arg(runner.site.join("content"))
                    .arg(&output)
                    .arg(floor_output);
                floor.push(measure::run(&mut command)?);
            }
        }
    }
    println!(
        "\n{size} articles, {} rounds in turn; median (smallest to largest)\n",
        arguments.rounds
    );
    println!("| | wall s | CPU s | peak MB | files | MB | wall to ours | CPU to ours |");
    println!("|---|---|---|---|---|---|---|---|");
    let ours = runners[0].costs.clone();
    for (at, runner) in runners.iter().enumerate() {
        let made = measure::size(&outputs.join(format!("{size}-0-{at}")))?;
        print_row(runner.name, &runner.costs, Some(made), &ours);
    }
    for (name, costs) in warm.rows() {
        print_row(name, costs, None, &ours);
    }
    print_row("only reading, Markdown, writing", &floor, None, &ours);
    editing::serve(TEARSHEET, &runners[1].site, arguments.rounds * 5)
}

fn runners(arguments: &Arguments, size: usize, work: &Path) -> io::Result<Vec<Runner>> {
    let mut all = vec![
        ("Tearsheet, equal theme", TEARSHEET.to_owned(), Dialect::Tearsheet, Some("tearsheet")),
        ("Tearsheet, own theme, all pages", TEARSHEET.to_owned(), Dialect::Tearsheet, None),
    ];
    all.extend(arguments.hugo.clone().map(|file| ("Hugo", file, Dialect::Hugo, Some("hugo"))));
    all.extend(arguments.zola.clone().map(|file| ("Zola", file, Dialect::Zola, Some("zola"))));
    all.into_iter()
        .map(|(name, program, dialect, theme)| {
            let folder = work.join(theme.unwrap_or("own-theme"));
            if !folder.is_dir() {
                corpus::write(dialect, size, &folder.join("content"))?;
                let themes = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/themes");
                match theme {
                    Some(theme) => {
                        copy(&themes.join(theme), &folder)?;
                        copy(&themes.join("static"), &folder.join("static"))?;
                    }
                    None => fs::write(
                        folder.join("tearsheet.toml"),
                        "title = \"Digest\"\nbase_url = \"https://digest.example\"\npage_size = 50\n",
                    )?,
                }
            }
            Ok(Runner { name, site: folder, program, dialect, costs: Vec::new() })
        })
        .collect()
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Median, smallest and largest.
pub(crate) fn spread(mut values: Vec<f64>) -> (f64, f64, f64) {
    values.sort_by(f64::total_cmp);
    (values[values.len() / 2], values[0], values[values.len() - 1])
}

fn print_row(name: &str, costs: &[Cost], made: Option<(u64, u64)>, ours: &[Cost]) {
    let cell = |of: &dyn Fn(&Cost) -> f64, digits: usize| {
        let (middle, low, high) = spread(costs.iter().map(of).collect());
        format!("{middle:.digits$} ({low:.digits$} to {high:.digits$})")
    };
    // Pairs of one round share what else the machine was doing.
    let ratio = |of: &dyn Fn(&Cost) -> f64| {
        let pairs = costs.iter().zip(ours).map(|(cost, ours)| of(cost) / of(ours)).collect();
        let (middle, low, high) = spread(pairs);
        format!("{middle:.2} ({low:.2} to {high:.2})")
    };
    let (files, bytes) = made.map_or_else(Default::default, |(files, bytes)| {
        (files.to_string(), format!("{:.0}", bytes as f64 / 1e6))
    });
    println!(
        "| {name} | {} | {} | {} | {files} | {bytes} | {} | {} |",
        cell(&|cost| cost.wall, 2),
        cell(&|cost| cost.cpu, 2),
        cell(&|cost| cost.memory, 0),
        ratio(&|cost| cost.wall),
        ratio(&|cost| cost.cpu),
    );
}
