import Foundation
import Testing

@testable import WebReader

/// Colours by day and by night, measured as WCAG 2.2 says (1.4.3, 1.4.11).
@Suite struct StyleTests {
  @Test(arguments: Palette.all)
  func `text is told from what it stands on`(palette: Palette) throws {
    let marks = ["yellow", "green", "blue", "pink", "purple", "added", "gone"]
    let pages = ["paper", "raised"]
    let pairs =
      [("ink", pages + marks + ["line"]), ("link", pages + marks), ("visited", pages + marks)]
      + ["soft", "accent", "alarm"].map { ($0, pages) }
      + [("soft", ["line"]), ("on-accent", ["accent"]), ("paper", ["alarm"])]
    for (front, backs) in pairs {
      for back in backs {
        let contrast = try palette.contrast(front, back)
        #expect(contrast >= 4.5, "\(palette.name): \(front) on \(back) is \(contrast)")
      }
    }
  }

  @Test(arguments: Palette.all)
  func `the borders of controls and what has the focus are seen`(palette: Palette) throws {
    for front in ["edge", "accent", "alarm"] {
      for back in ["paper", "raised"] {
        let contrast = try palette.contrast(front, back)
        #expect(contrast >= 3, "\(palette.name): \(front) on \(back) is \(contrast)")
      }
    }
  }

  @Test func `every color that is used has a value by day and by night`() {
    let used = Style.text.matches(of: /var\(--([a-z-]+)\)/).map { String($0.1) }
    for palette in Palette.all {
      let named = Set(palette.colors.keys).union(["plain", "book"])
      #expect(used.filter { !named.contains($0) } == [], "\(palette.name)")
    }
    #expect(Palette.all.map(\.colors.count) == [18, 18])
  }

  @Test func `the style is small, and asks for nothing`() {
    #expect(Style.text.utf8.count < 20_000)
    #expect(!Style.text.contains("url("))
    #expect(!Style.text.contains("@import"))
  }
}

/// The colours of one scheme, by name.
struct Palette: Sendable, CustomTestStringConvertible {
  let name: String
  let colors: [String: UInt32]

  static let all: [Palette] = {
    let parts = Style.colors.split(separator: "@media")
    return zip(["day", "night"], parts).map { name, text in
      let colors = text.matches(of: /--([a-z-]+): #([0-9a-f]{6})/).map {
        (String($0.1), UInt32($0.2, radix: 16) ?? 0)
      }
      return Palette(name: name, colors: Dictionary(colors) { first, _ in first })
    }
  }()

  var testDescription: String { name }

  func contrast(_ one: String, _ other: String) throws -> Double {
    let lights = [
      luminance(try #require(colors[one], "\(one)")),
      luminance(try #require(colors[other], "\(other)")),
    ].sorted()
    return (lights[1] + 0.05) / (lights[0] + 0.05)
  }

  private func luminance(_ color: UInt32) -> Double {
    let parts = [16, 8, 0].map { shift -> Double in
      let part = Double(color >> UInt32(shift) & 0xFF) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
