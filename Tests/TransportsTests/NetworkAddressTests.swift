import Testing

@testable import Transports

struct NetworkAddressTests {
  @Test(arguments: [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "100.127.255.255",
    "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
    "192.0.0.192", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9",
    "168.63.129.16", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "::", "::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::a00:1", "fc00::1",
    "fd00:ec2::254", "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1", "2001:db8::1", "2001::1",
    "2002:7f00:1::", "3fff::1", "100::1", "4000::1",
  ])
  func `addresses that are not of the public network are told`(text: String) throws {
    #expect(try !#require(NetworkAddress(text)).isPublic)
  }

  @Test(arguments: [
    "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
    "128.0.0.0", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.167.255.255",
    "192.169.0.0", "168.63.129.15", "223.255.255.255", "::ffff:1.1.1.1", "64:ff9b::101:101",
    "2001:200::1", "2606:4700::1111", "2003::1",
  ])
  func `addresses of the public network are told`(text: String) throws {
    #expect(try #require(NetworkAddress(text)).isPublic)
  }

  @Test(arguments: ["", "localhost", "1.2.3", "0x7f.0.0.1", "2130706433", "[::1]", "1.2.3.4.5"])
  func `what is written otherwise is no address`(text: String) {
    #expect(NetworkAddress(text) == nil)
  }

  @Test func `an address stands in one of the web as it is written there`() throws {
    #expect(try #require(NetworkAddress("10.0.0.1")).text == "10.0.0.1")
    #expect(try #require(NetworkAddress("FE80:0::1%eth0")).text == "[fe80::1]")
  }

  @Test(arguments: ["127.1", "2130706433", "0x7f000001", "0177.0.0.1"])
  func `a host that the system reads as this machine is looked up as it`(host: String) async {
    #expect(await NetworkAddress.addresses(of: host).map(\.text) == ["127.0.0.1"])
  }

  @Test func `a name that nobody knows has no addresses`() async {
    #expect(await NetworkAddress.addresses(of: "name.invalid").isEmpty)
  }
}
