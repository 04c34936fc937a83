class Tearsheet < Formula
  desc "Digest of companies and their partnerships from raw press articles"
  homepage "{{repository}}"
  version "{{version}}"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "{{releases}}/tearsheet-v{{version}}-aarch64-apple-darwin.tar.gz"
      sha256 "{{sha256 tearsheet-vVERSION-aarch64-apple-darwin.tar.gz}}"
    end
    on_intel do
      url "{{releases}}/tearsheet-v{{version}}-x86_64-apple-darwin.tar.gz"
      sha256 "{{sha256 tearsheet-vVERSION-x86_64-apple-darwin.tar.gz}}"
    end
  end

  on_linux do
    on_arm do
      url "{{releases}}/tearsheet-v{{version}}-aarch64-unknown-linux-gnu.tar.gz"
      sha256 "{{sha256 tearsheet-vVERSION-aarch64-unknown-linux-gnu.tar.gz}}"
    end
    on_intel do
      url "{{releases}}/tearsheet-v{{version}}-x86_64-unknown-linux-gnu.tar.gz"
      sha256 "{{sha256 tearsheet-vVERSION-x86_64-unknown-linux-gnu.tar.gz}}"
    end
  end

  def install
    bin.install "tearsheet"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/tearsheet.bash" => "tearsheet"
    zsh_completion.install "completions/tearsheet.zsh" => "_tearsheet"
    fish_completion.install "completions/tearsheet.fish"
  end

  test do
    system bin/"tearsheet", "init", "digest"
    system bin/"tearsheet", "--root", "digest", "build"
    assert_path_exists testpath/"digest/public/index.html"
  end
end
