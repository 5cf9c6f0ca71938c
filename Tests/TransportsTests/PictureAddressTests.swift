import Testing

@testable import Transports

struct PictureAddressTests {
  @Test(
    arguments: [
      ("http://a.example/map.png", "a.example", 80, "http://a.example/map.png"),
      ("HTTPS://A.example:8443/x?y=1#part", "A.example", 8_443, "HTTPS://A.example:8443/x?y=1"),
      (
        " https://a.example/七 桥.png\n", "a.example", 443,
        "https://a.example/%E4%B8%83%20%E6%A1%A5.png"
      ),
      ("http://[2001:db8::1]:81/", "2001:db8::1", 81, "http://[2001:db8::1]:81/"),
      ("https://a.example/{1,2}[3].png", "a.example", 443, nil),
      ("http://2130706433/", "2130706433", 80, "http://2130706433/"),
    ] as [(String, String, Int, String?)])
  func `addresses of the web are taken apart`(
    reference: String, host: String, port: Int, text: String?
  ) throws {
    let address = try #require(PictureAddress(reference))
    #expect(address.host == host)
    #expect(address.port == port)
    if let text { #expect(address.text == text) }
    #expect(address.text.utf8.allSatisfy { 0x21...0x7E ~= $0 })
  }

  @Test(arguments: [
    "", "map.png", "/map.png", "//a.example/map.png", "data:image/png;base64,AAAA",
    "file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "http://", "http:///map.png",
    "http://me:secret@a.example/", "http://me@a.example/", "http://例子.example/map.png",
    "http://a.example:0/", "http://a.example:70000/", "http://a example/",
    "http://a.example/" + String(repeating: "a", count: 8_192),
  ])
  func `what cannot be asked is no address`(reference: String) {
    #expect(PictureAddress(reference) == nil)
  }

  @Test(arguments: [
    ("map.png", "https://a.example/b/map.png"), ("/map.png", "https://a.example/map.png"),
    ("../map.png", "https://a.example/map.png"),
    ("//c.example/map.png", "https://c.example/map.png"),
    ("http://d.example/", "http://d.example/"), ("七.png", "https://a.example/b/%E4%B8%83.png"),
  ])
  func `a relative reference is of the page that has it`(reference: String, text: String) throws {
    let address = try #require(PictureAddress(reference, on: "https://a.example/b/page?c#d"))
    #expect(address.text == text)
    #expect(PictureAddress("data:,", on: "https://a.example/") == nil)
    #expect(PictureAddress("map.png", on: "file:///home/") == nil)
  }
}
