//! What is seen of a candidate, as numbers with names: what models weigh.

/// Features with their names, in an order that never changes.
pub struct Features(Vec<(&'static str, f64)>);

impl Features {
    /// None yet, with room for so many.
    pub(super) fn with_capacity(count: usize) -> Self {
        Self(Vec::with_capacity(count))
    }

    /// Adds a number.
    pub(super) fn put(&mut self, name: &'static str, value: f64) {
        self.0.push((name, value));
    }

    /// Adds what is so or not.
    pub(super) fn flag(&mut self, name: &'static str, value: bool) {
        self.put(name, f64::from(u8::from(value)));
    }

    /// The names and values.
    #[must_use]
    pub fn list(&self) -> &[(&'static str, f64)] {
        &self.0
    }

    /// The same, for who needs them longer.
    pub(super) fn into_list(self) -> Vec<(&'static str, f64)> {
        self.0
    }
}

/// A number of things, to reckon with.
#[must_use]
pub fn float(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
