/// Calls the cryptographic library where it can refuse only sizes, and the sizes are ours: a
/// refusal is a mistake in this module, whatever the input.
func unfailing<Value>(_ claim: StaticString, _ body: () throws -> Value) -> Value {
  do {
    return try body()
  } catch {
    preconditionFailure("\(claim): \(error)")
  }
}
