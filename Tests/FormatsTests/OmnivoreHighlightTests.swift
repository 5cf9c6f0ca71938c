import Testing

@testable import Formats

/// Omnivore's highlights, which are Markdown that people wrote.
struct OmnivoreHighlightTests {
  @Test func `highlights of Omnivore's are read whatever they hold`() {
    for text in [
      "", ">", "> \n>\n", "note first\n> q", "> q\n#label\n# Heading\n## a", "> a\n\n\n> b",
    ] {
      for highlight in OmnivoreHighlights.highlights(in: text) { #expect(!highlight.quote.isEmpty) }
    }
    let told = OmnivoreHighlights.highlights(in: "> q\n#label #two\n# Heading\nnote")
    #expect(told.map(\.note) == ["# Heading\nnote"])
  }
}
