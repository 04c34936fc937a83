mod corpus;
fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let n = args[0].parse().unwrap();
    let d = match &*args[1] { "hugo" => corpus::Dialect::Hugo, "zola" => corpus::Dialect::Zola, _ => corpus::Dialect::Tearsheet };
    corpus::write(d, n, std::path::Path::new(&args[2])).unwrap();
}
