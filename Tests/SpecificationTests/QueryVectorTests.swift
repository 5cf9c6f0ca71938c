import Articles
import TestSupport
import Testing

/// `Protocol/vectors/queries.json`, read by Swift.
struct QueryVectorTests {
  private struct Vector: Decodable {
    let name: String
    let query: String
    let value: String?
    let refused: String?
    let place: [Int]?
  }

  @Test func `every query has the form beside it, and reads the same in that form`() throws {
    let vectors: [Vector] = try VectorFile.cases(in: "queries")
    let read = vectors.filter { $0.refused == nil }
    #expect(read.count >= 65)
    for vector in read {
      let filter = try ArticleFilter(vector.query)
      #expect(filter.description == vector.value, "\(vector.name)")
      #expect(try ArticleFilter(filter.description) == filter, "\(vector.name)")
    }
  }

  @Test func `what is refused is refused with the word and the place beside it`() throws {
    let vectors: [Vector] = try VectorFile.cases(in: "queries")
    let refused = vectors.filter { $0.refused != nil }
    #expect(refused.count >= 30)
    for vector in refused {
      let error = #expect(throws: FilterError.self, "\(vector.name)") {
        try ArticleFilter(vector.query)
      }
      #expect(error?.reason.word == vector.refused, "\(vector.name)")
      if let place = vector.place {
        #expect(
          error.map { [$0.place.lowerBound, $0.place.upperBound] } == place, "\(vector.name)")
      }
    }
  }
}

extension FilterError.Reason {
  /// The word of the table in Protocol 10.2.
  fileprivate var word: String {
    switch self {
    case .unknownField: "field"
    case .noValue, .notAViewName: "value"
    case .unknownState: "state"
    case .notADay: "day"
    case .notANumber: "number"
    case .openQuotation: "quotation"
    case .openParenthesis, .emptyParentheses: "parenthesis"
    case .strayOperator: "operator"
    case .tooLong: "length"
    }
  }
}
