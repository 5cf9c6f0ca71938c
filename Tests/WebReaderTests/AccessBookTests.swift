import TestSupport
import Testing

@testable import WebReader

@Suite struct AccessBookTests {
  private var generator = SeededGenerator(seed: 1)
  private let start = ContinuousClock.now
  private var book = AccessBook()

  @Test mutating func `a code lets one browser in, once`() throws {
    let code = book.issue(isReadOnly: false, lasting: nil, now: start, using: &generator)
    #expect(code.count == 26)
    let session = try #require(enter(code))
    #expect(session.cookie.count == 32 && session.token.count == 32)
    #expect(session.cookie != session.token && !session.isReadOnly)
    #expect(enter(code) == nil)
    #expect(book.session(of: session.cookie) == session)
    #expect(book.session(of: session.token) == nil && book.session(of: nil) == nil)
    #expect(book.session(of: "") == nil)
  }

  @Test mutating func `a guessed code lets nobody in`() {
    let code = book.issue(isReadOnly: false, lasting: nil, now: start, using: &generator)
    for guess in ["", String(code.dropLast()), code + "a", code.uppercased()] {
      #expect(enter(guess) == nil, "\(guess)")
    }
    #expect(enter(code) != nil)
  }

  @Test mutating func `a code for another device is good for its time, and to the moment`() {
    let lasting = Duration.seconds(120)
    let first = book.issue(isReadOnly: true, lasting: lasting, now: start, using: &generator)
    let second = book.issue(isReadOnly: true, lasting: lasting, now: start, using: &generator)
    #expect(enter(first, at: start + lasting - .nanoseconds(1))?.isReadOnly == true)
    #expect(enter(second, at: start + lasting) == nil)
    #expect(enter(second) == nil, "it was forgotten")
  }

  @Test mutating func `a browser keeps the session that it has, unless the code lets it do more`()
    throws
  {
    let own = try #require(enter(issue()))
    #expect(enter(issue(), having: own) == own)
    #expect(enter(issue(isReadOnly: true), having: own) == own)
    let reading = try #require(enter(issue(isReadOnly: true)))
    #expect(enter(issue(isReadOnly: true), having: reading) == reading)
    let more = try #require(enter(issue(), having: reading))
    #expect(more != reading && !more.isReadOnly)
  }

  @Test mutating func `of too many codes and sessions the oldest are forgotten`() throws {
    let codes = (0...AccessBook.codeLimit).map { _ in issue() }
    #expect(!book.isGood(codes[0], now: start) && book.isGood(codes[1], now: start))
    let first = try #require(enter(codes[1]))
    for _ in 1..<AccessBook.sessionLimit { _ = enter(issue()) }
    #expect(book.session(of: first.cookie) == first)
    _ = enter(issue())
    #expect(book.session(of: first.cookie) == nil)
  }

  private mutating func issue(isReadOnly: Bool = false) -> String {
    book.issue(isReadOnly: isReadOnly, lasting: nil, now: start, using: &generator)
  }

  private mutating func enter(
    _ code: String, having present: BrowserSession? = nil, at now: ContinuousClock.Instant? = nil
  ) -> BrowserSession? {
    book.enter(with: code, having: present, now: now ?? start, using: &generator)
  }
}

@Suite struct AccessValueTests {
  @Test(arguments: [
    ("", "", true), ("a", "a", true), ("a", "b", false), ("ab", "a", false), ("a", "ab", false),
    ("abc", "abd", false), ("é", "e\u{301}", false),
  ])
  func `secrets match byte for byte`(given: String, secret: String, matches: Bool) {
    #expect(SecretText.matches(given, secret) == matches)
  }

  @Test func `a host is ours by every byte`() {
    let own = OwnAddresses("127.0.0.1", port: 7_000)
    for host in ["127.0.0.1:7000", "localhost:7000"] { #expect(own.isOwn(host: host)) }
    for host in [
      nil, "", "127.0.0.1", "127.0.0.1:7001", "localhost", "127.0.0.1.evil.example:7000",
      "LOCALHOST:7000", "127.0.0.1:7000 ", "127.0.0.1:07000", "127.1:7000", "[::1]:7000",
      "evil.example:7000", "localhost.:7000",
    ] {
      #expect(!own.isOwn(host: host), "\(host ?? "none")")
    }
    #expect(own.isOwn(origin: "http://localhost:7000", host: "localhost:7000"))
    for origin in [
      nil, "null", "http://127.0.0.1:7000", "https://localhost:7000", "http://localhost:7001",
      "http://localhost:7000/",
    ] {
      #expect(!own.isOwn(origin: origin, host: "localhost:7000"), "\(origin ?? "none")")
    }
    let six = OwnAddresses("::1", port: 80)
    #expect(six.hosts == ["[::1]"] && six.root("::1") == "http://[::1]")
  }

  @Test(arguments: [
    ("/", [""], ""), ("/p/", ["p", ""], ""), ("/p/a%2Fb?q=a%26b+c&x", ["p", "a/b"], "q=a&b c,x="),
    ("/p/../%2e%2e", ["p", "..", ".."], ""), ("//p", ["", "p"], ""), ("/p?", ["p"], ""),
    ("/%E6%A0%87", ["标"], ""), ("/a+b", ["a+b"], ""),
  ])
  func `a target is parted first and decoded once`(
    target: String, path: [String], query: String
  ) throws {
    let read = try #require(RequestTarget(target))
    #expect(read.path == path)
    #expect(read.query.all.map { "\($0.name)=\($0.value)" }.joined(separator: ",") == query)
  }

  @Test(arguments: [
    "", "*", "p", "http://127.0.0.1:7000/p/", "127.0.0.1:7000", "/%", "/%zz", "/%ff", "/p?a=%",
    "/p#a",
  ])
  func `a target that is no path is refused`(target: String) {
    #expect(RequestTarget(target) == nil)
  }

  @Test func `a cookie that came twice is nobody's`() {
    let cookies = Cookies(["a=1; b=2;c=3", "b=4; d; e=x=y"])
    #expect(cookies["a"] == "1" && cookies["b"] == nil && cookies["c"] == "3")
    #expect(cookies["d"] == nil && cookies["e"] == "x=y" && cookies["f"] == nil)
  }

  @Test func `names are as random as they say`() {
    var generator = SeededGenerator(seed: 7)
    let names = (0..<1_000).map { _ in RandomName.text(bits: 80, using: &generator) }
    #expect(Set(names).count == 1_000 && names.allSatisfy { $0.count == 16 })
    #expect(Set(names.joined()) == Set("abcdefghijklmnopqrstuvwxyz234567"))
  }

  @Test(arguments: [
    (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
  ])
  func `an instant is written as headers have it`(seconds: Int, text: String) {
    #expect(HTTPDate.text(seconds: seconds) == text)
  }

  @Test(arguments: [
    ("10.0.0.1", true), ("172.15.0.1", false), ("172.16.0.1", true), ("172.31.9.9", true),
    ("172.32.0.1", false), ("192.168.1.2", true), ("192.169.1.2", false), ("8.8.8.8", false),
    ("fe80::1", false),
  ])
  func `private networks are known`(address: String, isPrivate: Bool) {
    #expect(LocalNetwork.isPrivate(address) == isPrivate)
  }
}
