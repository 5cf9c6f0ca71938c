/// What a client may ask of the server (Protocol 11.1).
struct WebLimits: Sendable {
  /// Bytes of a request's line and headers, with their ends.
  var headBytes = 8 << 10
  /// Bytes of a form.
  var bodyBytes = 64 << 10
  /// Bytes of a form that brings files.
  var uploadBytes = 64 << 20
  /// Of these, bytes of its fields beside the text of an article.
  var uploadFieldBytes = 1 << 20
  /// Bytes of an article's text in such a form.
  var uploadTextBytes = 16 << 20
  var connections = 64
  /// For a head, and between two pieces of a body.
  var patience = Duration.seconds(10)
  /// Between two requests.
  var idle = Duration.seconds(60)
  /// For a client that takes nothing of an answer.
  var taking = Duration.seconds(10)
  /// Between two signs of life on a stream of events.
  var heartbeat = Duration.seconds(15)
  /// How long the program waits for anybody to ask for anything.
  var rest = Duration.seconds(3_600)
}
