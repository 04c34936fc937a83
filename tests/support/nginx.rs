//! A real web server on a site, with the settings that the program writes for it.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::site::Site;

/// nginx with the settings that `init --host nginx` writes, serving a folder.
pub struct Nginx {
    child: Child,
    /// Where it listens, without a slash at the end.
    pub url: String,
    _home: tempfile::TempDir,
}

impl Nginx {
    /// Serves `folder`; the site is in `site` below it.
    pub fn new(settings: &str, folder: &Path, site: &str) -> Self {
        let home = tempfile::tempdir().expect("a temporary folder");
        let port =
            TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("free").port();
        let server = settings
            .replace("listen 80;", &format!("listen 127.0.0.1:{port};"))
            .replace("/srv/digest/public", &folder.display().to_string())
            .replace("404 /404.html", &format!("404 {site}/404.html"));
        let home_path = home.path().display();
        let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .map(|name| format!("{name}_temp_path {home_path}/{name};\n"))
            .concat();
        let whole = format!(
            "daemon off;\nmaster_process off;\npid {home_path}/pid;\nerror_log {home_path}/error.log;\n\
             events {{ }}\nhttp {{\naccess_log off;\ninclude /etc/nginx/mime.types;\n{temporary}{server}\n}}\n"
        );
        let path = home.path().join("nginx.conf");
        std::fs::write(&path, whole).expect("written");
        // Debian keeps it where only administrators look.
        let debian = Path::new("/usr/sbin/nginx");
        let child = Command::new(if debian.exists() { debian } else { Path::new("nginx") })
            .args(["-p", &home_path.to_string(), "-c", &path.display().to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!(
                    "the hosting tests need nginx (Debian: apt-get install nginx-light): {error}"
                )
            });
        let url = format!("http://127.0.0.1:{port}");
        let end = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(url.trim_start_matches("http://")).is_err() {
            assert!(
                Instant::now() < end,
                "nginx does not answer: {}",
                std::fs::read_to_string(home.path().join("error.log")).unwrap_or_default()
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { child, url, _home: home }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The sample site with what nginx needs.
pub fn sample() -> Site {
    let site = Site::new();
    for arguments in [&["init"][..], &["init", "--host", "nginx"]] {
        let run = site.run(arguments);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    site
}

/// What follows the last dot of an address, if that is in its last part.
pub fn ending(address: &str) -> &str {
    let name = address.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or("", |(_, end)| end)
}
