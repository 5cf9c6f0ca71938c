import Testing

@testable import Documents

/// How the work of reading and showing a page grows with its length: counted, not timed.
@Suite struct WorkTests {
  /// The steps of reading Markdown and laying it out for a terminal.
  private func steps(_ source: String) throws -> Int {
    let receiver = TerminalPage(width: 40, colour: true)
    var (builder, steps) = MarkdownReader.read(
      Array(source.utf8)[...], into: DocumentBuilder(handingOverTo: receiver))
    var page = try #require(builder.finishHandingOver() as? TerminalPage)
    page.endBlock()
    return steps + builder.steps + page.steps
  }

  /// How many steps a byte may cost, whatever stands around it.
  private static let mostPerByte = 80

  @Test(arguments: HostileShapes.all)
  func `a page that is four times as long is four times the work`(shape: HostileShape) throws {
    let short = try steps(shape.text(bytes: 1 << 12))
    let long = try steps(shape.text(bytes: 1 << 14))
    #expect(Double(long) <= 4.4 * Double(short) + 4096, "\(short) and \(long) steps")
    #expect(long <= WorkTests.mostPerByte << 14)
  }

  /// Units of marks at random, so that what nobody thought of is met too.
  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func `so it is with marks at random`(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let marks = [
      "[", "]", "(", ")", "*", "_", "`", "<", ">", "\"", "'", "\\", "!", " ", "\n", "a", "=", "&",
      "-", "|", ":", "/",
    ]
    for _ in 0..<60 {
      let count = Int.random(in: 2...8, using: &random)
      let unit = (0..<count).map { _ in marks[Int.random(in: marks.indices, using: &random)] }
        .joined()
      let shape = HostileShape(unit: unit)
      let short = try steps(shape.text(bytes: 1 << 11))
      let long = try steps(shape.text(bytes: 1 << 13))
      #expect(Double(long) <= 4.6 * Double(short) + 4096, "seed \(seed): \(shape)")
      #expect(long <= WorkTests.mostPerByte << 13, "seed \(seed): \(shape)")
    }
  }
}
