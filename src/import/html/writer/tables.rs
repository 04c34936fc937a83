//! Tables with spans, as Markdown has them.

use dom_query::NodeRef;

use super::super::phrases::clean;
use super::code::code_block;
use super::escape::{escaped, lines_of};
use super::{Writer, nearest};

/// No table has more cells to a row, and none that is written as one more in all.
const COLUMNS: usize = 60;

const CELLS: usize = 20_000;

impl Writer<'_> {
    /// A table, or what stands in one that only puts things in their places.
    pub(super) fn table(&self, node: &NodeRef<'_>) -> Vec<String> {
        let rows: Vec<NodeRef<'_>> = node
            .descendants_it()
            .filter(|inner| inner.has_name("tr") && nearest(inner, "table") == Some(node.id))
            .collect();
        let all: Vec<Vec<NodeRef<'_>>> = rows.iter().map(cells).collect();
        // Numbers of lines stand in a column of their own beside the code.
        let with_code = |row: &Vec<NodeRef<'_>>| {
            let blocks = row.iter().filter_map(|cell| {
                let mut inner = cell.descendants_it();
                let block = inner.find(|node| node.has_name("pre") || node.has_name("code"))?;
                let text = block.text();
                let is_count = text.split_whitespace().all(|word| word.parse::<u32>().is_ok());
                (!is_count).then(|| code_block(&block, None)).flatten()
            });
            blocks.collect::<Vec<_>>()
        };
        let is_code = all.len() == 1 && all[0].len() == 2 && {
            let first = all[0][0].text();
            !first.trim().is_empty()
                && first.split_whitespace().all(|word| word.parse::<u32>().is_ok())
        };
        if is_code {
            let blocks = with_code(&all[0]);
            if !blocks.is_empty() {
                return blocks;
            }
        }
        let is_layout = node
            .descendants_it()
            .any(|inner| inner.has_name("table") || inner.has_name("h2") || inner.has_name("h3"))
            || all.iter().all(|row| row.len() < 2)
            || node.attr("role").is_some_and(|role| &*role == "presentation");
        let caption = node.children_it(false).find(|inner| inner.has_name("caption"));
        let caption = caption.map(|caption| escaped(&clean(&caption.text())));
        let caption = caption.filter(|text| !text.is_empty());
        let count: usize = all.iter().map(Vec::len).sum();
        if is_layout || count > CELLS {
            let inner = all.iter().flatten().flat_map(|cell| self.blocks(cell));
            return caption.into_iter().chain(inner).collect();
        }
        let grid = self.grid(&all);
        if grid.iter().flatten().all(String::is_empty) {
            return Vec::new();
        }
        let width = grid.iter().map(Vec::len).max().unwrap_or(0);
        let mut lines = Vec::new();
        for (at, row) in grid.iter().enumerate() {
            let mut cells = row.clone();
            cells.resize(width, String::new());
            lines.push(format!("| {} |", cells.join(" | ")));
            if at == 0 {
                lines.push(format!("|{}", " --- |".repeat(width)));
            }
        }
        caption.into_iter().chain([lines.join("\n")]).collect()
    }

    /// The cells of a table at their places: one that goes over several rows says the same in each.
    fn grid(&self, rows: &[Vec<NodeRef<'_>>]) -> Vec<Vec<String>> {
        let mut grid: Vec<Vec<String>> = Vec::new();
        let mut open: Vec<(usize, String)> = Vec::new();
        for row in rows {
            let mut line: Vec<String> = Vec::new();
            let mut cells = row.iter();
            loop {
                let at = line.len();
                if at >= COLUMNS {
                    break;
                }
                if let Some((left, text)) = open.get_mut(at).filter(|(left, _)| *left > 0) {
                    *left -= 1;
                    line.push(text.clone());
                    continue;
                }
                let Some(cell) = cells.next() else { break };
                let span = |key: &str| {
                    cell.attr(key)
                        .and_then(|n| n.trim().parse::<usize>().ok())
                        .unwrap_or(1)
                        .clamp(1, COLUMNS)
                };
                let text = self.cell(cell);
                let (wide, high) = (span("colspan"), span("rowspan"));
                for part in 0..wide.min(COLUMNS - at) {
                    let text = if part == 0 { text.clone() } else { String::new() };
                    if open.len() <= at + part {
                        open.resize(at + part + 1, (0, String::new()));
                    }
                    open[at + part] = (high - 1, text.clone());
                    line.push(text);
                }
            }
            // What is still open right of the last cell.
            while let Some((left, text)) = open.get_mut(line.len()).filter(|(left, _)| *left > 0) {
                *left -= 1;
                line.push(text.clone());
            }
            if !row.is_empty() {
                grid.push(line);
            }
        }
        grid
    }

    /// What is in a cell, on one line.
    fn cell(&self, cell: &NodeRef<'_>) -> String {
        let blocks: Vec<String> =
            self.blocks(cell).iter().flat_map(|block| lines_of(block)).collect();
        blocks.join("<br>").replace('|', "\\|")
    }
}

/// The cells of a row.
fn cells<'a>(row: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    row.children_it(false).filter(|node| node.has_name("td") || node.has_name("th")).collect()
}
