//! What templates are called by the engine: those of the site by their paths, the others with a prefix.

use std::borrow::Cow;

use crate::source::Source;

/// The name under which a site's template can extend the one it replaces.
pub(in crate::render) const THEME_PREFIX: &str = "theme/";

/// The name under which a theme's template can extend the one of the default theme.
pub(in crate::render) const DEFAULT_PREFIX: &str = "tearsheet/";

/// The name templates call each other by: the path under `templates/`, with `theme/` before it for
/// those of `themes/NAME/templates/`.
pub(in crate::render) fn template_name(source: &Source) -> Cow<'_, str> {
    if let Some(rest) = source.path.strip_prefix("themes/")
        && let Some((_, name)) = rest.split_once("/templates/")
    {
        return format!("{THEME_PREFIX}{name}").into();
    }
    source.path.strip_prefix("templates/").unwrap_or(&source.path).into()
}
